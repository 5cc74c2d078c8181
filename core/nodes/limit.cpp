// limit: the first rows; further ones are not asked for.
#include <algorithm>

#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/data/state_reader.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundLimit final : public BoundNode, public TellsContributors {
 public:
    std::uint64_t count = 0;

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        return {wanted.front()};
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(asked.inputs.front().schema->size())})};
    }
    LeftBehind leftBehind() const override { return LeftBehind::Displaced; }
    std::optional<Passage> passage(int, int, const Batch& row, const sql::EvalContext&) const override {
        return Passage{.becomes = row};
    }
    std::optional<Passing> passing(int, int, const Batch& rows, const sql::EvalContext&) const override {
        return Passing{{}, rows};
    }
};

/// One task takes all rows, which come in an order that is the same in every run.
class Limit final : public Operator {
 public:
    explicit Limit(std::uint64_t count) : m_count(count) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        const auto rows = static_cast<std::size_t>(std::min<std::uint64_t>(batch.rows, m_count - m_passed));
        m_passed += rows;
        out.emit(0, batch.slice(0, rows));
        return {};
    }

    bool wantsMore() const override { return m_passed < m_count; }

    Status snapshot(StateWriter& out) const override {
        out.u64("passed", m_passed);
        return {};
    }
    Status restore(const StateReader& state, const KeyGroups&) override {
        RW_TRY_ASSIGN(m_passed, state.u64("passed"));
        m_passed = std::min(m_passed, m_count);
        return {};
    }

 private:
    const std::uint64_t m_count;
    std::uint64_t m_passed = 0;
};

/// Why rows come in no order in which some could be the first; %1 is the sender, or the node that made them.
Text whyWithoutOrder(const StreamType& input) {
    if (input.made)
        return RW_TEXT("limit",
                       "“%1” makes its rows itself; they have no order in which some could be the first.");
    if (input.leftBy == PortRole::Late)
        return RW_TEXT("limit",
                       "“%1” brings late rows; they come from several tasks, in no order in which some could "
                       "be the first.");
    if (input.leftBy == PortRole::Rejected)
        return RW_TEXT("limit",
                       "“%1” brings rejected rows; they have lost their place in the source, and with it the "
                       "order in which some could be the first.");
    return RW_TEXT("limit",
                   "“%1” brings rows of several streams; there is no order between these in which some could "
                   "be the first.");
}

/// Refuses rows without an order: true when it was reported.
bool refuseUnordered(BindContext& context) {
    const StreamType& input = context.input();
    if (input.sourceOrder) return false;
    const bool sortable = input.eventTime >= 0;
    const Producer producer = context.producer();
    Issue& issue = context.error(
        {}, whyWithoutOrder(input).with(input.made ? producer.maker : producer.title),
        sortable
            ? RW_TEXT("limit", "Put a sort before it: then the first rows are those that happened first.")
            : RW_TEXT("limit",
                      "Limit each stream before they come together, or give the rows an event time and "
                      "put a sort before it."));
    issue.port = context.portName(0);
    if (!sortable) return true;
    QuickFix& fix = issue.quickFixes.emplace_back();
    fix.kind = QuickFix::Kind::AddNode;
    fix.label = RW_TEXT("limit", "Put a sort before it");
    fix.node = context.node().id;
    fix.port = context.portName(0);
    fix.param = "sort";
    fix.value = Json::object();
    return true;
}

BoundNodeRef bindLimit(BindContext& context) {
    if (refuseUpdating(context, RW_TEXT("limit", "Take the first rows before they are aggregated.")) ||
        refuseUnordered(context)) {
        return nullptr;
    }
    auto bound = std::make_shared<BoundLimit>();
    bound->count = static_cast<std::uint64_t>(context.integer("count"));
    bound->outputs = {context.input()};
    bound->distribution.kind = Distribution::Kind::Single;
    bound->state = RW_TEXT("limit", "how many rows have gone on");
    bound->summary =
        figures::counted(static_cast<std::uint64_t>(bound->count), RW_TEXT("limit", "the first row"),
                         RW_TEXT("limit", "the first %1 rows"));
    return bound;
}

Result<Made> makeLimit(const BoundNode& bound, const MakeContext&) {
    return Made(std::make_unique<Limit>(static_cast<const BoundLimit&>(bound).count));
}

}  // namespace

NodeKind limitKind() {
    NodeKind kind;
    kind.type = "limit";
    kind.name = RW_TEXT("limit", "Limit");
    kind.palette = {{kind.name, RW_TEXT("limit", "The first rows, then the end"), "limit"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    ParamSpec count = makeParam("count", ParamKind::Integer, RW_TEXT("limit", "Rows"),
                                RW_TEXT("limit",
                                        "So many rows go on, the first ones. Then no more are asked for, and "
                                        "what is behind gets its end."));
    count.required = true;
    count.min = 1;
    count.unit = RW_TEXT("limit", "rows");
    kind.params = {std::move(count)};
    kind.bind = bindLimit;
    kind.make = makeLimit;
    return kind;
}

}  // namespace rw
