// window_aggregate: aggregates over tumbling, hopping, cumulating and session windows, per key.
#include <algorithm>

#include "core/nodes/aggregate_params.h"
#include "core/nodes/source_params.h"
#include "core/nodes/window_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/keyed_match.h"
#include "core/stream/lineage/tells_aggregates.h"
#include "core/stream/lineage/window_match.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/windows/session_operator.h"
#include "core/stream/windows/window_combiner.h"
#include "core/stream/windows/window_operator.h"

namespace rw {

namespace {

constexpr int kWindowTime = 2;  // column of the result

class BoundWindowAggregate : public BoundNode, public TellsContributors, public TellsAggregates {
 public:
    WindowPlanRef plan;

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet read(inputs.front().schema->size(), false);
        markWindow(*plan, read);
        for (const int key : plan->keys) read[static_cast<std::size_t>(key)] = true;
        markAggregates(plan->aggregates, read);
        markLate(wanted[kWindowLate], *inputs.front().schema, read);
        return {read};
    }

    const std::vector<sql::BoundAggregate>& aggregates() const override { return plan->aggregates; }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        constexpr WindowPlace kWindow{0, 1, kWindowTime};
        auto match = windowRows(*plan, asked, kWindow);
        for (std::size_t i = 0; i < plan->keys.size(); ++i)
            match->equal.push_back({plan->keys[i], static_cast<int>(kWindowColumns + i)});
        match->also = computable(plan->aggregates, asked);
        Text words = windowWords(*plan, asked, kWindow, columnsFrom(kWindowColumns, plan->keys.size()));
        return std::vector<Contributors>{{0, std::move(match), std::move(words)}};
    }
};

std::vector<ParamSpec> params() {
    std::vector<ParamSpec> all = windowParams();
    ParamSpec lateness =
        makeParam("allowed_lateness", ParamKind::Duration, RW_TEXT("window", "Allowed lateness"),
                  RW_TEXT("window",
                          "The time after its result during which a window still accepts late rows and "
                          "corrects the result. The output is then an updating stream."),
                  "0s");
    lateness.min = 0;
    lateness.max = all[1].max;
    lateness.appliesWhen = AppliesWhen{"window", {"tumble", "hop", "session", "cumulate"}};
    all.insert(all.end() - 1, std::move(lateness));

    all.push_back(makeParam(
        "keys", ParamKind::ColumnNames, RW_TEXT("window", "Keys"),
        RW_TEXT(
            "window",
            "One result for each combination of these columns. Without keys, one for all rows of a window."),
        Json::array()));
    all.back().section = RW_TEXT("window", "Group by keys");
    all.push_back(aggregatesParam());

    ParamSpec early =
        makeParam("early", ParamKind::Duration, RW_TEXT("window", "Early results every"),
                  RW_TEXT("window",
                          "Emits provisional results each time event time has advanced by this much within a "
                          "window, and corrects them later. `0s`: only when the window closes."),
                  "0s");
    early.min = 0;
    early.max = all[1].max;
    early.appliesWhen = AppliesWhen{"window", {"tumble", "hop", "session", "cumulate"}};
    early.section = RW_TEXT("window", "Results");
    early.alternative =
        Alternative{RW_TEXT("window", "When the window closes"), RW_TEXT("window", "One final row per key"),
                    RW_TEXT("window", "Early, then final"),
                    RW_TEXT("window", "Provisional rows while the window is open, then corrected"), "1s"};
    all.push_back(std::move(early));
    all.push_back(onErrorParam());
    return all;
}

void bindKeys(BindContext& context, WindowPlan& plan) {
    const std::vector<std::string> names = context.list("keys");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int item = static_cast<int>(i);
        const int column = requireColumn(context, "keys", *plan.input.schema, names[i], item);
        if (column < 0) continue;
        const bool twice = std::find(plan.keys.begin(), plan.keys.end(), column) != plan.keys.end();
        if (twice || isWindowColumn(names[i])) {
            Issue& issue = context.error(
                "keys",
                twice ? RW_TEXT("window", "“%1” stands twice among the keys.").with(names[i])
                      : RW_TEXT("window", "“%1” is a column of every result already.").with(names[i]),
                RW_TEXT("window", "Take it out of the keys."));
            issue.item = item;
            Json without = context.json("keys");
            without.erase(i);
            QuickFix fix = replaceParam(context, "keys", -1, {});
            fix.label = RW_TEXT("window", "Take “%1” out").with(names[i]);
            fix.value = std::move(without);
            issue.quickFixes.push_back(std::move(fix));
            continue;
        }
        plan.keys.push_back(column);
        plan.keyTypes.push_back(plan.input.schema->fields[static_cast<std::size_t>(column)].type);
    }
}

void describeOutput(BindContext& context, WindowPlan& plan) {
    Schema schema;
    addWindowColumns(schema);
    plan.output.key = {0, 1};
    for (const int key : plan.keys) {
        plan.output.key.push_back(static_cast<int>(schema.size()));
        const Field& field = plan.input.schema->fields[static_cast<std::size_t>(key)];
        addResultColumn(schema, field.name, field.type);
    }
    addResultColumns(context, schema, plan.aggregates);
    plan.output.schema = std::make_shared<const Schema>(std::move(schema));
    plan.output.eventTime = kWindowTime;
    plan.output.updating = plan.allowedLateness > 0 || plan.early > 0;
    if (!plan.output.updating) plan.output.key.clear();
    plan.output.made = true;
    plan.output.windowed = true;
    plan.late = lateStream(plan.input, plan.keys.empty());
}

/// “TUMBLE 10 s · by core · AVG(load)”
Text summaryOf(const BindContext& context, const WindowPlan& plan) {
    const std::string keys = listText(context, "keys"), aggregates = aggregatesText(context);
    if (keys.empty()) return RW_TEXT("window", "%1 · %2").with(windowText(plan), aggregates);
    return RW_TEXT("window", "%1 · by %2 · %3").with(windowText(plan), keys, aggregates);
}

/// The state and its lifetime, and the watermark, which is held back so that updates are never late.
void describeTime(BoundNode& bound, const WindowPlan& plan) {
    const bool session = plan.kind == WindowKind::Session;
    const std::string lateness = formatDuration(plan.allowedLateness);
    if (plan.allowedLateness == 0) {
        bound.state =
            session ? RW_TEXT("window", "sums of each session, until the watermark passes its end")
                    : RW_TEXT("window", "sums of each slice, until the watermark passes its last window");
        bound.watermark = RW_TEXT("window", "its input's − 1ms");
        return;
    }
    bound.state =
        session ? RW_TEXT("window", "sums of each session, until the watermark passes its end by %1")
                      .with(lateness)
                : RW_TEXT("window", "sums of each slice, until the watermark passes its last window by %1")
                      .with(lateness);
    bound.watermark = RW_TEXT("window", "its input's − %1 − 1ms").with(lateness);
}

BoundNodeRef bindWindowAggregate(BindContext& context) {
    auto plan = std::make_shared<WindowPlan>();
    const bool windowed = bindWindow(context, *plan);
    bindKeys(context, *plan);
    plan->aggregates = bindAggregates(context, plan->input.schema);
    if (plan->kind != WindowKind::Input) {
        plan->allowedLateness = context.duration("allowed_lateness");
        plan->early = context.duration("early");
    }
    if (!windowed || context.failed()) return nullptr;
    if (plan->early > 0 && plan->size > 0 && plan->early >= plan->size) {
        context.issue(
            Severity::Warning, "early",
            RW_TEXT("window", "No early result comes: the window of %1 closes before %2 have passed.")
                .with(formatDuration(plan->size), formatDuration(plan->early)),
            RW_TEXT("window", "Choose a shorter time, or 0s."));
    }
    describeOutput(context, *plan);

    auto bound = std::make_shared<BoundWindowAggregate>();
    bound->outputs = {plan->output, plan->late, rejectedStream()};
    bound->distribution.kind = plan->keys.empty() ? Distribution::Kind::Single : Distribution::Kind::Keyed;
    if (!plan->keys.empty()) bound->distribution.keys = {plan->keys};
    bound->summary = summaryOf(context, *plan);
    describeTime(*bound, *plan);
    bound->combines = WindowCombiner::serves(*plan);
    // The state of rows that are taken back is written in one piece, as is what was shown of sessions that
    // are corrected: they have to be in memory.
    bound->spills = !plan->input.updating && (plan->kind != WindowKind::Session || !plan->output.updating);
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makeWindowAggregate(const BoundNode& node, const MakeContext& context) {
    const WindowPlanRef& plan = static_cast<const BoundWindowAggregate&>(node).plan;
    if (plan->kind == WindowKind::Session) return Made(std::make_unique<SessionOperator>(plan, context));
    return Made(std::make_unique<WindowOperator>(plan, context));
}

std::unique_ptr<Combiner> makeWindowCombiner(const BoundNode& node, const MakeContext& context) {
    return std::make_unique<WindowCombiner>(static_cast<const BoundWindowAggregate&>(node).plan, context);
}

}  // namespace

NodeKind window_aggregateKind() {
    NodeKind kind;
    kind.type = "window_aggregate";
    kind.group = NodeGroup::Window;
    kind.name = RW_TEXT("window", "Window aggregate");
    // Parameters that work at once on any rows with event time.
    kind.palette = {{kind.name,
                     RW_TEXT("window", "Tumble, hop, session, cumulate"),
                     "window_aggregate",
                     {{"size", "10s"}, {"aggregates", Json::array({"COUNT(*) AS n"})}}}};
    kind.inputs = {{"in", RW_TEXT("window", "rows")}};
    kind.outputs = {{"out", RW_TEXT("window", "window rows")},
                    latePort(),
                    {"rejected", RW_TEXT("window", "rejected"), PortRole::Rejected}};
    kind.params = params();
    kind.bind = bindWindowAggregate;
    kind.make = makeWindowAggregate;
    kind.makeCombiner = makeWindowCombiner;
    return kind;
}

}  // namespace rw
