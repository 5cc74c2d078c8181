// pattern: MATCH_RECOGNIZE, as far as Flink's dialect of it finds the same matches.
#include <fmt/format.h>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/lateness.h"
#include "core/deploy/flink/match_terms.h"
#include "core/deploy/flink/sql_text.h"
#include "core/patterns/parse.h"

namespace rw {

namespace {

void findLimits(NodeForm& form, const std::vector<MatchElement>& elements) {
    if (form.params().text("rows_per_match") == "all") {
        form.find(Verdict::Refused, RW_TEXT("deploy", "Flink gives one row per match."), "rows_per_match")
            .fix = RW_TEXT("deploy", "Choose one row, and take what you need of a match as measures.");
    }
    const std::optional<std::int64_t> most = mostRows(elements);
    if (form.params().has("max_rows") && (!most || *most > form.params().integer("max_rows"))) {
        form.find(Verdict::Refused, RW_TEXT("deploy", "Flink knows no limit of the rows of a match."),
                  "max_rows")
            .fix = RW_TEXT("deploy", "Bound the quantifiers, as in A{1,5}, or give Within in place of it.");
    }
    form.when(RW_TEXT("deploy", "no search reaches the step limit"));
    flinkFindTies(form, form.input(), RW_TEXT("deploy", "no two rows of a partition have one time"));
}

std::string definitions(const NodeForm& form, const patterns::RowPattern& pattern,
                        const std::vector<MatchExpression>& conditions) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        if (!conditions[i].text.empty())
            lines.push_back(form.quoted(pattern.variables[i]) + " AS " + conditions[i].text);
    }
    // There must be one.
    if (lines.empty() && !pattern.variables.empty())
        lines.push_back(form.quoted(pattern.variables.front()) + " AS TRUE");
    return flinkList(lines, "    ");
}

/// Columns of the match behind the partition's: measures, and the times of its first and last row.
std::vector<std::string> measuresOf(NodeForm& form, const MatchScope& scope) {
    std::vector<std::string> out;
    const std::size_t count = form.params().list("measures").size();
    for (std::size_t i = 0; i < count; ++i) {
        const MatchExpression measure = flinkMatchMeasure(form, static_cast<int>(i), scope);
        out.push_back(measure.text + " AS " + form.quoted(measure.bound.name));
    }
    const StreamType& input = form.input();
    out.push_back(
        fmt::format("FIRST({}) AS `match_start`", flinkColumn(form, *input.schema, input.eventTime)));
    out.push_back("MATCH_ROWTIME() AS `match_end`");
    return out;
}

/// All columns with the types that they have here; only the last one stays the event time.
std::vector<std::string> columnsOf(const NodeForm& form) {
    const Schema& schema = *form.output().schema;
    std::vector<std::string> out = flinkColumnNames(form, schema);
    for (std::size_t i = 0; i + 1 < out.size(); ++i) {
        const Type type = schema.fields[i].type;
        if (type.is(TypeId::Timestamp) || type.is(TypeId::String))
            out[i] = fmt::format("CAST({0} AS {1}) AS {0}", out[i], form.dialect().words().type(type));
    }
    return out;
}

}  // namespace

void flinkMatchRecognize(NodeForm& form) {
    const StreamType& input = form.input();
    const auto parsed = patterns::parsePattern(form.params().text("pattern"));
    const auto& pattern = std::get<patterns::RowPattern>(parsed);
    const std::vector<MatchElement> elements = flinkMatchElements(form, pattern);
    findLimits(form, elements);
    patterns::Terms terms;
    terms.input = input.schema;
    terms.kept = *input.schema;
    const MatchScope scope{pattern, elements, terms};
    const std::vector<MatchExpression> conditions = flinkMatchConditions(form, scope);
    if (!form.refused()) flinkFindRivals(form, conditions, scope);
    const std::vector<std::string> measures = measuresOf(form, scope);
    const auto after = patterns::parseAfterMatch(form.params().text("after_match"), pattern);
    const std::string skip = flinkSkipText(form, pattern, elements, std::get<patterns::AfterMatch>(after));
    const std::string rows = flinkOnTime(form, 0, "in");

    std::vector<std::string> keys;
    for (const std::string& name : form.params().list("partition_by")) keys.push_back(form.quoted(name));
    const std::string within =
        form.params().has("within") ? " WITHIN " + flinkInterval(form.params().duration("within")) : "";
    flinkView(
        form, form.relation(),
        fmt::format("SELECT {}\nFROM {} MATCH_RECOGNIZE (\n  {}{}{}ORDER BY {}\n  MEASURES\n    {}\n"
                    "  ONE ROW PER MATCH\n  AFTER MATCH {}\n  PATTERN ({}){}\n  DEFINE\n    {})",
                    flinkLine(columnsOf(form)), rows, keys.empty() ? "" : "PARTITION BY ", flinkLine(keys),
                    keys.empty() ? "" : " ", flinkColumn(form, *input.schema, input.eventTime),
                    flinkList(measures, "    "), skip, flinkMatchText(form, pattern, elements), within,
                    definitions(form, pattern, conditions)));
    flinkLateByTime(form, 0, "late");
    flinkNoRejected(form);
}

}  // namespace rw
