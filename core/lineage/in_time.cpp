#include "core/lineage/in_time.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/lineage/question.h"
#include "core/lineage/replaced_node.h"
#include "core/stream/lineage/row_match.h"
#include "core/stream/lineage/tells_aggregates.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

/// What the node takes, and what it said of its results. Of the one thread of the run.
struct InTime {
    RowPredicateRef condition{};
    Text rejected{};
};

/// Lets the results pass alone.
class InTimeOutput final : public Output {
 public:
    InTimeOutput(Output& out, InTime& inTime) : m_out(out), m_inTime(inTime) {}
    void emit(int port, Batch batch) override {
        if (port == 0) m_out.emit(port, std::move(batch));
    }
    void watermark(int port, Instant watermark) override { m_out.watermark(port, watermark); }
    /// The look goes on, whatever the node does with rows that can't be computed.
    Status reject(const Batch&, std::size_t, const Text& reason) override {
        m_inTime.rejected = reason;
        return {};
    }
    void countLate(std::size_t, Millis) override {}

 private:
    Output& m_out;
    InTime& m_inTime;
};

/// Takes the rows that have a part in the row, and those that came too late for it, without their stamps: so
/// none is late. Its windows close when all have come.
class InTimeOperator final : public Operator {
 public:
    InTimeOperator(std::unique_ptr<Operator> own, std::shared_ptr<InTime> inTime)
        : m_own(std::move(own)), m_inTime(std::move(inTime)) {}

    Status onBatch(int port, const Batch& batch, Output& out) override {
        std::vector<std::uint32_t> rows;
        m_inTime->condition->each(batch, [&rows](std::size_t row, const RowPart&) {
            rows.push_back(static_cast<std::uint32_t>(row));
        });
        if (rows.empty()) return {};
        Batch some = batch.select(rows);
        some.stamps = nullptr;
        InTimeOutput results = begin(out);
        return m_own->onBatch(port, some, results);
    }
    Status onWatermark(Instant watermark, Output& out) override {
        return watermark == kMaxTimestamp ? close(out) : Status();
    }
    /// A run that was stopped has no last watermark.
    Status onEnd(Output& out) override {
        if (!m_closed) return close(out);
        InTimeOutput results = begin(out);
        return m_own->onEnd(results);
    }
    Status resume(Output& out) override {
        InTimeOutput results = begin(out);
        return m_own->resume(results);
    }
    bool hasMore() const override { return m_own->hasMore(); }
    Status snapshot(StateWriter& out) const override { return m_own->snapshot(out); }
    Status restore(const StateReader& state, const KeyGroups& own) override {
        return m_own->restore(state, own);
    }
    StateSize stateSize() const override { return m_own->stateSize(); }

 private:
    InTimeOutput begin(Output& out) {
        m_own->outputPorts = outputPorts;
        return InTimeOutput(out, *m_inTime);
    }
    Status close(Output& out) {
        m_closed = true;
        InTimeOutput results = begin(out);
        return m_own->onWatermark(kMaxTimestamp, results);
    }

    const std::unique_ptr<Operator> m_own;
    const std::shared_ptr<InTime> m_inTime;
    bool m_closed = false;
};

class InTimeNode final : public BoundNode {
 public:
    InTimeNode(BoundNodeRef node, MakeFn makeOwn, std::shared_ptr<InTime> rows)
        : BoundNode(*node), own(std::move(node)), make(makeOwn), inTime(std::move(rows)) {}
    const BoundNodeRef own;
    const MakeFn make;
    const std::shared_ptr<InTime> inTime;
};

Result<Made> makeInTime(const BoundNode& bound, const MakeContext& context) {
    const auto& node = static_cast<const InTimeNode&>(bound);
    RW_TRY_ASSIGN(Made made, node.make(*node.own, context));
    auto* const own = std::get_if<std::unique_ptr<Operator>>(&made);
    if (!own) return made;
    return Made(std::make_unique<InTimeOperator>(std::move(*own), node.inTime));
}

/// Rows of the node that are the one that is asked about but for their aggregates, which begin at that
/// column.
std::shared_ptr<RowMatch> sameWindow(const Batch& row, std::size_t aggregates) {
    auto match = std::make_shared<RowMatch>();
    match->asked = row;
    match->equal = sameColumns(aggregates);
    match->asKeys = true;
    return match;
}

/// The same of windows that begin there, wherever they end.
std::shared_ptr<RowMatch> sameStart(const Batch& row, std::size_t aggregates, int eventTime) {
    auto match = sameWindow(row, aggregates);
    const auto end = row.schema->find("window_end");
    std::erase_if(match->equal, [&](const ColumnPair& pair) {
        return pair.asked == eventTime || (end && pair.asked == static_cast<int>(*end));
    });
    return match;
}

/// The columns from `first` on in which the rows differ.
void setChanges(const Batch& now, const Batch& then, std::size_t first, WithLate& with) {
    Schema schema;
    for (std::size_t i = first; i < now.columns.size() && i < then.columns.size(); ++i) {
        if (!now.columns[i] || !then.columns[i]) continue;
        if (equalCells(*now.columns[i], 0, *then.columns[i], 0, false)) continue;
        schema.fields.push_back(now.schema->fields[i]);
        with.now.columns.push_back(now.columns[i]);
        with.then.columns.push_back(then.columns[i]);
    }
    if (schema.fields.empty()) return;
    with.now.schema = with.then.schema = std::make_shared<const Schema>(std::move(schema));
    with.now.rows = with.then.rows = 1;
}

/// By a run in which the node has its late rows in time.
Result<WithLate> withLateRows(const Upstream& upstream, Gatherer& gatherer, const GivenRow& given,
                              std::size_t aggregates) {
    const PlannedNode& node = *upstream.find(given.node);
    RW_TRY_ASSIGN(
        const std::vector<Contributors> made,
        contributorsOf(*node.kind, *node.bound, askedRow(node, given.port, given.row, gatherer.eval())));
    WithLate with;
    if (made.size() != 1 || !made.front().condition || aggregates > given.row.columns.size()) return with;
    const auto inTime = std::make_shared<InTime>(InTime{made.front().condition, {}});
    const auto bound = [&inTime](const PlannedNode& own) {
        return std::make_shared<InTimeNode>(own.bound, own.kind->make, inTime);
    };
    const auto edit = [&](const std::shared_ptr<const Plan>& plan) {
        return withReplaced(plan, given.node, makeInTime, bound);
    };
    const PortRef port = portOf(upstream, {given.node, given.port});
    const std::size_t first = given.row.columns.size() - aggregates;
    const int eventTime = node.bound->outputs.front().eventTime;
    RW_TRY_ASSIGN(
        const std::vector<GatheredRows> found,
        gatherer.gather(
            {{port, sameWindow(given.row, first)}, {port, sameStart(given.row, first, eventTime)}}, edit));
    const std::vector<GatheredRow>& rows = found.front().rows;
    if (!rows.empty()) {
        with.told = WithLate::Told::Row;
        setChanges(given.row, rows.back().row, first, with);
    } else if (!inTime->rejected.empty()) {
        with.told = WithLate::Told::Rejected;
        with.why = inTime->rejected;
    } else if (!found.back().rows.empty()) {
        with.told = WithLate::Told::OtherWindow;
    }
    return with;
}

/// The steps to the node that have late rows.
std::vector<LineageStep*> stepsInto(Lineage& lineage, const NodeId& node) {
    std::vector<LineageStep*> into;
    for (LineageStep& step : lineage.steps) {
        if (step.to == node && step.lateCount > 0) into.push_back(&step);
    }
    return into;
}

}  // namespace

Status tellWithLate(const Upstream& upstream, Gatherer& gatherer, const AskedRows& asked, Lineage& lineage) {
    for (const auto& [id, rows] : asked) {
        const auto* const node = dynamic_cast<const TellsAggregates*>(upstream.find(id)->bound.get());
        if (!node || rows.size() != 1 || rows.front().port != 0) continue;
        const std::vector<LineageStep*> into = stepsInto(lineage, id);
        if (into.empty()) continue;
        std::uint64_t late = 0;
        for (const LineageStep* const step : into) late += step->lateCount;
        if (late > kMostLateCounted) {
            into.back()->withLate.told = WithLate::Told::TooMany;
            continue;
        }
        Result<WithLate> with = withLateRows(upstream, gatherer, rows.front(), node->aggregates().size());
        if (with.ok()) {
            into.back()->withLate = std::move(*with);
        } else if (with.error().code == ErrorCode::Cancelled) {
            return with.status();
        } else {
            lineage.notes.push_back(
                RW_TEXT("lineage", "What the row of “%1” would be with its late rows can't be told. %2")
                    .with(titleOf(upstream, id), with.error().message));
        }
    }
    return {};
}

}  // namespace rw
