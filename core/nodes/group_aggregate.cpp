// group_aggregate: aggregates over all rows of a key, as an updating stream.
#include "core/stream/aggregates/group_aggregate.h"

#include <algorithm>

#include "core/nodes/aggregate_params.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/keyed_match.h"
#include "core/stream/lineage/tells_aggregates.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundGroupAggregate final : public BoundNode, public TellsContributors, public TellsAggregates {
 public:
    GroupPlanRef plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>&,
                                 const std::vector<StreamType>&) const override {
        return {plan->read};
    }

    const std::vector<sql::BoundAggregate>& aggregates() const override { return plan->aggregates; }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        auto match = rowsOfKeys(asked, plan->keys, 0);
        match->also = computable(plan->aggregates, asked);
        return std::vector<Contributors>{{0, std::move(match), keysWords(asked, plan->keys.size(), 0)}};
    }
};

void bindGroupKeys(BindContext& context, GroupPlan& plan) {
    const Json names = context.json("keys");
    int item = 0;
    for (const std::string& name : context.list("keys")) {
        const int column = requireColumn(context, "keys", *plan.input.schema, name, item);
        const bool twice = std::find(plan.keys.begin(), plan.keys.end(), column) != plan.keys.end();
        if (column >= 0 && twice) {
            Issue& issue = context.error(
                "keys", RW_TEXT("group_aggregate", "“%1” stands twice among the keys.").with(name),
                RW_TEXT("group_aggregate", "Take it out of the keys."));
            issue.item = item;
            QuickFix fix = replaceParam(context, "keys", -1, {});
            fix.label = RW_TEXT("group_aggregate", "Take the second “%1” out").with(name);
            fix.value = names;
            fix.value.erase(static_cast<std::size_t>(item));
            issue.quickFixes.push_back(std::move(fix));
        } else if (column >= 0) {
            plan.keys.push_back(column);
            plan.keyTypes.push_back(plan.input.schema->fields[static_cast<std::size_t>(column)].type);
        }
        ++item;
    }
}

/// Rows of several sources, and rejected ones, have an order by their event time alone.
void refuseWithoutOrder(BindContext& context, const GroupPlan& plan) {
    const StreamType& input = plan.input;
    if (input.sourceOrder || input.made || input.updating || input.eventTime >= 0) return;
    for (std::size_t i = 0; i < plan.aggregates.size(); ++i) {
        if (!plan.aggregates[i].ordered) continue;
        Issue& issue = context.error(
            "aggregates",
            RW_TEXT("group_aggregate",
                    "%1 goes by the order of rows, but those of “%2” come over several ways, without event "
                    "time: nothing says which was first.")
                .with(plan.aggregates[i].function, context.producer().title),
            RW_TEXT("group_aggregate",
                    "Mark the event time of the rows, or choose an aggregate that needs no order: MIN, MAX, "
                    "COUNT."));
        issue.item = static_cast<int>(i);
    }
}

void describeOutput(BindContext& context, GroupPlan& plan) {
    Schema schema;
    for (const int key : plan.keys) {
        plan.output.key.push_back(static_cast<int>(schema.size()));
        const Field& field = plan.input.schema->fields[static_cast<std::size_t>(key)];
        addResultColumn(schema, field.name, field.type);
    }
    addResultColumns(context, schema, plan.aggregates);
    plan.output.schema = std::make_shared<const Schema>(std::move(schema));
    plan.output.updating = plan.output.made = true;
}

/// With its event time, where the order of rows matters, or keys end by it.
ColumnSet columnsRead(const GroupPlan& plan) {
    ColumnSet read(plan.input.schema->size(), false);
    for (const int key : plan.keys) read[static_cast<std::size_t>(key)] = true;
    const bool ordered = std::any_of(plan.aggregates.begin(), plan.aggregates.end(),
                                     [](const sql::BoundAggregate& one) { return one.ordered; });
    if ((ordered || plan.ttl > 0) && plan.input.eventTime >= 0)
        read[static_cast<std::size_t>(plan.input.eventTime)] = true;
    markAggregates(plan.aggregates, read);
    return read;
}

void describeState(BoundNode& bound, const GroupPlan& plan) {
    if (plan.ttl > 0) {
        bound.state =
            RW_TEXT("group_aggregate", "the aggregates of each key, until no row of it has come for %1")
                .with(formatDuration(plan.ttl));
        bound.readsStamps = true;
    } else if (plan.keys.empty()) {
        bound.state = RW_TEXT("group_aggregate", "the aggregates of all rows, for ever");
    } else {
        bound.state = RW_TEXT("group_aggregate", "the aggregates of each key, for ever");
        bound.keepsKeys = RW_TEXT("group_aggregate",
                                  "Where keys do not come back, say after how long they are forgotten "
                                  "(“state_ttl”), or aggregate by windows.");
    }
}

BoundNodeRef bindGroupAggregate(BindContext& context) {
    auto plan = std::make_shared<GroupPlan>();
    plan->input = context.input();
    bindGroupKeys(context, *plan);
    plan->aggregates = bindAggregates(context, plan->input.schema);
    if (context.has("state_ttl")) plan->ttl = context.duration("state_ttl");
    refuseWithoutOrder(context, *plan);
    if (context.failed()) return nullptr;
    plan->read = columnsRead(*plan);
    describeOutput(context, *plan);

    auto bound = std::make_shared<BoundGroupAggregate>();
    bound->outputs = {plan->output, rejectedStream()};
    bound->distribution.kind = plan->keys.empty() ? Distribution::Kind::Single : Distribution::Kind::Keyed;
    if (!plan->keys.empty()) bound->distribution.keys = {plan->keys};
    describeState(*bound, *plan);
    bound->spills = plan->spills();
    const std::string keys = listText(context, "keys"), aggregates = aggregatesText(context);
    bound->summary = keys.empty() ? RW_TEXT("group_aggregate", "all rows · %1").with(aggregates)
                                  : RW_TEXT("group_aggregate", "by %1 · %2").with(keys, aggregates);
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makeGroupAggregate(const BoundNode& bound, const MakeContext& context) {
    return Made(
        std::make_unique<GroupAggregate>(static_cast<const BoundGroupAggregate&>(bound).plan, context));
}

std::vector<ParamSpec> groupParams() {
    ParamSpec keys = makeParam("keys", ParamKind::ColumnNames, RW_TEXT("group_aggregate", "Keys"),
                               RW_TEXT("group_aggregate",
                                       "One result for each combination of these columns, including NULL. "
                                       "Without keys, one for all rows."),
                               Json::array());
    keys.section = RW_TEXT("group_aggregate", "Group by keys");
    ParamSpec ttl = makeParam(
        "state_ttl", ParamKind::Duration, RW_TEXT("group_aggregate", "Forget keys after"),
        RW_TEXT("group_aggregate",
                "The time without a row after which a key is forgotten, in event time if the rows have it. "
                "When the key comes again, it starts from zero. Empty: keys are kept forever."));
    ttl.section = RW_TEXT("group_aggregate", "State");
    ttl.min = 1;
    return {std::move(keys), aggregatesParam(), std::move(ttl), onErrorParam()};
}

}  // namespace

NodeKind group_aggregateKind() {
    NodeKind kind;
    kind.type = "group_aggregate";
    kind.name = RW_TEXT("group_aggregate", "Group aggregate");
    // Parameters that work at once on any rows.
    kind.palette = {{kind.name,
                     RW_TEXT("group_aggregate", "Totals so far, by key"),
                     "group_aggregate",
                     {{"aggregates", Json::array({"COUNT(*) AS n"})}}}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = groupParams();
    kind.bind = bindGroupAggregate;
    kind.make = makeGroupAggregate;
    return kind;
}

}  // namespace rw
