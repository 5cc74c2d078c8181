// window_join: rows of two streams that meet in the same window.
#include "core/stream/joins/window_join.h"

#include "core/nodes/join_params.h"
#include "core/nodes/source_params.h"
#include "core/nodes/window_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/join_match.h"
#include "core/stream/lineage/no_pair.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundWindowJoin final : public BoundNode, public TellsContributors {
 public:
    WindowJoinPlanRef plan;

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        ColumnSet both(plan->join.both->size());
        for (std::size_t i = 0; i < plan->columns.size(); ++i)
            both[static_cast<std::size_t>(plan->columns[i])] = wanted[kJoined][i];
        std::vector<ColumnSet> read;
        for (const WindowPlan& window : plan->windows) read.emplace_back(window.input.schema->size());
        markJoined(plan->join, both, read);
        for (std::size_t port = 0; port < read.size(); ++port) {
            const WindowPlan& window = plan->windows[port];
            markWindow(window, read[port]);
            markLate(wanted[kLateLeft + port], *window.input.schema, read[port]);
        }
        return read;
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return joinedInWindow(plan->join, plan->windows, plan->columns, asked);
    }
    LeftBehind leftBehind() const override { return LeftBehind::Alone; }
    std::optional<NoPair> noPair(const Batch& left, const Batch& right,
                                 const SideNames& names) const override {
        return keysDiffer(plan->join, left, right, names);
    }
};

/// Sessions are of the rows of one input: two inputs would have to agree on theirs.
bool refuseSessions(BindContext& context) {
    if (context.text("window") != "session") return false;
    Issue& issue = context.error(
        "window", RW_TEXT("window_join", "The two streams have no sessions in common: each has its own."),
        RW_TEXT(
            "window_join",
            "Choose another window. To join by sessions, put a window aggregate with sessions before each "
            "side, and choose “Input” here: sessions meet that begin and end at the same time."));
    QuickFix fix = replaceParam(context, "window", -1, "tumble");
    fix.label = RW_TEXT("window", "Use tumbling windows");
    issue.quickFixes.push_back(std::move(fix));
    return true;
}

/// Adds the columns of an input, the first of which is column `first` of both, but for those of its windows.
void addJoined(const Schema& input, std::size_t first, Schema& joined, std::vector<int>& columns) {
    for (std::size_t i = 0; i < input.size(); ++i) {
        if (isWindowColumn(input.fields[i].name)) continue;
        joined.fields.push_back(input.fields[i]);
        columns.push_back(static_cast<int>(first + i));
    }
}

void describeJoined(WindowJoinPlan& plan) {
    const JoinPlan& join = plan.join;
    Schema left, right;
    addJoined(*join.left.schema, 0, left, plan.columns);
    if (!join.leftOnly()) addJoined(*join.right.schema, join.left.schema->size(), right, plan.columns);
    Schema joined = *bothSchemas(left, right);
    addWindowColumns(joined);
    plan.output.eventTime = static_cast<int>(joined.size()) - 1;
    plan.output.schema = std::make_shared<const Schema>(std::move(joined));
    plan.output.made = true;
    plan.output.windowed = true;
    plan.late = {lateStream(join.left, false), lateStream(join.right, false)};
}

/// The columns that `on` looks at, of either input.
void describeLooked(WindowJoinPlan& plan) {
    std::vector<ColumnSet> looked = {ColumnSet(plan.join.left.schema->size()),
                                     ColumnSet(plan.join.right.schema->size())};
    markJoined(plan.join, {}, looked);
    plan.looked = {std::move(looked[kLeft]), std::move(looked[kRight])};
}

BoundNodeRef bindWindowJoin(BindContext& context) {
    auto plan = std::make_shared<WindowJoinPlan>();
    const bool joined = bindJoin(
        context,
        RW_TEXT("window_join",
                "Join the rows before they are aggregated, or take allowed lateness and early results away "
                "from the window before."),
        plan->join);
    const bool windowed =
        !refuseSessions(context) && bindWindows(context, plan->windows[kLeft], plan->windows[kRight]);
    if (!joined || !windowed || context.failed()) return nullptr;
    describeJoined(*plan);
    describeLooked(*plan);

    auto bound = std::make_shared<BoundWindowJoin>();
    bound->outputs = {plan->output, plan->late[kLeft], plan->late[kRight], rejectedStream()};
    bound->distribution = joinDistribution(plan->join);
    bound->state =
        RW_TEXT("window_join", "rows of both sides, until both watermarks have passed their last window");
    bound->spills = true;
    bound->watermark = RW_TEXT("window_join", "the smaller of its inputs' − 1ms");
    bound->summary =
        RW_TEXT("window_join", "%1 · %2").with(windowText(plan->windows[kLeft]), joinSummary(context));
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makeWindowJoin(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<WindowJoin>(static_cast<const BoundWindowJoin&>(bound).plan, context));
}

}  // namespace

NodeKind window_joinKind() {
    NodeKind kind;
    kind.type = "window_join";
    kind.group = NodeGroup::Window;
    kind.name = RW_TEXT("window_join", "Window join");
    kind.palette = {
        {kind.name, RW_TEXT("window_join", "Rows that meet in a window"), "window_join", {{"size", "10s"}}}};
    kind.inputs = joinInputs();
    kind.outputs = joinOutputs();
    kind.params = windowParams();
    kind.params.push_back(onParam());
    kind.params.push_back(joinKindParam(
        {JoinKind::Inner, JoinKind::Left, JoinKind::Right, JoinKind::Full, JoinKind::Semi, JoinKind::Anti}));
    kind.params.push_back(onErrorParam());
    kind.bind = bindWindowJoin;
    kind.make = makeWindowJoin;
    return kind;
}

}  // namespace rw
