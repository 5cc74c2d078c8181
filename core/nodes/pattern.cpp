// pattern: sequences of rows that match a pattern, as MATCH_RECOGNIZE of SQL:2016 finds them.
#include <algorithm>
#include <memory>
#include <utility>

#include "core/nodes/aggregate_params.h"
#include "core/nodes/source_params.h"
#include "core/patterns/match_rows.h"
#include "core/patterns/parse.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/keyed_match.h"
#include "core/stream/paged/paged_node.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

using patterns::MatchPlan;

constexpr int kStepLimit = 100'000, kMostStepLimit = 100'000'000, kMostMaxRows = 1'000'000;

class BoundPattern final : public BoundNode, public TellsContributors {
 public:
    patterns::MatchPlanRef plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        const std::size_t columns = inputs.front().schema->size();
        ColumnSet read = orderingColumns(plan->input);
        for (std::size_t i = 0; plan->allRows && i < columns; ++i)
            read[i] = read[i] || wanted[patterns::kMatchOut][i];
        for (const int key : plan->keys) read[static_cast<std::size_t>(key)] = true;
        for (const sql::BoundRef& computed : plan->terms.computed) sql::markColumns(*computed, read);
        for (const patterns::RowExpression& condition : plan->conditions) markTerms(condition, read);
        for (const patterns::RowExpression& measure : plan->measures) markTerms(measure, read);
        markSums(plan->terms.ofConditions, read);
        markSums(plan->terms.ofMeasures, read);
        markLate(wanted[patterns::kMatchLate], *inputs.front().schema, read);
        return {std::move(read)};
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        const auto columns = static_cast<int>(plan->output.schema->size());
        auto match = rowsOfKeys(asked, plan->keys, plan->allRows ? -1 : 0);
        const SpanColumns span{columns - 2, columns - 1, plan->input.eventTime, plan->remembersPartitions()};
        return std::vector{rowsOfSpan(std::move(match), asked, span)};
    }

 private:
    static void mark(int column, ColumnSet& read) {
        if (column >= 0 && static_cast<std::size_t>(column) < read.size())
            read[static_cast<std::size_t>(column)] = true;
    }
    static void markTerms(const patterns::RowExpression& expression, ColumnSet& read) {
        for (const patterns::Term& term : expression.terms) mark(term.column, read);
    }
    static void markSums(const std::vector<patterns::TermAggregate>& sums, ColumnSet& read) {
        for (const patterns::TermAggregate& sum : sums) mark(sum.column, read);
    }
};

void bindPartition(BindContext& context, MatchPlan& plan) {
    const std::vector<std::string> names = context.list("partition_by");
    for (int item = 0; item < static_cast<int>(names.size()); ++item) {
        const std::string& name = names[static_cast<std::size_t>(item)];
        const int column = requireColumn(context, "partition_by", *plan.input.schema, name, item);
        if (std::find(plan.keys.begin(), plan.keys.end(), column) != plan.keys.end()) {
            Issue& issue =
                context.error("partition_by", RW_TEXT("pattern", "“%1” parts the rows already.").with(name),
                              RW_TEXT("pattern", "Name each column once."));
            issue.item = item;
        } else if (column >= 0) {
            plan.keys.push_back(column);
        }
    }
}

/// An error of one definition, at the name that it begins with.
void definitionError(BindContext& context, int item, const std::string& name, Text message, Text fix) {
    Issue& issue = context.error("define", std::move(message), std::move(fix));
    issue.item = item;
    const std::string text = context.list("define")[static_cast<std::size_t>(item)];
    const std::size_t at = text.find(name);
    issue.position = at == std::string::npos ? 0 : at;
    issue.length = name.empty() ? text.size() : name.size();
}

void bindDefinition(BindContext& context, MatchPlan& plan, const std::string& text, int item) {
    const patterns::Definition definition = patterns::readDefinition(text);
    if (definition.name.empty()) {
        return definitionError(
            context, item, {}, RW_TEXT("pattern", "This definition names no variable."),
            RW_TEXT("pattern", "Write a variable, a colon and its condition: A: price > 10."));
    }
    const int variable = plan.pattern.find(definition.name);
    if (variable < 0) {
        const std::string near = nearestOf(definition.name, plan.pattern.variables);
        return definitionError(
            context, item, definition.name,
            RW_TEXT("pattern", "The pattern has no variable “%1”.").with(definition.name),
            near.empty() ? RW_TEXT("pattern", "Remove this definition, or use the variable in the pattern.")
                         : RW_TEXT("pattern", "Replace with “%1”?").with(near));
    }
    patterns::RowExpression& condition = plan.conditions[static_cast<std::size_t>(variable)];
    if (condition.bound) {
        return definitionError(context, item, definition.name,
                               RW_TEXT("pattern", "“%1” is defined twice.").with(definition.name),
                               RW_TEXT("pattern", "Join both conditions with AND."));
    }
    auto parsed = patterns::bindDefinition(std::string_view(text).substr(definition.condition), plan.pattern,
                                           variable, plan.terms);
    if (auto* const error = std::get_if<sql::SqlError>(&parsed)) error->position += definition.condition;
    if (auto bound = accept(context, "define", item, std::move(parsed))) condition = std::move(*bound);
}

void bindDefinitions(BindContext& context, MatchPlan& plan) {
    const std::vector<std::string> texts = context.list("define");
    for (std::size_t i = 0; i < texts.size(); ++i)
        bindDefinition(context, plan, texts[i], static_cast<int>(i));
}

/// The output's columns: of ONE ROW the partition's, of ALL ROWS the input's, then the measures.
void bindMeasures(BindContext& context, MatchPlan& plan) {
    Schema schema;
    if (plan.allRows) {
        schema = *plan.input.schema;
    } else {
        for (const int key : plan.keys)
            schema.fields.push_back(plan.input.schema->fields[static_cast<std::size_t>(key)]);
    }
    const std::vector<std::string> texts = context.list("measures");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const int item = static_cast<int>(i);
        auto bound =
            accept(context, "measures", item, patterns::bindMeasure(texts[i], plan.pattern, plan.terms));
        if (!bound) continue;
        if (schema.find(bound->name)) {
            Issue& issue = context.error("measures", RW_TEXT("pattern", "“%1” is taken.").with(bound->name),
                                         RW_TEXT("pattern", "Give this measure another name after AS."));
            issue.item = item;
        }
        schema.fields.push_back({bound->name, bound->bound->type});
        plan.measures.push_back(std::move(*bound));
    }
    if (texts.empty()) {
        context.error(
            "measures", RW_TEXT("pattern", "There is no measure."),
            RW_TEXT("pattern", "Add a value of the match, such as COUNT(*) AS n or LAST(A.price) AS price."));
    }
    const Type time = Type::of(TypeId::Timestamp);
    addResultColumn(schema, "match_start", time);
    addResultColumn(schema, "match_end", time);
    plan.output = plan.input;
    if (!plan.allRows) {
        plan.output.eventTime = static_cast<int>(schema.size()) - 1;
        plan.output.windowed = false;
        plan.output.sharedPositions = false;
    }
    plan.output.schema = std::make_shared<const Schema>(std::move(schema));
    plan.output.made = true;
    plan.output.sourceOrder = false;
    plan.output.leftBy = PortRole::Rows;
}

void bindBounds(BindContext& context, MatchPlan& plan) {
    if (context.has("within")) plan.within = context.duration("within");
    if (context.has("max_rows")) plan.maxRows = context.integer("max_rows");
    plan.stepLimit = static_cast<std::uint64_t>(context.integer("step_limit"));
    if (plan.within && *plan.within <= 0) {
        context.error("within", RW_TEXT("pattern", "A match needs some time: within must be above 0."),
                      RW_TEXT("pattern", "Give the longest time that a match may take, such as 10min."));
    } else if (!plan.within && !plan.maxRows) {
        context.error("within",
                      RW_TEXT("pattern", "Nothing bounds a match: its rows would be kept for ever."),
                      RW_TEXT("pattern", "Give within, the longest time of a match, or max_rows."));
    }
}

Text stateText(const MatchPlan& plan) {
    const Text partitions =
        plan.remembersPartitions()
            ? RW_TEXT("pattern", "what its patterns look back at, for each partition, for ever")
            : RW_TEXT("pattern", "partitions as long");
    return RW_TEXT("pattern", "rows, until no match can begin with or contain them; %1").with(partitions);
}

/// “F{3} S · by user · within 1min”
Text patternSummary(const BindContext& context, const MatchPlan& plan) {
    const std::string text = patterns::patternText(plan.pattern);
    const std::string keys = listText(context, "partition_by");
    const Text bound = plan.within ? RW_TEXT("pattern", "within %1").with(formatDuration(*plan.within))
                                   : RW_TEXT("pattern", "at most %1 rows").with(*plan.maxRows);
    if (keys.empty()) return RW_TEXT("pattern", "%1 · %2").with(text, bound);
    return RW_TEXT("pattern", "%1 · by %2 · %3").with(text, keys, bound);
}

BoundNodeRef bindPattern(BindContext& context) {
    if (refuseUpdating(context, RW_TEXT("pattern", "Put this node before the one whose rows change.")))
        return nullptr;
    auto plan = std::make_shared<MatchPlan>();
    plan->input = context.input();
    const int eventTime = requireEventTime(
        context,
        RW_TEXT("pattern", "The order of the rows is told by the event time; “%1” has none marked."));
    bindPartition(context, *plan);
    bindBounds(context, *plan);
    auto pattern = accept(context, "pattern", -1, patterns::parsePattern(context.text("pattern")));
    if (!pattern) return nullptr;
    plan->pattern = std::move(*pattern);
    plan->program = patterns::compile(plan->pattern);
    plan->terms.input = plan->input.schema;
    plan->terms.kept = *plan->input.schema;
    plan->conditions.resize(plan->pattern.variables.size());
    plan->allRows = context.text("rows_per_match") == "all";
    bindDefinitions(context, *plan);
    bindMeasures(context, *plan);
    auto after = accept(context, "after_match", -1,
                        patterns::parseAfterMatch(context.text("after_match"), plan->pattern));
    if (eventTime < 0 || context.failed()) return nullptr;
    plan->after = *after;
    plan->kept = std::make_shared<const Schema>(plan->terms.kept);
    plan->late = lateStream(plan->input, plan->keys.empty());

    auto bound = std::make_shared<BoundPattern>();
    bound->outputs = {plan->output, plan->late, rejectedStream()};
    bound->distribution.kind = plan->keys.empty() ? Distribution::Kind::Single : Distribution::Kind::Keyed;
    if (!plan->keys.empty()) bound->distribution.keys = {plan->keys};
    bound->spills = !plan->keys.empty();
    bound->state = stateText(*plan);
    bound->watermark = RW_TEXT("pattern", "behind the rows with which a match may still begin");
    bound->summary = patternSummary(context, *plan);
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makePattern(const BoundNode& bound, const MakeContext& context) {
    const auto& plan = static_cast<const BoundPattern&>(bound).plan;
    const auto make = [plan](const MakeContext& one) {
        return std::make_unique<patterns::MatchRows>(plan, one);
    };
    return Made(makePaged(bound, context, make));
}

std::vector<ParamSpec> whatMatches() {
    ParamSpec partition =
        makeParam("partition_by", ParamKind::ColumnNames, RW_TEXT("pattern", "Partition by"),
                  RW_TEXT("pattern",
                          "A match contains only rows that are equal in these columns. NULL "
                          "equals NULL. Without columns, it contains rows of all values."),
                  Json::array());
    partition.section = RW_TEXT("pattern", "Pattern");
    ParamSpec pattern =
        makeParam("pattern", ParamKind::RowPattern, RW_TEXT("pattern", "Pattern"),
                  RW_TEXT("pattern",
                          "Variables in the order of their rows: `A B+ C`. Quantifiers are `?`, `*`, `+`, "
                          "`{n}`, `{n,}`, `{n,m}`; with `?` behind, as few rows as possible. `A | B`: one of "
                          "them. `( )` groups, `PERMUTE(A, B)` takes any order, `{- A -}` leaves rows out of "
                          "the output, `^` and `$` are the partition's begin and end."));
    pattern.required = true;
    ParamSpec define = makeParam(
        "define", ParamKind::Branches, RW_TEXT("pattern", "Define"),
        RW_TEXT("pattern",
                "A variable, a colon and the condition of its rows each: `B: price < PREV(price)`. "
                "`A.price` is the last row of `A` so far. A variable without a condition takes any row."),
        Json::array());
    return {std::move(partition), std::move(pattern), std::move(define)};
}

std::vector<ParamSpec> whatIsMade() {
    ParamSpec measures = makeParam(
        "measures", ParamKind::SelectItems, RW_TEXT("pattern", "Measures"),
        RW_TEXT("pattern",
                "Values of a match, each with a name: `FIRST(A.price) AS start`, `COUNT(B.id) AS n`, "
                "`CLASSIFIER() AS variable`, `MATCH_NUMBER() AS number`. They are in the output "
                "before `match_start` and `match_end`, the times of the first and the last row."));
    measures.required = true;
    measures.section = RW_TEXT("pattern", "Matches");
    ParamSpec rows = makeParam("rows_per_match", ParamKind::Choice, RW_TEXT("pattern", "Rows per match"),
                               RW_TEXT("pattern",
                                       "`one`: a row for each match. `all`: each row of a match, with the "
                                       "measures up to it; `FINAL` before a measure counts the whole match."),
                               "one");
    rows.choices = {{"one", RW_TEXT("pattern", "One row")}, {"all", RW_TEXT("pattern", "All rows")}};
    ParamSpec after = makeParam(
        "after_match", ParamKind::String, RW_TEXT("pattern", "After a match, skip"),
        RW_TEXT("pattern",
                "Where the next match is looked for: `PAST LAST ROW`, `TO NEXT ROW` (behind the first "
                "row of the match), `TO FIRST A`, `TO LAST A`, or `TO A`, which is `TO LAST A`."));
    after.required = true;
    return {std::move(measures), std::move(rows), std::move(after)};
}

std::vector<ParamSpec> bounds() {
    ParamSpec within = makeParam(
        "within", ParamKind::Duration, RW_TEXT("pattern", "Within"),
        RW_TEXT("pattern",
                "The event time of a match's last row is less than this after its first row's. Rows "
                "are kept as long. Without it, `max_rows` is required."));
    within.section = RW_TEXT("pattern", "Bounds");
    ParamSpec rows = makeParam("max_rows", ParamKind::Integer, RW_TEXT("pattern", "Most rows"),
                               RW_TEXT("pattern", "A match has at most so many rows."));
    rows.min = 1;
    rows.max = kMostMaxRows;
    ParamSpec steps = makeParam(
        "step_limit", ParamKind::Integer, RW_TEXT("pattern", "Step limit"),
        RW_TEXT("pattern",
                "How many steps the search from one row may take. Where it takes more, the row leaves "
                "by `rejected`, and the search goes on at the next one."),
        kStepLimit);
    steps.min = 1;
    steps.max = kMostStepLimit;
    steps.advanced = true;
    return {std::move(within), std::move(rows), std::move(steps), onErrorParam()};
}

}  // namespace

NodeKind patternKind() {
    NodeKind kind;
    kind.type = "pattern";
    kind.group = NodeGroup::Window;
    kind.name = RW_TEXT("pattern", "Pattern");
    // Parameters that work at once on any rows with event time.
    kind.palette = {{kind.name,
                     RW_TEXT("pattern", "Sequences of rows that mean something"),
                     "pattern",
                     {{"pattern", "A B"},
                      {"measures", Json::array({"COUNT(*) AS n"})},
                      {"after_match", "PAST LAST ROW"},
                      {"within", "1min"}}}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, latePort(), rejectedPort()};
    for (auto& some : {whatMatches(), whatIsMade(), bounds()})
        kind.params.insert(kind.params.end(), some.begin(), some.end());
    kind.bind = bindPattern;
    kind.make = makePattern;
    return kind;
}

}  // namespace rw
