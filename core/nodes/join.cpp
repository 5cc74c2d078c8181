// join: every pair of rows ever seen whose keys are equal, of streams that may change.
#include <algorithm>
#include <numeric>

#include "core/base/readable.h"
#include "core/nodes/join_params.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/joins/regular_join.h"
#include "core/stream/lineage/join_match.h"
#include "core/stream/lineage/no_pair.h"
#include "core/stream/paged/paged_node.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr const char* kOfferedTtl = "1d";

class BoundRegularJoin final : public BoundNode, public TellsContributors {
 public:
    std::shared_ptr<const RegularJoinPlan> plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        std::vector<ColumnSet> read = plan->looksAt;
        markJoined(plan->join, wanted[kPairsOut], read);
        return read;
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return joinedRows(plan->join, asked);
    }
    LeftBehind leftBehind() const override { return LeftBehind::Alone; }
    std::optional<NoPair> noPair(const Batch& left, const Batch& right,
                                 const SideNames& names) const override {
        return keysDiffer(plan->join, left, right, names);
    }
};

/// Whether columns name each row of the stream.
bool isKeyed(const StreamType& stream) {
    return stream.updating && !stream.multiset;
}

/// Adds columns, moved by `first`, that are not there yet.
void addColumns(std::vector<int>& columns, const std::vector<int>& more, int first = 0) {
    for (const int column : more) {
        if (std::find(columns.begin(), columns.end(), first + column) == columns.end())
            columns.push_back(first + column);
    }
}

/// The columns that tell which row is taken back. A row whose join key changes goes to another task, so that
/// the join key is one of them: the output of one task depends on no other.
std::vector<int> rowNames(const StreamType& stream, const std::vector<int>& joinKeys) {
    if (!stream.updating) return {};
    std::vector<int> names = stream.key;
    if (stream.multiset) {
        names.resize(stream.schema->size());
        std::iota(names.begin(), names.end(), 0);
    }
    addColumns(names, joinKeys);
    return names;
}

/// Whether a row of the other side meets one row of this side at most: `on` names all of its key.
bool meetsOne(const StreamType& stream, const std::vector<int>& joinKeys) {
    const auto equated = [&joinKeys](int key) {
        return std::find(joinKeys.begin(), joinKeys.end(), key) != joinKeys.end();
    };
    return isKeyed(stream) && std::all_of(stream.key.begin(), stream.key.end(), equated);
}

/// The key of the joined rows; empty: they have none. The join key of a side that is there in every row is
/// always part of it: when it changes, another task sends the row, and the changes of two tasks may come in
/// any order only if their keys differ.
std::vector<int> keyOfPairs(const JoinPlan& join) {
    const int right = static_cast<int>(join.left.schema->size());
    std::vector<int> key;
    // Of a row of either side alone the other key is NULL, as both may be of two different rows.
    if (join.kind == JoinKind::Full) return key;
    const bool byLeft = isKeyed(join.left) && !join.keepsRight() && meetsOne(join.right, join.rightKeys);
    const bool byRight = isKeyed(join.right) && !join.keepsLeft() && meetsOne(join.left, join.leftKeys);
    if (!byLeft && !byRight && !(isKeyed(join.left) && isKeyed(join.right))) return key;
    if (byLeft || !byRight) addColumns(key, join.left.key);
    if (!byLeft) addColumns(key, join.right.key, right);
    const bool rightStays = join.keepsRight() || (byRight && !byLeft);
    addColumns(key, rightStays ? join.rightKeys : join.leftKeys, rightStays ? right : 0);
    return key;
}

/// Two streams whose rows stay make pairs that stay. A row that goes on alone does not.
StreamType tableOfPairs(const JoinPlan& join) {
    StreamType stream;
    stream.schema = join.both;
    stream.made = true;
    stream.updating = join.kind != JoinKind::Inner || join.left.updating || join.right.updating;
    if (!stream.updating) return stream;
    stream.key = keyOfPairs(join);
    stream.multiset = stream.key.empty();
    return stream;
}

/// The columns that the join looks at, for any output.
std::vector<ColumnSet> columnsRead(const RegularJoinPlan& plan) {
    const JoinPlan& join = plan.join;
    std::vector<ColumnSet> read{ColumnSet(join.left.schema->size()), ColumnSet(join.right.schema->size())};
    markJoined(join, ColumnSet(join.both->size()), read);
    for (const JoinPort port : {kLeft, kRight}) {
        const auto side = static_cast<std::size_t>(port);
        for (const int name : plan.names[side]) read[side][static_cast<std::size_t>(name)] = true;
        const int eventTime = (port == kLeft ? join.left : join.right).eventTime;
        if (plan.ttl > 0 && eventTime >= 0) read[side][static_cast<std::size_t>(eventTime)] = true;
    }
    return read;
}

/// A table changes, and is as large as it is; a stream of rows that stay only grows.
void warnOfGrowth(BindContext& context, const RegularJoinPlan& plan) {
    if (plan.ttl > 0) return;
    for (const int port : {kLeft, kRight}) {
        if (isKeyed(context.input(port))) continue;
        Issue& issue = context.issue(
            Severity::Warning, "state_ttl",
            RW_TEXT("join",
                    "The rows of “%1” are kept for ever: what this join keeps grows with each of them.")
                .with(context.producer(port).title),
            RW_TEXT("join",
                    "Say after how long a key without a new row is forgotten, or let rows go by their "
                    "time: an interval join, or a window join."));
        QuickFix fix = replaceParam(context, "state_ttl", -1, kOfferedTtl);
        fix.label = RW_TEXT("join", "Forget keys after %1").with(durationText(*parseDuration(kOfferedTtl)));
        issue.quickFixes.push_back(std::move(fix));
        return;
    }
}

BoundNodeRef bindRegularJoin(BindContext& context) {
    auto plan = std::make_shared<RegularJoinPlan>();
    if (context.has("state_ttl")) plan->ttl = context.duration("state_ttl");
    if (!bindChangingJoin(context, plan->join)) return nullptr;
    plan->names = {rowNames(plan->join.left, plan->join.leftKeys),
                   rowNames(plan->join.right, plan->join.rightKeys)};
    plan->looksAt = columnsRead(*plan);
    warnOfGrowth(context, *plan);

    auto bound = std::make_shared<BoundRegularJoin>();
    bound->outputs = {tableOfPairs(plan->join), rejectedStream()};
    bound->distribution = joinDistribution(plan->join);
    bound->spills = true;
    bound->readsStamps = plan->ttl > 0;
    bound->summary = joinSummary(context);
    if (plan->ttl > 0) {
        bound->state = RW_TEXT("join", "the rows of both sides, until their key had none for %1")
                           .with(formatDuration(plan->ttl));
    } else {
        bound->state = RW_TEXT("join", "the rows of both sides, for ever or until they are retracted");
    }
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makeRegularJoin(const BoundNode& bound, const MakeContext& context) {
    const auto& plan = static_cast<const BoundRegularJoin&>(bound).plan;
    const auto make = [plan](const MakeContext& one) { return std::make_unique<RegularJoin>(plan, one); };
    return Made(makePaged(bound, context, make, plan->ttl == 0));
}

std::vector<ParamSpec> regularJoinParams() {
    ParamSpec kind = joinKindParam({JoinKind::Inner, JoinKind::Left, JoinKind::Right, JoinKind::Full});
    ParamSpec ttl = makeParam(
        "state_ttl", ParamKind::Duration, RW_TEXT("join", "Forget keys after"),
        RW_TEXT("join",
                "The time without a row on either side after which a key, that is, the values that must be "
                "equal, is forgotten with all its rows. Emitted rows stay. Empty: nothing is forgotten."));
    ttl.section = RW_TEXT("join", "What is kept");
    ttl.min = 1;
    return {onParam(), std::move(kind), std::move(ttl), onErrorParam()};
}

}  // namespace

NodeKind joinKind() {
    NodeKind kind;
    kind.type = "join";
    kind.name = RW_TEXT("join", "Join");
    kind.palette = {{kind.name, RW_TEXT("join", "All pairs of two streams"), "join"}};
    kind.inputs = joinInputs();
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = regularJoinParams();
    kind.bind = bindRegularJoin;
    kind.make = makeRegularJoin;
    return kind;
}

}  // namespace rw
