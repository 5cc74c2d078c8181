#include "core/lineage/versions.h"

#include <algorithm>
#include <utility>

#include "core/lineage/question.h"
#include "core/lineage/replaced_node.h"
#include "core/lineage/rows_of_version.h"
#include "core/stream/lineage/row_match.h"
#include "core/stream/row_errors.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

/// What the watched node has taken and given. Of the one thread of the run.
class Watch {
 public:
    struct Way {
        int input = 0;
        std::size_t entry = 0;
        const std::vector<UpstreamPort>* producers = nullptr;
        std::size_t producer = 0;
        RowPredicateRef condition{};
        RowsOfVersion rows;
    };

    explicit Watch(const GivenRow& given) : m_port(given.port) {
        m_row.asked = given.row;
        m_row.equal = sameColumns(given.row.columns.size());
    }
    void add(Way way) { m_ways.push_back(std::move(way)); }
    std::vector<Way>& ways() { return m_ways; }
    bool given() const { return m_given; }
    const std::optional<Instant>& watermark() const { return m_watermark; }

    /// Behind which rows of a batch others may have to wait: the node may give the row when it has one.
    std::vector<std::size_t> concerned(int input, const Batch& batch) const {
        std::vector<std::size_t> behind;
        for (const Way& way : m_ways) {
            if (!takes(way, input, batch)) continue;
            way.condition->each(batch, [&](std::size_t row, const RowPart&) { behind.push_back(row + 1); });
        }
        std::sort(behind.begin(), behind.end());
        behind.erase(std::unique(behind.begin(), behind.end()), behind.end());
        return behind;
    }
    void came(int input, const Batch& batch) {
        for (Way& way : m_ways) {
            if (takes(way, input, batch)) way.rows.came(batch);
        }
    }
    void gave(int port, const Batch& batch, const std::optional<Instant>& watermark) {
        if (port != m_port) return;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            if (withdraws(batch.kind(row)) || !m_row.takes(batch, row)) continue;
            m_given = true;
            m_watermark = watermark;
            for (Way& way : m_ways) way.rows.gave();
        }
    }

 private:
    static bool takes(const Way& way, int input, const Batch& batch) {
        return way.input == input && producerOf(*way.producers, batch.wire) == way.producer;
    }

    const int m_port;
    RowMatch m_row{};
    std::vector<Way> m_ways{};
    bool m_given = false;
    std::optional<Instant> m_watermark{};
};

class WatchedOutput final : public Output {
 public:
    WatchedOutput(Output& out, Watch& watch, const std::optional<Instant>& watermark)
        : m_out(out), m_watch(watch), m_watermark(watermark) {}
    void emit(int port, Batch batch) override {
        m_watch.gave(port, batch, m_watermark);
        m_out.emit(port, std::move(batch));
    }
    void watermark(int port, Instant watermark) override { m_out.watermark(port, watermark); }
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        return m_out.reject(batch, row, reason);
    }
    void countLate(std::size_t rows, Millis largest) override { m_out.countLate(rows, largest); }
    void countNullDropped(std::size_t rows) override { m_out.countNullDropped(rows); }
    void wireWatermark(WireNumber wire, Instant watermark) override { m_out.wireWatermark(wire, watermark); }
    void passAdvance(WireNumber wire, Instant advancedTo) override { m_out.passAdvance(wire, advancedTo); }

 private:
    Output& m_out;
    Watch& m_watch;
    const std::optional<Instant>& m_watermark;
};

class WatchedOperator final : public Operator {
 public:
    WatchedOperator(std::unique_ptr<Operator> own, std::shared_ptr<Watch> watch, bool holdsRows)
        : m_own(std::move(own)), m_watch(std::move(watch)), m_holdsRows(holdsRows) {}

    Status onBatch(int port, const Batch& batch, Output& out) override {
        WatchedOutput told = begin(out, std::nullopt);
        std::size_t from = 0;
        if (!m_holdsRows) {
            for (const std::size_t end : m_watch->concerned(port, batch)) {
                if (end == batch.rows) break;
                RW_TRY(take(port, batch.slice(from, end - from), told));
                while (m_own->hasMore()) RW_TRY(m_own->resume(told));
                from = end;
            }
        }
        return take(port, from == 0 ? batch : batch.slice(from, batch.rows - from), told);
    }
    Status onWatermark(Instant watermark, Output& out) override {
        WatchedOutput told = begin(out, watermark);
        return m_own->onWatermark(watermark, told);
    }
    Status onPortWatermark(int port, Instant watermark, Output& out) override {
        WatchedOutput told = begin(out, watermark);
        return m_own->onPortWatermark(port, watermark, told);
    }
    void onPartition(WireNumber wire, Instant advancedTo, Output& out) override {
        WatchedOutput told = begin(out, std::nullopt);
        m_own->onPartition(wire, advancedTo, told);
    }
    Status onEnd(Output& out) override {
        WatchedOutput told = begin(out, std::nullopt);
        return m_own->onEnd(told);
    }
    Status resume(Output& out) override {
        WatchedOutput told = begin(out, m_watermark);
        return m_own->resume(told);
    }
    bool hasMore() const override { return m_own->hasMore(); }
    std::int64_t wakesAt() const override { return m_own->wakesAt(); }
    bool takesMore() const override { return m_own->takesMore(); }
    bool wantsMore() const override { return m_own->wantsMore(); }
    Status snapshot(StateWriter& out) const override { return m_own->snapshot(out); }
    Status restore(const StateReader& state, const KeyGroups& own) override {
        return m_own->restore(state, own);
    }
    StateSize stateSize() const override { return m_own->stateSize(); }
    StateSize heldSize() const override { return m_own->heldSize(); }
    std::vector<Text> takeNotes() override { return m_own->takeNotes(); }
    Instant tableRead() const override { return m_own->tableRead(); }
    Span firstOpen() const override { return m_own->firstOpen(); }
    Quality quality() const override { return m_own->quality(); }

 private:
    WatchedOutput begin(Output& out, std::optional<Instant> watermark) {
        m_own->outputPorts = outputPorts;
        m_watermark = watermark;
        return WatchedOutput(out, *m_watch, m_watermark);
    }
    Status take(int port, const Batch& batch, Output& out) {
        m_watch->came(port, batch);
        return m_own->onBatch(port, batch, out);
    }

    const std::unique_ptr<Operator> m_own;
    const std::shared_ptr<Watch> m_watch;
    const bool m_holdsRows;
    std::optional<Instant> m_watermark{};  ///< of the call that goes on
};

class WatchedNode final : public BoundNode {
 public:
    WatchedNode(BoundNodeRef node, MakeFn makeOwn, std::shared_ptr<Watch> watching)
        : BoundNode(*node), own(std::move(node)), make(makeOwn), watch(std::move(watching)) {}
    const BoundNodeRef own;
    const MakeFn make;
    const std::shared_ptr<Watch> watch;
};

Result<Made> makeWatched(const BoundNode& bound, const MakeContext& context) {
    const auto& node = static_cast<const WatchedNode&>(bound);
    RW_TRY_ASSIGN(Made made, node.make(*node.own, context));
    auto* const own = std::get_if<std::unique_ptr<Operator>>(&made);
    if (!own) return made;
    return Made(std::make_unique<WatchedOperator>(std::move(*own), node.watch, node.own->holdsRows()));
}

}  // namespace

std::vector<WantedRows> watchedPorts(const Upstream& upstream, const NodeId& id, int port) {
    std::vector<WantedRows> wanted{{portOf(upstream, {id, port})}};
    for (std::size_t input = 0; input < upstream.find(id)->kind->inputs.size(); ++input) {
        for (const UpstreamPort& producer : upstream.producers(id, static_cast<int>(input)))
            wanted.push_back({portOf(upstream, producer)});
    }
    return wanted;
}

Result<GivenVersion> versionOf(const Upstream& upstream, Gatherer& gatherer, const GivenRow& given,
                               const std::vector<Contributors>& contributors, std::size_t after) {
    const auto watch = std::make_shared<Watch>(given);
    for (std::size_t entry = 0; entry < contributors.size(); ++entry) {
        const Contributors& each = contributors[entry];
        if (!each.condition) continue;
        const std::vector<UpstreamPort>& producers = upstream.producers(given.node, each.port);
        for (std::size_t i = 0; i < producers.size(); ++i) {
            WantedRows wanted{portOf(upstream, producers[i]), each.condition, each.last};
            if (!each.counted && !each.beside) wanted.after = after;
            gatherer.limit(wanted);
            const BoundNode& from = *upstream.find(producers[i].node)->bound;
            RowCollector none(std::move(wanted), from.outputs[static_cast<std::size_t>(producers[i].port)]);
            watch->add({each.port, entry, &producers, i, each.condition, RowsOfVersion(std::move(none))});
        }
    }
    const auto watched = [&watch](const PlannedNode& node) {
        return std::make_shared<WatchedNode>(node.bound, node.kind->make, watch);
    };
    const auto watching = [&](const std::shared_ptr<const Plan>& plan) {
        return withReplaced(plan, given.node, makeWatched, watched);
    };
    const auto run = gatherer.gather(watchedPorts(upstream, given.node, given.port), watching);
    if (!run.ok()) return run.status();
    GivenVersion version{watch->given(), watch->watermark(), {}};
    if (!version.given) return version;
    for (Watch::Way& way : watch->ways()) {
        const UpstreamPort& from = (*way.producers)[way.producer];
        GatheredRows rows = way.rows.finish();
        for (std::vector<GatheredRow>* some : {&rows.rows, &rows.late}) {
            for (GatheredRow& row : *some) row.row.wire -= firstWireOf(from.firstWay);
        }
        version.inputs.push_back({way.entry, from, std::move(rows)});
    }
    return version;
}

}  // namespace rw
