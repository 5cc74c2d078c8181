// alert: a rule over rows, judged in event time, and whom it tells.
#include <algorithm>

#include "core/connect/connections/connections.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/sql/bind/bind.h"
#include "core/stream/alerts/alert_operator.h"
#include "core/stream/lineage/keyed_match.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr const char *kPanelWord = "panel", *kDesktopWord = "desktop";

class BoundAlert final : public BoundNode, public TellsContributors {
 public:
    AlertPlanRef plan{};

    /// What a row of the output says of its key.
    struct Told {
        std::optional<Instant> since{}, started{};
        bool raised = false;  ///< it is an alert, from `since` on
        bool whole = false;   ///< it is a row that is there, and not one of which something is known
    };

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet read = orderingColumns(plan->input);
        read[static_cast<std::size_t>(plan->input.eventTime)] = true;
        for (const int key : plan->keys) read[static_cast<std::size_t>(key)] = true;
        for (const sql::BoundRef& expression : {plan->condition, plan->clear, plan->value}) {
            if (expression) sql::markColumns(*expression, read);
        }
        plan->message.markColumns(read);
        if (plan->input.updating) read.assign(read.size(), true);  // rows are kept whole until they are final
        markLate(wanted[kAlertLate], *inputs.front().schema, read);
        return {std::move(read)};
    }

    // The end of the input lets time pass up to the newest row, of whichever key (event-time rules, 28): what
    // falls due by then needs that row, too.
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        const Told told = toldBy(asked);
        const AlertTimes& times = plan->times;
        // Where rows alone clear an alert, what was before the last one that did so has no part.
        const bool byRows = !plan->clear && times.clearHold == 0 && times.noData == 0;
        if (!byRows || !told.started) {
            std::vector<Contributors> made{{0, rowsOfKey(asked), keysWords(asked, plan->keys.size(), 0)}};
            const bool timed = times.clearHold > 0 || times.noData > 0 || (times.hold > 0 && plan->clear);
            if (told.whole && timed) made.push_back(newestRow(asked, kMinTimestamp));
            return made;
        }
        std::vector<Contributors> made{rowsSince(asked, told), rowBefore(asked, *told.started)};
        if (told.whole && told.raised && times.hold > 0) made.push_back(newestRow(asked, *told.since));
        return made;
    }

 private:
    int columnOf(AlertColumn column) const {
        return static_cast<int>(plan->keys.size()) + static_cast<int>(column);
    }

    Told toldBy(const AskedRow& asked) const {
        Told told;
        told.since = knownTime(asked, columnOf(kSinceColumn));
        told.started = knownTime(asked, columnOf(kStartedColumn));
        if (const int place = columnOf(kStateColumn); asked.knows(place)) {
            const Column& cells = asked.row.column(place);
            told.raised = told.since && !cells.isNull(0) && cells.string(0) == "alert";
        }
        const auto& columns = asked.row.columns;
        told.whole =
            std::none_of(columns.begin(), columns.end(), [](const ColumnRef& each) { return !each; });
        return told;
    }

    /// In time, and none that is rejected.
    std::shared_ptr<RowMatch> rowsInTime(const AskedRow& asked) const {
        auto match = std::make_shared<RowMatch>();
        match->eventTime = plan->input.eventTime;
        match->late = RowMatch::Late::ByTime;
        std::vector<sql::BoundRef> failing;
        for (const sql::BoundRef& each : {plan->condition, plan->clear, plan->value}) {
            if (each && sql::canFail(*each)) failing.push_back(each);
        }
        if (failing.empty() || asked.nullOnError) return match;
        match->also = [failing, eval = asked.eval](const Batch& rows, std::size_t row) {
            const Batch one = rows.slice(row, 1);
            return std::none_of(failing.begin(), failing.end(), [&](const sql::BoundRef& each) {
                const sql::Vector value = sql::evaluate(*each, one, eval);
                return value.errors && !value.errors->empty();
            });
        };
        return match;
    }

    std::shared_ptr<RowMatch> rowsOfKey(const AskedRow& asked) const {
        auto match = rowsInTime(asked);
        const auto keys = rowsOfKeys(asked, plan->keys, 0);
        match->asked = keys->asked;
        match->equal = keys->equal;
        match->asKeys = keys->asKeys;
        return match;
    }

    /// Those since the condition began to hold; once it is an alert, only its peak is about later ones.
    Contributors rowsSince(const AskedRow& asked, const Told& told) const {
        auto match = rowsOfKey(asked);
        match->from = *told.started;
        const std::string from = timeText(*told.started);
        const Text with = cellsText(asked.row, 0, columnsFrom(0, plan->keys.size()));
        const bool keyed = !english(with).empty();
        if (told.raised && !plan->value) {
            match->until = saturatingAdd(*told.since, 1);
            const std::string to = timeText(*told.since);
            return {0, std::move(match),
                    keyed ? RW_TEXT("lineage", "rows with %1 from %2 up to %3").with(with, from, to)
                          : RW_TEXT("lineage", "rows from %1 up to %2").with(from, to)};
        }
        return {0, std::move(match),
                keyed ? RW_TEXT("lineage", "rows with %1 from %2 on").with(with, from)
                      : RW_TEXT("lineage", "rows from %1 on").with(from)};
    }

    /// The one without which the condition would have held before.
    Contributors rowBefore(const AskedRow& asked, Instant started) const {
        auto match = rowsOfKey(asked);
        match->until = started;
        match->also = [counts = match->also, plan = plan, eval = asked.eval](const Batch& rows,
                                                                             std::size_t row) {
            const sql::Vector holds = sql::evaluate(*plan->condition, rows.slice(row, 1), eval);
            const bool isFalse = !holds.isNull(0) && holds.at<std::uint8_t>(0) == 0;
            return isFalse && (!counts || counts(rows, row));
        };
        return {0,
                std::move(match),
                RW_TEXT("lineage", "the last row before them for which the condition is false"),
                false,
                1,
                true};
    }

    Contributors newestRow(const AskedRow& asked, Instant from) const {
        auto match = rowsInTime(asked);
        match->from = from;
        return {0,
                std::move(match),
                RW_TEXT("lineage", "the newest row, up to which event time had passed"),
                false,
                1,
                true};
    }
};

void bindAlertKeys(BindContext& context, AlertPlan& plan) {
    const std::vector<std::string> names = context.list("keys");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int item = static_cast<int>(i);
        const int column = requireColumn(context, "keys", *plan.input.schema, names[i], item);
        if (column < 0) continue;
        if (std::find(plan.keys.begin(), plan.keys.end(), column) != plan.keys.end()) {
            Issue& issue =
                context.error("keys", RW_TEXT("alert", "“%1” stands twice among the keys.").with(names[i]),
                              RW_TEXT("alert", "Take it out of the keys."));
            issue.item = item;
            continue;
        }
        plan.keys.push_back(column);
        plan.keyTypes.push_back(plan.input.schema->fields[static_cast<std::size_t>(column)].type);
    }
    plan.rule.keys = names;
}

sql::BoundRef bindTruth(BindContext& context, std::string_view param) {
    auto bound =
        accept(context, param, -1, sql::bindCondition(context.text(param), {context.input().schema}));
    return bound ? std::move(*bound) : nullptr;
}

sql::BoundRef bindNumber(BindContext& context) {
    const std::string text = context.text("value");
    auto bound = accept(context, "value", -1, sql::bindText(text, {context.input().schema}));
    if (!bound) return nullptr;
    if (!(*bound)->type.isNumeric()) {
        context.error("value", RW_TEXT("alert", "The value of an alert is a number, and this is none."),
                      RW_TEXT("alert", "Choose a column of numbers, or leave it empty."));
        return nullptr;
    }
    auto number =
        accept(context, "value", -1,
               sql::convert(std::move(*bound), Type::of(TypeId::Double), sql::Span{0, text.size()}));
    return number ? std::move(*number) : nullptr;
}

void bindMessage(BindContext& context, AlertPlan& plan) {
    const std::string text = context.text("message");
    const auto wrong = AlertMessage::parse(text, *plan.input.schema, plan.message);
    if (!wrong) return;
    Issue& issue =
        wrong->column.empty()
            ? context.error("message", RW_TEXT("alert", "A brace without another one."),
                            RW_TEXT("alert", "A column stands between two: {column}. Write {{ for a brace."))
            : context.error("message", RW_TEXT("alert", "No column “%1” in the input.").with(wrong->column),
                            RW_TEXT("alert", "Available: %1.").with(columnNames(*plan.input.schema)));
    issue.position = wrong->position;
    issue.length = wrong->length;
    if (const std::string nearest = nearestName(wrong->column, *plan.input.schema); !nearest.empty()) {
        std::string mended = text;
        mended.replace(wrong->position, wrong->length, "{" + nearest + "}");
        issue.quickFixes.push_back(replaceParam(context, "message", -1, mended));
    }
}

void bindTargets(BindContext& context, AlertPlan& plan) {
    plan.rule.targets.push_back({AlertTarget::Kind::Panel, {}});
    for (const std::string& name : context.list("to")) {
        AlertTarget target;
        if (name == kDesktopWord) {
            target.kind = AlertTarget::Kind::Desktop;
        } else if (name != kPanelWord) {
            const bool mails = context.kindOfConnection(name) == "smtp";
            target = {mails ? AlertTarget::Kind::Mail : AlertTarget::Kind::Webhook, name};
        }
        const auto& known = plan.rule.targets;
        if (std::find(known.begin(), known.end(), target) == known.end()) plan.rule.targets.push_back(target);
    }
}

void describeAlerts(AlertPlan& plan) {
    Schema schema;
    for (const int key : plan.keys) {
        plan.output.key.push_back(static_cast<int>(schema.size()));
        const Field& field = plan.input.schema->fields[static_cast<std::size_t>(key)];
        addResultColumn(schema, field.name, field.type);
    }
    // As AlertColumn.
    addResultColumn(schema, "state", Type::of(TypeId::String));
    addResultColumn(schema, "since", Type::of(TypeId::Timestamp));
    addResultColumn(schema, "started", Type::of(TypeId::Timestamp));
    addResultColumn(schema, "no_data_since", Type::of(TypeId::Timestamp));
    addResultColumn(schema, "value", Type::of(TypeId::Double));
    addResultColumn(schema, "peak", Type::of(TypeId::Double));
    addResultColumn(schema, "message", Type::of(TypeId::String));
    if (plan.provisional) addResultColumn(schema, "provisional", Type::of(TypeId::Boolean));
    plan.output.schema = std::make_shared<const Schema>(std::move(schema));
    plan.output.updating = plan.output.made = true;
    plan.late = lateStream(plan.input, true);
    // Rows of an updating stream are never late: no late row is a change.
    plan.late.updating = plan.late.multiset = false;
    plan.late.key.clear();
    Schema waiting = *plan.input.schema;
    waiting.fields.push_back({"verdict", Type::of(TypeId::Int)});
    waiting.fields.push_back({"value of the alert", Type::of(TypeId::Double)});
    plan.waiting = std::make_shared<const Schema>(std::move(waiting));
}

void bindTimes(BindContext& context, AlertPlan& plan) {
    plan.times.hold = context.duration("for");
    plan.times.clearHold = context.duration("clear_for");
    if (context.has("no_data")) plan.times.noData = context.duration("no_data");
    plan.times.oncePer = context.duration("once_per");
    plan.times.lowest = context.text("peak") == "lowest";
    AlertRule& rule = plan.rule;
    rule.hold = plan.times.hold;
    rule.clearHold = plan.times.clearHold;
    rule.noData = plan.times.noData;
    rule.oncePer = plan.times.oncePer;
}

/// What to say of those that are told of alerts; of none there is nothing to promise.
void describeTelling(BoundNode& bound, const AlertRule& rule) {
    const bool outside = std::any_of(rule.targets.begin(), rule.targets.end(),
                                     [](const AlertTarget& target) { return !target.connection.empty(); });
    if (!outside) return;
    bound.guarantee.promise = Guarantee::Promise::AtLeastOnce;
    bound.guarantee.means = Guarantee::Means::Repeats;
    bound.guarantee.withoutCheckpoints = Guarantee::Promise::AtLeastOnce;
    bound.guarantee.more = RW_TEXT(
        "alert",
        "Each has a name by key and start, and is left out where it was told before; a webhook gets it "
        "as the header Idempotency-Key.");
}

Text alertSummary(const AlertPlan& plan) {
    if (plan.times.hold == 0) return RW_TEXT("alert", "%1").with(plan.rule.condition);
    return RW_TEXT("alert", "%1 · for %2").with(plan.rule.condition, formatDuration(plan.times.hold));
}

/// Rows of windows may change: they are final when the watermark has reached them. Of others nobody knows
/// when.
bool refuseNeverFinal(BindContext& context) {
    const StreamType& input = context.input();
    const bool getsFinal = input.windowed && !input.multiset && !input.key.empty() && input.eventTime >= 0;
    return !(input.updating && getsFinal) &&
           refuseUpdating(context, RW_TEXT("alert",
                                           "Judge rows that become final: those of a window, or the rows "
                                           "before they are aggregated."));
}

void bindProvisional(BindContext& context, AlertPlan& plan) {
    plan.provisional = context.flag("provisional");
    if (!plan.provisional || plan.input.updating) return;
    context.issue(Severity::Warning, "provisional",
                  RW_TEXT("alert", "“%1” sends final rows only: no value is provisional.")
                      .with(context.producer().title),
                  RW_TEXT("alert", "Choose early results in the window, or judge final values only."));
}

BoundNodeRef bindAlert(BindContext& context) {
    if (refuseNeverFinal(context)) return nullptr;
    auto plan = std::make_shared<AlertPlan>();
    plan->input = context.input();
    const int eventTime = requireEventTime(
        context, RW_TEXT("alert", "An alert is judged in event time; “%1” has none marked."));
    bindAlertKeys(context, *plan);
    plan->condition = bindTruth(context, "condition");
    if (context.has("clear")) plan->clear = bindTruth(context, "clear");
    if (context.has("value")) plan->value = bindNumber(context);
    bindMessage(context, *plan);
    bindTimes(context, *plan);
    bindTargets(context, *plan);
    if (eventTime < 0 || context.failed()) return nullptr;
    plan->tellEnd = context.flag("tell_end");
    bindProvisional(context, *plan);
    plan->rule.node = context.node().id;
    plan->rule.title = context.node().shownTitle();
    plan->rule.condition = context.text("condition");
    if (context.has("clear")) plan->rule.clear = context.text("clear");
    if (context.has("value")) plan->rule.value = context.text("value");
    describeAlerts(*plan);

    auto bound = std::make_shared<BoundAlert>();
    bound->outputs = {plan->output, plan->late, rejectedStream()};
    bound->distribution.kind = Distribution::Kind::Single;
    bound->judgesSilence = plan->times.noData > 0;
    bound->state =
        RW_TEXT("alert", "rows, until the watermark reaches them; the state of each key, for ever");
    if (!plan->keys.empty()) {
        bound->keepsKeys = RW_TEXT(
            "alert", "Where keys do not come back, judge them by windows that count those that matter.");
    }
    describeTelling(*bound, plan->rule);
    bound->summary = alertSummary(*plan);
    bound->plan = std::move(plan);
    return bound;
}

/// The connections of the run say what they lead to, where nobody knew when the node was typed.
AlertPlanRef withKindsOfConnections(AlertPlanRef plan, const MakeContext& context) {
    if (!context.connections) return plan;
    auto known = std::make_shared<AlertPlan>(*plan);
    for (AlertTarget& target : known->rule.targets) {
        if (target.connection.empty()) continue;
        const Result<Connection> connection = context.connections->named(target.connection);
        if (!connection.ok()) continue;  // it is told of with the alert
        target.kind = connection->kind == "smtp" ? AlertTarget::Kind::Mail : AlertTarget::Kind::Webhook;
    }
    return known;
}

Result<Made> makeAlert(const BoundNode& bound, const MakeContext& context) {
    auto made = std::make_unique<AlertOperator>(
        withKindsOfConnections(static_cast<const BoundAlert&>(bound).plan, context), context);
    RW_TRY(made->prepare());
    return Made(std::move(made));
}

std::vector<ParamSpec> ruleParams() {
    ParamSpec condition = makeParam(
        "condition", ParamKind::Condition, RW_TEXT("alert", "Condition"),
        RW_TEXT("alert",
                "SQL over the columns of the input. A row for which it is true begins the alert, or "
                "lets it go on; NULL says nothing, and leaves all as it is."));
    condition.required = true;
    condition.section = RW_TEXT("alert", "Raise");
    ParamSpec hold =
        makeParam("for", ParamKind::Duration, RW_TEXT("alert", "For"),
                  RW_TEXT("alert",
                          "So long the condition has to hold, in event time, until it is an alert. A "
                          "shorter one is spared: it is listed, and nobody is told."),
                  "0s");
    hold.min = 0;
    ParamSpec keys = makeParam("keys", ParamKind::ColumnNames, RW_TEXT("alert", "Keys"),
                               RW_TEXT("alert",
                                       "Each combination of these columns has a state and alerts of its own. "
                                       "Without keys there is one."),
                               Json::array());
    ParamSpec provisional = makeParam(
        "provisional", ParamKind::Boolean, RW_TEXT("alert", "Also provisional values"),
        RW_TEXT("alert",
                "Of a window with early results: a provisional value for which the condition is true raises "
                "the alert before the window closes. The final value confirms it or clears it. Off: only "
                "final values are judged."),
        false);
    ParamSpec clear = makeParam(
        "clear", ParamKind::Condition, RW_TEXT("alert", "Clear when"),
        RW_TEXT("alert",
                "What a row has to fulfil to clear the alert: a lower value than the one that raises "
                "it keeps it from going on and off. Empty: the condition does not hold."));
    clear.section = RW_TEXT("alert", "Clear");
    ParamSpec clearFor = makeParam("clear_for", ParamKind::Duration, RW_TEXT("alert", "For"),
                                   RW_TEXT("alert", "So long that has to hold, in event time."), "0s");
    clearFor.min = 0;
    ParamSpec noData = makeParam(
        "no_data", ParamKind::Duration, RW_TEXT("alert", "No data after"),
        RW_TEXT("alert",
                "A key without a row for so long is an alert of its own. It is judged in event time, "
                "and while no row comes and time stands still, by the clock of the run. With keys, a "
                "key is missed once it was there. Empty: never."));
    noData.section = RW_TEXT("alert", "No data");
    noData.min = 1;
    return {std::move(condition), std::move(hold),     std::move(keys),  std::move(provisional),
            std::move(clear),     std::move(clearFor), std::move(noData)};
}

std::vector<ParamSpec> tellingParams() {
    ParamSpec message = makeParam(
        "message", ParamKind::String, RW_TEXT("alert", "Message"),
        RW_TEXT("alert",
                "What others are told, with columns of the row between braces: `{core} is at {load} "
                "%`. Two braces, `{{`, are one."));
    message.required = true;
    message.section = RW_TEXT("alert", "Tell");
    ParamSpec to =
        makeParam("to", ParamKind::Connections, RW_TEXT("alert", "Deliver to"),
                  RW_TEXT("alert",
                          "`panel` is the list of alerts in the window, where every alert is. "
                          "`desktop` is a notification, at most one a minute. A connection of kind HTTP "
                          "gets a request in JSON, one of kind mail a mail. What fails is repeated, and "
                          "never holds the rows up."),
                  Json::array({kPanelWord}));
    to.required = true;
    to.words = {{kPanelWord, RW_TEXT("alert", "Panel")}, {kDesktopWord, RW_TEXT("alert", "Desktop")}};
    to.choices = {{"http", RW_TEXT("alert", "HTTP")}, {"smtp", RW_TEXT("alert", "Mail (SMTP)")}};
    ParamSpec oncePer = makeParam(
        "once_per", ParamKind::Duration, RW_TEXT("alert", "At most once per"),
        RW_TEXT("alert",
                "Others are told of one alert of a key in so much event time. A later one is told when "
                "that is over, if it is still there. 0: of each."),
        "10min");
    oncePer.min = 0;
    ParamSpec tellEnd = makeParam(
        "tell_end", ParamKind::Boolean, RW_TEXT("alert", "Tell when it is over"),
        RW_TEXT("alert", "Connections that were told of an alert are told when it is cleared."), true);
    ParamSpec value =
        makeParam("value", ParamKind::String, RW_TEXT("alert", "Value"),
                  RW_TEXT("alert",
                          "A number, a column or an expression, that the alert is about: lists and "
                          "mails show it, and its peak."));
    value.section = RW_TEXT("alert", "Value");
    ParamSpec peak = makeParam("peak", ParamKind::Choice, RW_TEXT("alert", "Peak"),
                               RW_TEXT("alert", "Which of its values is the peak of an alert."), "highest");
    peak.choices = {{"highest", RW_TEXT("alert", "The highest")}, {"lowest", RW_TEXT("alert", "The lowest")}};
    return {std::move(message), std::move(to),    std::move(oncePer),
            std::move(tellEnd), std::move(value), std::move(peak)};
}

}  // namespace

NodeKind alertKind() {
    NodeKind kind;
    kind.type = "alert";
    kind.name = RW_TEXT("alert", "Alert");
    kind.palette = {{kind.name, RW_TEXT("alert", "Tell when a condition holds"), "alert"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("alert", "states")}, latePort(), rejectedPort()};
    kind.params = ruleParams();
    for (ParamSpec& spec : tellingParams()) kind.params.push_back(std::move(spec));
    kind.params.push_back(onErrorParam());
    kind.alerts = true;
    kind.bind = bindAlert;
    kind.make = makeAlert;
    return kind;
}

}  // namespace rw
