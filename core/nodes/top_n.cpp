// top_n: the best few rows, by columns, with their places: of each window, once it is complete; of rows
// without windows those so far, as an updating stream.
#include "core/stream/ranks/top_n.h"

#include <algorithm>
#include <utility>

#include "core/nodes/sort_items.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/rank_match.h"
#include "core/stream/paged/paged_node.h"
#include "core/stream/ranks/updating_top_n.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr int kDefaultLimit = 10, kMostRows = 100'000;

class BoundTopN final : public BoundNode, public TellsContributors, public TellsDisplaced {
 public:
    TopNPlanRef plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet read = plan->lookedAt();
        for (std::size_t i = 0; i < read.size(); ++i) read[i] = read[i] || wanted[kTopNOut][i];
        markLate(wanted[kTopNLate], *inputs.front().schema, read);
        return {std::move(read)};
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{rowsUpTo(*plan, asked)};
    }
    LeftBehind leftBehind() const override { return LeftBehind::Displaced; }
    RowPredicateRef lastPlace(const AskedRow& asked) const override { return lastRanked(*plan, asked); }
    Displaced displaced(const AskedRow& last) const override { return rowsBehind(*plan, last); }
};

/// Finds the columns of the window, where rows carry one. False: they have no event time, which was reported.
bool bindWindows(BindContext& context, TopNPlan& plan) {
    plan.input = context.input();
    const auto start = plan.input.schema->find("window_start"), end = plan.input.schema->find("window_end");
    if (!plan.input.windowed || !start || !end) return true;
    plan.windowStart = *start;
    plan.windowEnd = *end;
    Text what = RW_TEXT("top_n", "A window is complete by event time; “%1” has none marked.");
    return requireEventTime(context, std::move(what)) >= 0;
}

/// Rows of different windows are never compared: naming the window's columns, too, changes nothing.
void bindPartition(BindContext& context, TopNPlan& plan) {
    const std::vector<std::string> names = context.list("partition_by");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column =
            requireColumn(context, "partition_by", *plan.input.schema, names[i], static_cast<int>(i));
        const std::vector<int> known = plan.keys();
        if (column >= 0 && std::find(known.begin(), known.end(), column) == known.end())
            plan.partition.push_back(column);
    }
}

void describeOutput(BindContext& context, TopNPlan& plan) {
    Schema schema = *plan.input.schema;
    std::string rank = "rank";
    for (int number = 0; schema.find(rank); ++number) rank = "rank" + std::to_string(number);
    if (rank != "rank") {
        context.issue(
            Severity::Warning, {},
            RW_TEXT("top_n", "The rows have a column “rank” already; here it is called “%1”.").with(rank),
            RW_TEXT("top_n", "Let a select before this node give the other one another name."));
    }
    schema.fields.push_back({rank, Type::of(TypeId::Bigint)});
    plan.output = plan.input;
    plan.output.schema = std::make_shared<const Schema>(std::move(schema));
    plan.output.made = true;
    plan.output.sourceOrder = false;
    plan.output.leftBy = PortRole::Rows;
    plan.output.updating = !plan.ofWindows();
    plan.output.multiset = false;
    plan.output.key.clear();
    plan.late = lateStream(plan.input, false);
    // Rows of an updating stream are never late: no late row is a change.
    plan.late.updating = plan.late.multiset = false;
    plan.late.key.clear();
    if (plan.ofWindows()) return;
    plan.output.eventTime = -1;
    plan.output.windowed = false;
    plan.output.key = plan.partition;
    plan.output.key.push_back(static_cast<int>(plan.output.schema->size()) - 1);
}

/// The distribution of the rows, and the state.
void describeWork(const TopNPlan& plan, BoundNode& bound) {
    const std::vector<int> keys = plan.keys();
    bound.distribution.kind = keys.empty() ? Distribution::Kind::Single : Distribution::Kind::Keyed;
    if (!keys.empty()) bound.distribution.keys = {keys};
    bound.spills = !keys.empty();
    if (plan.ofWindows()) {
        bound.state =
            plan.input.updating
                ? RW_TEXT("top_n", "all rows of each window, until the watermark passes its end")
                : RW_TEXT("top_n",
                          "the best rows of each window and partition, until the watermark passes its end");
        bound.watermark = RW_TEXT("top_n", "its input's − 1ms");
    } else if (plan.input.updating) {
        bound.state = RW_TEXT("top_n", "all rows, until they are retracted");
    } else {
        bound.state = RW_TEXT("top_n", "the best rows of each partition, for ever");
    }
}

/// “top 3 by n DESC, k · in each region”
Text summaryOf(const BindContext& context) {
    const auto joined = [&context](const char* param) {
        return fmt::format("{}", fmt::join(context.list(param), ", "));
    };
    const std::int64_t limit = context.integer("limit");
    if (context.list("partition_by").empty())
        return RW_TEXT("top_n", "top %1 by %2").with(limit, joined("by"));
    return RW_TEXT("top_n", "top %1 by %2 · in each %3").with(limit, joined("by"), joined("partition_by"));
}

BoundNodeRef bindTopN(BindContext& context) {
    auto plan = std::make_shared<TopNPlan>();
    if (!bindWindows(context, *plan)) return nullptr;
    plan->by = bindSortItems(context, "by", *plan->input.schema);
    plan->limit = static_cast<std::size_t>(context.integer("limit"));
    bindPartition(context, *plan);
    if (context.failed()) return nullptr;
    describeOutput(context, *plan);

    auto bound = std::make_shared<BoundTopN>();
    bound->outputs = {plan->output, plan->late};
    describeWork(*plan, *bound);
    bound->summary = summaryOf(context);
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makeTopN(const BoundNode& bound, const MakeContext& context) {
    const TopNPlanRef& plan = static_cast<const BoundTopN&>(bound).plan;
    const auto make = [plan](const MakeContext& one) -> std::unique_ptr<Operator> {
        if (plan->ofWindows()) return std::make_unique<TopN>(plan, one);
        return std::make_unique<UpdatingTopN>(plan, one);
    };
    return Made(makePaged(bound, context, make, !plan->ofWindows()));
}

std::vector<ParamSpec> topNParams() {
    ParamSpec by =
        makeParam("by", ParamKind::SortItems, RW_TEXT("top_n", "By"),
                  RW_TEXT("top_n",
                          "The ranking: columns, each with `ASC` (smallest first, the default) or `DESC` "
                          "(largest first). If two rows are equal in one column, the next decides."));
    by.required = true;
    by.section = RW_TEXT("top_n", "Ranking");
    ParamSpec limit = makeParam("limit", ParamKind::Integer, RW_TEXT("top_n", "Limit"),
                                RW_TEXT("top_n",
                                        "How many rows of each partition are emitted, and of each window if "
                                        "the rows have windows: 1 to 100 000."),
                                kDefaultLimit);
    limit.min = 1;
    limit.max = kMostRows;
    limit.unit = RW_TEXT("top_n", "rows");
    ParamSpec partition =
        makeParam("partition_by", ParamKind::ColumnNames, RW_TEXT("top_n", "Partition by"),
                  RW_TEXT("top_n",
                          "The top rows for each combination of these columns, in each window if the rows "
                          "have windows. Without columns, the top of all rows, or of all rows of a window. "
                          "NULL is a value like any other here."),
                  Json::array());
    return {std::move(by), std::move(limit), std::move(partition)};
}

}  // namespace

NodeKind top_nKind() {
    NodeKind kind;
    kind.type = "top_n";
    kind.name = RW_TEXT("top_n", "Top N");
    kind.palette = {{kind.name, RW_TEXT("top_n", "The best rows, with their ranks"), "top_n"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, latePort()};
    kind.params = topNParams();
    kind.bind = bindTopN;
    kind.make = makeTopN;
    return kind;
}

}  // namespace rw
