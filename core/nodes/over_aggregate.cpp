// over_aggregate: each row with aggregates over the rows before it, of its partition.
#include <algorithm>

#include "core/nodes/aggregate_params.h"
#include "core/nodes/frame_param.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/frames/over_aggregate.h"
#include "core/stream/lineage/frame_match.h"
#include "core/stream/paged/paged_node.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundOverAggregate final : public BoundNode, public TellsContributors {
 public:
    OverPlanRef plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet read(inputs.front().schema->size(), plan->input.orderedByColumns());
        for (std::size_t i = 0; i < read.size(); ++i) read[i] = read[i] || wanted[kOverOut][i];
        read[static_cast<std::size_t>(plan->input.eventTime)] = true;
        for (const int key : plan->keys) read[static_cast<std::size_t>(key)] = true;
        markAggregates(plan->aggregates, read);
        markLate(wanted[kOverLate], *inputs.front().schema, read);
        return {std::move(read)};
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{frameRows(*plan, asked)};
    }
};

void bindPartition(BindContext& context, OverPlan& plan) {
    const std::vector<std::string> names = context.list("partition_by");
    for (int item = 0; item < static_cast<int>(names.size()); ++item) {
        const std::string& name = names[static_cast<std::size_t>(item)];
        const int column = requireColumn(context, "partition_by", *plan.input.schema, name, item);
        if (std::find(plan.keys.begin(), plan.keys.end(), column) != plan.keys.end()) {
            Issue& issue = context.error("partition_by",
                                         RW_TEXT("over_aggregate", "“%1” parts the rows already.").with(name),
                                         RW_TEXT("over_aggregate", "Name each column once."));
            issue.item = item;
        } else if (column >= 0) {
            plan.keys.push_back(column);
        }
    }
}

void describeOutput(BindContext& context, OverPlan& plan) {
    Schema schema = *plan.input.schema;
    addResultColumns(context, schema, plan.aggregates);
    plan.output = plan.input;
    plan.output.schema = std::make_shared<const Schema>(std::move(schema));
    plan.output.made = true;
    plan.output.sourceOrder = false;
    plan.output.leftBy = PortRole::Rows;
    plan.late = lateStream(plan.input, plan.keys.empty());
}

/// The state and its lifetime.
Text stateText(const Frame& frame) {
    if (frame.unbounded()) {
        return RW_TEXT("over_aggregate",
                       "rows, until the watermark reaches them; the aggregates of each partition, for ever");
    }
    if (frame.unit == Frame::Unit::Range) {
        return RW_TEXT("over_aggregate",
                       "rows, until the watermark has passed them by %1; partitions as long")
            .with(formatDuration(*frame.preceding));
    }
    if (*frame.preceding == 0) return RW_TEXT("over_aggregate", "rows, until the watermark reaches them");
    return RW_TEXT("over_aggregate",
                   "rows, until the watermark reaches them; the last %1 of each partition, for ever")
        .with(*frame.preceding);
}

/// “ROWS 9 PRECEDING · by core · AVG(load)”
Text overText(const BindContext& context, const Frame& frame) {
    const std::string keys = listText(context, "partition_by"), aggregates = aggregatesText(context);
    if (keys.empty()) return RW_TEXT("over_aggregate", "%1 · %2").with(frameText(frame), aggregates);
    return RW_TEXT("over_aggregate", "%1 · by %2 · %3").with(frameText(frame), keys, aggregates);
}

BoundNodeRef bindOverAggregate(BindContext& context) {
    if (refuseUpdating(context,
                       RW_TEXT("over_aggregate", "Put this node before the one whose rows change."))) {
        return nullptr;
    }
    auto plan = std::make_shared<OverPlan>();
    plan->input = context.input();
    const int eventTime = requireEventTime(
        context, RW_TEXT("over_aggregate",
                         "Which rows come before a row is told by the event time; “%1” has none marked."));
    bindPartition(context, *plan);
    const bool framed = bindFrame(context, plan->frame);
    plan->aggregates = bindAggregates(context, plan->input.schema);
    if (eventTime < 0 || !framed || context.failed()) return nullptr;
    describeOutput(context, *plan);

    auto bound = std::make_shared<BoundOverAggregate>();
    bound->outputs = {plan->output, plan->late, rejectedStream()};
    bound->distribution.kind = plan->keys.empty() ? Distribution::Kind::Single : Distribution::Kind::Keyed;
    if (!plan->keys.empty()) bound->distribution.keys = {plan->keys};
    bound->spills = !plan->keys.empty();
    bound->state = stateText(plan->frame);
    bound->watermark = RW_TEXT("over_aggregate", "its input's − 1ms");
    bound->summary = overText(context, plan->frame);
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makeOverAggregate(const BoundNode& bound, const MakeContext& context) {
    const auto& plan = static_cast<const BoundOverAggregate&>(bound).plan;
    const auto make = [plan](const MakeContext& one) { return std::make_unique<OverAggregate>(plan, one); };
    return Made(makePaged(bound, context, make));
}

}  // namespace

NodeKind over_aggregateKind() {
    NodeKind kind;
    kind.type = "over_aggregate";
    kind.group = NodeGroup::Window;
    kind.name = RW_TEXT("over_aggregate", "Over aggregate");
    // Parameters that work at once on any rows with event time.
    kind.palette = {{kind.name,
                     RW_TEXT("over_aggregate", "Totals over the rows before"),
                     "over_aggregate",
                     {{"frame", "ROWS 9 PRECEDING"}, {"aggregates", Json::array({"COUNT(*) AS n"})}}}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, latePort(), rejectedPort()};
    ParamSpec partition =
        makeParam("partition_by", ParamKind::ColumnNames, RW_TEXT("over_aggregate", "Partition by"),
                  RW_TEXT("over_aggregate",
                          "A frame contains only rows that are equal in these columns. NULL equals NULL. "
                          "Without columns, it contains rows of all values."),
                  Json::array());
    partition.section = RW_TEXT("over_aggregate", "Partition");
    kind.params = {std::move(partition), frameParam(), aggregatesParam(), onErrorParam()};
    kind.bind = bindOverAggregate;
    kind.make = makeOverAggregate;
    return kind;
}

}  // namespace rw
