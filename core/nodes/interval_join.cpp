// interval_join: pairs of rows whose keys are equal and whose event times lie within bounds of each other.
#include "core/stream/joins/interval_join.h"

#include "core/base/readable.h"
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

constexpr double kFurthest = 100.0 * 365.25 * 86'400'000.0;  // ms; a hundred years

class BoundIntervalJoin final : public BoundNode, public TellsContributors {
 public:
    std::shared_ptr<const IntervalJoinPlan> plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        std::vector<ColumnSet> read = plan->looksAt;
        markJoined(plan->join, wanted[kJoinOut], read);
        markLate(wanted[kJoinLateLeft], *inputs[kLeft].schema, read[kLeft]);
        markLate(wanted[kJoinLateRight], *inputs[kRight].schema, read[kRight]);
        return read;
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return joinedWithin(plan->join, {plan->lower, plan->upper}, asked);
    }
    LeftBehind leftBehind() const override { return LeftBehind::Alone; }
    std::optional<NoPair> noPair(const Batch& left, const Batch& right,
                                 const SideNames& names) const override {
        return farApart(plan->join, {plan->lower, plan->upper}, left, right, names);
    }
};

/// The columns that the join looks at, for any output.
std::vector<ColumnSet> columnsLookedAt(const JoinPlan& join) {
    std::vector<ColumnSet> read{ColumnSet(join.left.schema->size()), ColumnSet(join.right.schema->size())};
    markJoined(join, ColumnSet(join.both->size()), read);
    read[kLeft][static_cast<std::size_t>(join.left.eventTime)] = true;
    read[kRight][static_cast<std::size_t>(join.right.eventTime)] = true;
    return read;
}

bool bindBounds(BindContext& context, IntervalJoinPlan& plan) {
    plan.lower = context.duration("lower");
    plan.upper = context.duration("upper");
    if (plan.lower <= plan.upper) return true;
    const std::string lower = formatDuration(plan.lower), upper = formatDuration(plan.upper);
    Issue& issue = context.error(
        "lower",
        RW_TEXT("interval_join", "The lower bound of %1 is above the upper one of %2.").with(lower, upper),
        RW_TEXT("interval_join",
                "No right row can lie there: make the lower bound at most the upper one. A time before the "
                "left row is written with a minus, -5s."));
    const auto offer = [&](const char* param, const std::string& value, Text label) {
        issue.quickFixes.push_back(replaceParam(context, param, -1, value));
        issue.quickFixes.back().label = std::move(label).with(value);
    };
    // A lower bound without its minus nearly always means a time before.
    if (plan.lower > 0 && -plan.lower <= plan.upper)
        offer("lower", formatDuration(-plan.lower), RW_TEXT("interval_join", "Set the lower bound to %1"));
    offer("upper", lower, RW_TEXT("interval_join", "Set the upper bound to %1"));
    return false;
}

/// A row has the event time of the side that is never NULL; in a full join either may be.
StreamType pairStream(const JoinPlan& join) {
    StreamType stream;
    stream.schema = join.both;
    stream.made = true;
    if (join.kind == JoinKind::Right) {
        stream.eventTime = static_cast<int>(join.left.schema->size()) + join.right.eventTime;
    } else if (join.kind != JoinKind::Full) {
        stream.eventTime = join.left.eventTime;
    }
    return stream;
}

void describeInterval(const BindContext& context, const IntervalJoinPlan& plan, BoundNode& bound) {
    const std::string lower = formatDuration(plan.lower), upper = formatDuration(plan.upper);
    bound.summary = RW_TEXT("interval_join", "%1 · %2 to %3")
                        .with(joinSummary(context), durationText(plan.lower), durationText(plan.upper));
    bound.state = RW_TEXT("interval_join",
                          "left rows, until the watermark of “right” reaches their time + (%1); right rows, "
                          "until that of “left” reaches their time − (%2)")
                      .with(upper, lower);
    if (plan.join.kind == JoinKind::Full) {
        bound.watermark = RW_TEXT("interval_join",
                                  "the smallest of left's, right's, right's − (%1) and left's + (%2), − 1ms")
                              .with(upper, lower);
    } else if (plan.join.kind == JoinKind::Right) {
        bound.watermark =
            RW_TEXT("interval_join", "the smaller of right's and left's + (%1), − 1ms").with(lower);
    } else {
        bound.watermark =
            RW_TEXT("interval_join", "the smaller of left's and right's − (%1), − 1ms").with(upper);
    }
}

BoundNodeRef bindIntervalJoin(BindContext& context) {
    auto plan = std::make_shared<IntervalJoinPlan>();
    const bool joined =
        bindJoin(context, RW_TEXT("interval_join", "Join the rows before they are aggregated."), plan->join);
    const Text needs =
        RW_TEXT("interval_join", "How near rows are is told by their event times; “%1” has none marked.");
    const bool left = requireEventTime(context, needs, kLeft) >= 0;
    const bool right = requireEventTime(context, needs, kRight) >= 0;
    const bool between = bindBounds(context, *plan);
    if (!joined || !left || !right || !between) return nullptr;
    plan->looksAt = columnsLookedAt(plan->join);

    auto bound = std::make_shared<BoundIntervalJoin>();
    bound->outputs = {pairStream(plan->join), lateStream(plan->join.left, false),
                      lateStream(plan->join.right, false), rejectedStream()};
    bound->distribution = joinDistribution(plan->join);
    bound->spills = true;
    describeInterval(context, *plan, *bound);
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makeIntervalJoin(const BoundNode& bound, const MakeContext& context) {
    const auto& plan = static_cast<const BoundIntervalJoin&>(bound).plan;
    const auto make = [plan](const MakeContext& one) { return std::make_unique<IntervalJoin>(plan, one); };
    return Made(makePaged(bound, context, make));
}

ParamSpec intervalBound(const char* name, Text label, Text help) {
    ParamSpec spec = makeParam(name, ParamKind::Duration, std::move(label), std::move(help));
    spec.required = true;
    spec.min = -kFurthest;
    spec.max = kFurthest;
    return spec;
}

std::vector<ParamSpec> intervalJoinParams() {
    ParamSpec lower =
        intervalBound("lower", RW_TEXT("interval_join", "Lower bound"),
                      RW_TEXT("interval_join",
                              "The shortest time from the left row to the right one: the time of the right "
                              "row minus that of the left. A time before the left row is negative: `-5s`."));
    lower.section = RW_TEXT("interval_join", "Time from left to right");
    ParamSpec upper =
        intervalBound("upper", RW_TEXT("interval_join", "Upper bound"),
                      RW_TEXT("interval_join",
                              "The longest time from the left row to the right one. Both bounds are "
                              "inclusive: `0s` and `0s` means the same millisecond."));
    ParamSpec kind = joinKindParam({JoinKind::Inner, JoinKind::Left, JoinKind::Right, JoinKind::Full});
    kind.section = RW_TEXT("interval_join", "Rows that go on");
    return {onParam(), std::move(lower), std::move(upper), std::move(kind), onErrorParam()};
}

}  // namespace

NodeKind interval_joinKind() {
    NodeKind kind;
    kind.type = "interval_join";
    kind.group = NodeGroup::Window;
    kind.name = RW_TEXT("interval_join", "Interval join");
    kind.palette = {{kind.name,
                     RW_TEXT("interval_join", "Pairs of rows near in time"),
                     "interval_join",
                     {{"lower", "-5s"}, {"upper", "5s"}}}};
    kind.inputs = joinInputs();
    kind.outputs = joinOutputs();
    kind.params = intervalJoinParams();
    kind.bind = bindIntervalJoin;
    kind.make = makeIntervalJoin;
    return kind;
}

}  // namespace rw
