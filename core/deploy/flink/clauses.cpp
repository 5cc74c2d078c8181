#include "core/deploy/flink/clauses.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rw {

namespace {

constexpr std::size_t kLineWidth = 100;

}  // namespace

std::string flinkLine(const std::vector<std::string>& elements) {
    std::string text;
    std::size_t line = 0;  // where the last one begins
    for (const std::string& element : elements) {
        if (!text.empty()) {
            text += ",";
            if (text.size() - line + element.size() < kLineWidth) {
                text += " ";
            } else {
                line = text.size() + 1;
                text += "\n  ";
            }
        }
        text += element;
    }
    return text;
}

std::string flinkNamed(const NodeForm& form, std::string expression, std::string_view name) {
    const std::string quoted = form.quoted(name);
    if (expression == quoted || expression.ends_with("." + quoted)) return expression;
    return std::move(expression) + " AS " + quoted;
}

void flinkNameAll(const NodeForm& form, std::vector<std::string>& expressions, const Schema& output) {
    for (std::size_t i = 0; i < std::min(expressions.size(), output.size()); ++i)
        expressions[i] = flinkNamed(form, std::move(expressions[i]), output.fields[i].name);
}

std::string flinkInstant(const std::string& column) {
    return "CAST(" + column + " AS TIMESTAMP(3))";
}

std::vector<std::string> flinkPlainColumns(const NodeForm& form, const StreamType& stream) {
    std::vector<std::string> columns = flinkColumnNames(form, *stream.schema);
    if (stream.eventTime < 0) return columns;
    std::string& time = columns[static_cast<std::size_t>(stream.eventTime)];
    time = flinkInstant(time) + " AS " + time;
    return columns;
}

std::vector<std::string> flinkColumnNames(const NodeForm& form, const Schema& schema) {
    std::vector<std::string> names;
    for (const Field& field : schema.fields) names.push_back(form.quoted(field.name));
    return names;
}

std::string flinkColumn(const NodeForm& form, const Schema& schema, int column) {
    return form.quoted(schema.fields[static_cast<std::size_t>(column)].name);
}

std::vector<std::string> flinkKeys(NodeForm& form, std::string_view param, const StreamType& input) {
    std::vector<std::string> keys;
    for (const std::string& name : form.params().list(param)) {
        const bool time = input.schema->find(name) == input.eventTime;
        keys.push_back(time ? flinkInstant(form.quoted(name)) : form.quoted(name));
    }
    return keys;
}

std::string flinkFreeName(const Schema& schema, std::string name) {
    while (schema.find(name)) name += "_";
    return name;
}

std::string flinkInOrder(const NodeForm& form, const StreamType& stream, const std::string& from,
                         const std::vector<std::string>& keys) {
    // Flink drops the ORDER BY of a view where another query reads it. Rows that are counted up to each leave
    // in that order, as long as the count is read.
    const Schema& schema = *stream.schema;
    return fmt::format(
        "SELECT {0}\nFROM (\n  SELECT *, COUNT(*) OVER (\n    {1}{2}{3}ORDER BY {4} ROWS BETWEEN UNBOUNDED "
        "PRECEDING AND CURRENT ROW) AS {5}\n  FROM {6})\nWHERE {5} > 0",
        flinkLine(flinkColumnNames(form, schema)), keys.empty() ? "" : "PARTITION BY ", flinkLine(keys),
        keys.empty() ? "" : " ", flinkColumn(form, schema, stream.eventTime),
        form.quoted(flinkFreeName(schema, "place")), from);
}

std::string flinkStateTtl(NodeForm& form, const std::vector<std::string>& inputs) {
    if (!form.params().has("state_ttl")) return {};
    const Millis ttl = form.params().duration("state_ttl");
    if (ttl <= 0) return {};
    form.find(Verdict::Approximated,
              RW_TEXT("deploy", "Flink forgets keys by the time on the clock, not by event time."),
              "state_ttl")
        .fix = RW_TEXT("deploy", "Leave the time empty: keys are then kept for ever on both sides.");
    std::string times;
    for (const std::string& input : inputs)
        times += fmt::format("{}'{}' = '{} ms'", times.empty() ? "" : ", ", input, ttl);
    return fmt::format("/*+ STATE_TTL({}) */ ", times);
}

void flinkView(NodeForm& form, std::string name, const std::string& query, std::string note) {
    std::string text = "CREATE TEMPORARY VIEW " + form.quoted(name) + " AS\n" + query;
    form.statement(Statement::Kind::View, std::move(name), std::move(text), std::move(note));
}

}  // namespace rw
