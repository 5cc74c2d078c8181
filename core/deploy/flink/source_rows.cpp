#include "core/deploy/flink/source_rows.h"

#include <algorithm>

#include "core/data/visit_type.h"
#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

std::string freeColumn(const NodeForm& form, std::string name) {
    return form.quoted(flinkFreeName(*form.output().schema, std::move(name)));
}

/// The text as the type; NULL where it is none. Flink's casts take more than our sources do: 1.5 for an INT,
/// yes for a BOOLEAN, and of times less.
std::string cellAs(const NodeForm& form, Type type, const std::string& text) {
    const std::string cast = "TRY_CAST(" + text + " AS " + form.dialect().words().type(type) + ")";
    return visitType(
        type.id,
        Overloaded{
            [&](types::String) { return text; },
            [&](types::Boolean) {
                return "CASE LOWER(TRIM(" + text + ")) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END";
            },
            [&](AnyOf<types::Int, types::Bigint> auto) {
                return "CASE WHEN POSITION('.' IN " + text + ") = 0 THEN " + cast + " END";
            },
            // As ours only of year, month and day in full: Flink also reads 2024 and 2024-5-6 10:00:00.
            [&](types::Date) { return "CASE WHEN CHAR_LENGTH(" + text + ") = 10 THEN " + cast + " END"; },
            [&](types::Timestamp) {
                return "TRY_CAST(REPLACE(REPLACE(" + text + ", 'T', ' '), 'Z', '') AS TIMESTAMP(3))";
            },
            [&](types::Bytes) { return flinkBytesOfText(text); },
            [&](AnyOf<types::Double, types::Decimal, types::Null, types::IntervalDay,
                      types::IntervalMonth> auto) { return cast; }});
}

/// A CASE over the possible errors of a row, or NULL.
std::string cellErrors(NodeForm& form, const FlinkCells& cells, const FlinkSourceTime& time) {
    const auto& fields = form.output().schema->fields;
    const bool nullOnError = form.params().text("on_error") == "null";
    std::string whens;
    const auto add = [&](const std::string& condition, const std::string& what) {
        whens += "\n    WHEN " + condition + " THEN " + flinkText(what);
    };
    if (!cells.broken.empty()) add(cells.broken, cells.what);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const bool isTime = time.own && static_cast<int>(i) == time.column;
        const std::string value = cellAs(form, fields[i].type, cells.texts[i]);
        const std::string article = fields[i].type.is(TypeId::Int) ? ": not an " : ": not a ";
        const std::string what = fields[i].name + article + toString(fields[i].type);
        if (isTime) {
            add(value + " IS NULL", what);
        } else if (!nullOnError && !fields[i].type.is(TypeId::String)) {
            add(cells.texts[i] + " IS NOT NULL AND (" + value + ") IS NULL", what);
        }
    }
    return whens.empty() ? "CAST(NULL AS STRING)" : "CASE" + whens + " END";
}

void writeReadView(NodeForm& form, const std::vector<std::string>& values, const std::string& where) {
    std::string query = "SELECT\n  " + flinkList(values) + "\nFROM " + form.quoted(form.helper("cells"));
    if (!where.empty()) query += "\nWHERE (" + where + ") IS NOT TRUE";
    flinkView(form, form.helper("read"), query, "each cell as its type");
}

/// The rows that are read, and once more with the columns that an event_time node behind the source needs.
void writeGoodViews(NodeForm& form, const std::string& error) {
    const Schema& schema = *form.output().schema;
    std::vector<std::string> columns = flinkColumnNames(form, schema);
    std::string from = "\nFROM " + form.quoted(form.helper("read"));
    if (!error.empty()) from += "\nWHERE " + flinkGood(form, error);
    flinkView(form, form.relation(), "SELECT " + flinkLine(columns) + from, "port out");
    if (!form.mark()) return;
    columns.push_back(flinkTimeOf(form, schema.fields[static_cast<std::size_t>(form.mark()->column)]));
    columns.push_back(flinkRowColumn(form));
    flinkView(form, form.helper("marked"), "SELECT " + flinkLine(columns) + from, "with its event time");
}

void writeRejectedView(NodeForm& form) {
    if (!form.wired("rejected")) return;
    form.find(Verdict::Approximated,
              RW_TEXT("deploy",
                      "Rejected rows have no position there, their errors are worded otherwise, and their "
                      "text is put together from their cells."));
    const std::string error = flinkErrorColumn(form);
    flinkRejected(form, error, form.helper("read"), error + " IS NOT NULL");
}

/// A copy with an event_time node behind it, which rejects rows whose time is NULL.
void readMarkedCopy(NodeForm& form, std::vector<std::string> columns, const FlinkSourceTime& time,
                    const std::string& options) {
    const auto& fields = form.output().schema->fields;
    const Field& marked = fields[static_cast<std::size_t>(time.column)];
    const std::string name = flinkTimeOf(form, marked);
    columns.push_back(name + " AS COALESCE(" + form.quoted(marked.name) + ", " +
                      std::string(kFlinkUnknownTime) + ")");
    columns.push_back(flinkWatermark(name, time.delay));
    std::vector<std::string> values, texts;
    for (const Field& field : fields) {
        values.push_back(form.quoted(field.name));
        texts.push_back("CAST(" + form.quoted(field.name) + " AS STRING)");
    }
    values.push_back(name);
    values.push_back(fmt::format("CONCAT_WS(',', {}) AS {}", fmt::join(texts, ", "), flinkRowColumn(form)));
    form.statement(Statement::Kind::Table, form.helper("cells"),
                   flinkFileTable(form, form.helper("cells"), columns, options), "a copy");
    writeReadView(form, values, {});
    writeGoodViews(form, {});
}

}  // namespace

FlinkSourceTime flinkSourceTime(NodeForm& form) {
    const int own = form.output().eventTime;
    // A watermark of Flink's is never below 0: no row is late there until it has passed that.
    if (own >= 0 || form.mark()) form.when(RW_TEXT("deploy", "no time is before 1970"));
    if (own >= 0) return {own, form.params().duration("watermark_delay"), true};
    if (form.mark()) return {form.mark()->column, form.mark()->delay, false};
    return {};
}

std::string flinkWatermark(const std::string& column, Millis delay) {
    std::string out = "WATERMARK FOR " + column + " AS " + column;
    return delay == 0 ? out : out + " - " + flinkInterval(delay);
}

std::string flinkTable(const NodeForm& form, const std::string& name, const std::vector<std::string>& columns,
                       const std::string& connector, const std::string& options) {
    return "CREATE TEMPORARY TABLE " + form.quoted(name) + " (\n  " + flinkList(columns) +
           "\n) WITH ('connector' = '" + connector + "', " + options + ")";
}

std::string flinkFileTable(const NodeForm& form, const std::string& name,
                           const std::vector<std::string>& columns, const std::string& options) {
    return flinkTable(form, name, columns, "filesystem", options);
}

int flinkTimeColumn(const NodeForm& form) {
    if (form.output().eventTime >= 0) return form.output().eventTime;
    return form.mark() ? form.mark()->column : -1;
}

std::string flinkJsonPath(const sql::JsonPath& path) {
    std::string out = "$";
    for (const sql::JsonPath::Step& step : path.steps()) {
        if (step.isIndex) {
            out += fmt::format("[{}]", step.index);
        } else if (std::all_of(step.name.begin(), step.name.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              c == '_';
                   })) {
            out += "." + step.name;
        } else {
            out += "['";
            for (const char c : step.name) {
                if (c == '\'' || c == '\\') out += '\\';
                out += c;
            }
            out += "']";
        }
    }
    return out;
}

std::string flinkBytesOfText(const std::string& text) {
    return "CASE WHEN REGEXP(" + text + ", '^[A-Za-z0-9+/]*={0,2}\\z') AND MOD(CHAR_LENGTH(" + text +
           "), 4) = 0 THEN CAST(FROM_BASE64(" + text + ") AS BYTES) END";
}

std::string flinkTimeOf(const NodeForm& form, const Field& column) {
    return freeColumn(form, column.name + "$time");
}

std::string flinkErrorColumn(const NodeForm& form) {
    return freeColumn(form, "$error");
}

std::string flinkRowColumn(const NodeForm& form) {
    return freeColumn(form, "$row");
}

void flinkRejected(NodeForm& form, const std::string& error, const std::string& read,
                   const std::string& where) {
    flinkView(form, form.relation("rejected"),
              "SELECT " + flinkText(form.id()) + " AS `node`, " + error + " AS `error`, " +
                  flinkRowColumn(form) + " AS `row`, CAST(NULL AS BIGINT) AS `position`\nFROM " +
                  form.quoted(read) + "\nWHERE " + where,
              "port rejected");
}

std::string flinkGood(NodeForm& form, const std::string& error) {
    if (form.params().text("on_error") != "fail") return error + " IS NULL";
    return "CASE WHEN " + error + " IS NULL THEN TRUE ELSE CAST(" + error + " AS BOOLEAN) END";
}

void flinkWriteCells(NodeForm& form, const FlinkCells& cells) {
    const auto& fields = form.output().schema->fields;
    const FlinkSourceTime time = flinkSourceTime(form);
    // Java's numbers may end in d or be hexadecimal.
    if (std::any_of(fields.begin(), fields.end(),
                    [](const Field& field) { return field.type.is(TypeId::Double); }))
        form.when(RW_TEXT("deploy", "every cell is a value of its type"));
    if (std::any_of(fields.begin(), fields.end(),
                    [](const Field& field) { return field.type.is(TypeId::Bytes); }))
        form.when(RW_TEXT("deploy", "Base64 has its padding, and no blanks around it"));
    std::vector<std::string> columns = cells.columns, values;
    std::string timeName;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string value = cellAs(form, fields[i].type, cells.texts[i]);
        const std::string name = form.quoted(fields[i].name);
        const bool isTime = static_cast<int>(i) == time.column;
        if (isTime) timeName = flinkTimeOf(form, fields[i]);
        if (isTime)
            columns.push_back(timeName + " AS COALESCE(" + value + ", " + std::string(kFlinkUnknownTime) +
                              ")");
        values.push_back((isTime && time.own ? timeName : value) + " AS " + name);
    }
    if (time.column >= 0) columns.push_back(flinkWatermark(timeName, time.delay));
    if (time.column >= 0 && !time.own) values.push_back(timeName);
    values.push_back(cellErrors(form, cells, time) + " AS " + flinkErrorColumn(form));
    values.push_back(cells.row + " AS " + flinkRowColumn(form));
    form.statement(Statement::Kind::Table, form.helper("cells"),
                   flinkTable(form, form.helper("cells"), columns, cells.connector, cells.options),
                   "cells as text");
    writeReadView(form, values, cells.noRow);
    writeGoodViews(form, flinkErrorColumn(form));
    writeRejectedView(form);
}

void flinkWriteTyped(NodeForm& form, const std::vector<std::string>& names, const std::string& connector,
                     const std::string& options) {
    const auto& fields = form.output().schema->fields;
    const FlinkSourceTime time = flinkSourceTime(form);
    std::vector<std::string> columns, values, texts;
    std::string timeName, error = "CAST(NULL AS STRING)";
    for (std::size_t i = 0; i < fields.size(); ++i) {
        columns.push_back(names[i] + " " + form.dialect().words().type(fields[i].type));
        texts.push_back("CAST(" + names[i] + " AS STRING)");
        const bool isTime = static_cast<int>(i) == time.column;
        if (isTime) timeName = flinkTimeOf(form, fields[i]);
        if (isTime && time.own)
            error = "CASE WHEN " + names[i] + " IS NULL THEN " +
                    flinkText(fields[i].name + ": not a " + toString(fields[i].type)) + " END";
        values.push_back((isTime && time.own ? timeName : names[i]) + " AS " + form.quoted(fields[i].name));
    }
    if (time.column >= 0) {
        columns.push_back(timeName + " AS COALESCE(" + names[static_cast<std::size_t>(time.column)] + ", " +
                          std::string(kFlinkUnknownTime) + ")");
        columns.push_back(flinkWatermark(timeName, time.delay));
    }
    if (time.column >= 0 && !time.own) values.push_back(timeName);
    values.push_back(error + " AS " + flinkErrorColumn(form));
    values.push_back(fmt::format("CONCAT_WS(',', {}) AS {}", fmt::join(texts, ", "), flinkRowColumn(form)));
    form.statement(Statement::Kind::Table, form.helper("cells"),
                   flinkTable(form, form.helper("cells"), columns, connector, options), "the table");
    writeReadView(form, values, {});
    writeGoodViews(form, flinkErrorColumn(form));
    writeRejectedView(form);
}

void flinkJsonCell(NodeForm& form, FlinkCells& cells, std::size_t column, const std::string& line,
                   const sql::JsonPath& place) {
    const Field& field = form.output().schema->fields[column];
    const std::string name = form.quoted(field.name);
    const std::string cell = fmt::format("COALESCE(JSON_VALUE({0}, {1}), JSON_QUERY({0}, {1}))", line,
                                         flinkText(flinkJsonPath(place)));
    if (static_cast<int>(column) == flinkTimeColumn(form)) {
        // The table makes a column of it, and Flink makes none out of one that it has made.
        cells.texts.push_back(cell);
    } else {
        cells.columns.push_back(name + " AS " + cell);
        cells.texts.push_back(name);
    }
    if (!field.type.is(TypeId::String)) return;
    form.when(RW_TEXT("deploy", "no number in the texts of “%1” has an exponent or is smaller than 0.000001")
                  .with(field.name));
    form.when(RW_TEXT("deploy", "no text of “%1” is a JSON object or list").with(field.name));
}

bool flinkReadCopy(NodeForm& form) {
    if (form.options().sources != Sources::Staged || form.bound().live) return false;
    const std::string options = "'path' = " + flinkText("${staged}/" + stagedFileOf(form.id())) +
                                ", 'format' = 'csv', 'csv.null-literal' = '<NULL>'";
    const FlinkSourceTime time = flinkSourceTime(form);
    std::vector<std::string> columns = flinkColumns(form, *form.output().schema);
    if (time.column >= 0 && !time.own) {
        readMarkedCopy(form, std::move(columns), time, options);
    } else {
        if (time.own) {
            const Field& field = form.output().schema->fields[static_cast<std::size_t>(time.column)];
            columns.push_back(flinkWatermark(form.quoted(field.name), time.delay));
        }
        form.statement(Statement::Kind::Table, form.relation(),
                       flinkFileTable(form, form.relation(), columns, options), "a copy");
    }
    if (form.wired("rejected")) {
        form.find(Verdict::Approximated,
                  RW_TEXT("deploy", "Copies hold valid rows alone: no row is rejected there."));
        flinkNoRejected(form);
    }
    return true;
}

}  // namespace rw
