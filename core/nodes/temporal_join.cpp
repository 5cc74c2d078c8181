// temporal_join: each left row with the version of its key that was valid at its event time.
#include "core/stream/joins/temporal_join.h"
#include "core/nodes/join_params.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/join_match.h"
#include "core/stream/lineage/no_pair.h"
#include "core/stream/paged/paged_node.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundTemporalJoin final : public BoundNode, public TellsContributors {
 public:
    JoinPlan join{};
    TemporalJoinPlanRef plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        std::vector<ColumnSet> read = plan->looksAt;
        markJoined(join, wanted[kTemporalOut], read);
        markLate(wanted[kTemporalLateLeft], *inputs[kLeft].schema, read[kLeft]);
        markLate(wanted[kTemporalLateRight], *inputs[kRight].schema, read[kRight]);
        return read;
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return joinedVersion(join, asked);
    }
    LeftBehind leftBehind() const override { return LeftBehind::Alone; }
    std::optional<NoPair> noPair(const Batch& left, const Batch& right,
                                 const SideNames& names) const override {
        return keysDiffer(join, left, right, names);
    }
};

/// The columns that `on` and the event times stand in; where versions do not come in their order, also all
/// that may decide which of two of one time is the last.
std::vector<ColumnSet> lookedAt(const JoinPlan& join) {
    std::vector<ColumnSet> read{orderingColumns(join.left),
                                ColumnSet(join.right.schema->size(), !join.right.sourceOrder)};
    markJoined(join, {}, read);
    read[kRight][static_cast<std::size_t>(join.right.eventTime)] = true;
    return read;
}

TemporalJoinPlanRef planOf(const JoinPlan& join) {
    auto plan = std::make_shared<TemporalJoinPlan>();
    plan->left = join.left;
    plan->right = join.right;
    plan->leftKeys = join.leftKeys;
    plan->rightKeys = join.rightKeys;
    plan->joined = join.both;
    plan->rest = join.rest;
    plan->keepsLeft = join.keepsLeft();
    plan->looksAt = lookedAt(join);
    return plan;
}

StreamType joinedStream(const JoinPlan& join) {
    StreamType joined = join.left;
    joined.schema = join.both;
    joined.made = true;
    joined.sourceOrder = false;
    joined.leftBy = PortRole::Rows;
    return joined;
}

BoundNodeRef bindTemporalJoin(BindContext& context) {
    auto bound = std::make_shared<BoundTemporalJoin>();
    const bool binds = bindJoin(context,
                                RW_TEXT("temporal_join",
                                        "Join the rows before they are aggregated or deduplicated: the join "
                                        "itself takes the newest version of each key."),
                                bound->join);
    if (context.input(kLeft).updating || context.input(kRight).updating) return nullptr;
    const int leftTime = requireEventTime(
        context,
        RW_TEXT("temporal_join",
                "Which version a row meets is told by its event time; “%1” has none marked."),
        kLeft);
    const int rightTime = requireEventTime(
        context, RW_TEXT("temporal_join", "A version is valid from its event time on; “%1” has none marked."),
        kRight);
    if (!binds || leftTime < 0 || rightTime < 0) return nullptr;
    bound->plan = planOf(bound->join);
    bound->outputs = {joinedStream(bound->join), lateStream(bound->join.left, false),
                      lateStream(bound->join.right, false), rejectedStream()};
    bound->distribution = joinDistribution(bound->join);
    bound->spills = true;
    bound->state = RW_TEXT("temporal_join",
                           "left rows, until the watermark of the right reaches them; of each key the newest "
                           "version that the watermark has reached, and all later ones");
    bound->watermark = RW_TEXT("temporal_join", "the smaller of its inputs' − 1ms");
    bound->summary = joinSummary(context);
    return bound;
}

Result<Made> makeTemporalJoin(const BoundNode& bound, const MakeContext& context) {
    const auto& plan = static_cast<const BoundTemporalJoin&>(bound).plan;
    const auto make = [plan](const MakeContext& one) { return std::make_unique<TemporalJoin>(plan, one); };
    return Made(makePaged(bound, context, make));
}

}  // namespace

NodeKind temporal_joinKind() {
    NodeKind kind;
    kind.type = "temporal_join";
    kind.group = NodeGroup::Window;
    kind.name = RW_TEXT("temporal_join", "Temporal join");
    kind.palette = {{kind.name, RW_TEXT("temporal_join", "Add what was valid at the time"), "temporal_join"}};
    kind.inputs = joinInputs();
    kind.outputs = joinOutputs();
    kind.params = {onParam(), joinKindParam({JoinKind::Inner, JoinKind::Left}), onErrorParam()};
    kind.bind = bindTemporalJoin;
    kind.make = makeTemporalJoin;
    return kind;
}

}  // namespace rw
