// Sources: files as tables of Flink's filesystem connector, a few rows by hand as VALUES.
#include <algorithm>

#include "core/data/text.h"
#include "core/deploy/csv_values.h"
#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/source_rows.h"
#include "core/deploy/flink/sql_text.h"
#include "core/deploy/flink/typed_source.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/csv_params.h"
#include "core/pipeline/json/json_layout.h"

namespace rw {

namespace {

bool isArrival(NodeForm& form, const Field& field) {
    return field.name == form.params().text("arrival_time");
}

/// Adds the remarks on how any file is read.
void judgeFile(NodeForm& form) {
    BindContext& params = form.params();
    const std::string path = params.text("path");
    if (params.flag("follow")) {
        Remark& remark = form.find(Verdict::Refused,
                                   RW_TEXT("deploy", "Flink reads a file once; it follows none."), "follow");
        remark.fix = RW_TEXT("deploy", "Read the file once, or let its writer send the rows otherwise.");
        QuickFix& once = remark.quickFixes.emplace_back();
        once.label = RW_TEXT("deploy", "Read it once");
        once.node = form.id();
        once.param = "follow";
        once.value = false;
    }
    if (path.find_first_of("*?[") != std::string::npos) {
        form.find(Verdict::Refused, RW_TEXT("deploy", "Flink reads a file or a folder, no pattern."), "path")
            .fix = RW_TEXT("deploy", "Name the file, or put the files into a folder of their own.");
    } else if (form.output().eventTime >= 0 || form.mark()) {
        const bool folder = path.ends_with('/');
        if (folder) {
            form.find(Verdict::Approximated,
                      RW_TEXT("deploy",
                              "Flink reads the files of a folder in an order of its own: which rows are late "
                              "may differ."),
                      "path");
        } else {
            form.when(RW_TEXT("deploy", "the path is one file"));
        }
    }
    if (!params.text("arrival_time").empty()) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "The time of arrival there is another one, in every run."),
                  "arrival_time")
            .fix = RW_TEXT("deploy", "Take the column away, or record the rows with it once and read those.");
    }
    if (params.number("rate") > 0 || params.number("replay_speed") > 0)
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "Flink reads the file as fast as it can."));
}

/// A value of the grid, cast: texts of different lengths in one column would be padded.
std::optional<std::string> gridCell(const NodeForm& form, const Json& cell, Type type) {
    const DialectWords& words = form.dialect().words();
    Value value{};
    if (!cell.is_null()) {
        const std::string text = cell.is_string() ? cell.get<std::string>() : onOneLine(cell);
        const auto parsed = type.is(TypeId::String) ? std::optional(Value{text}) : parseValue(text, type);
        if (!parsed) return std::nullopt;
        value = *parsed;
    }
    const std::string literal = isNull(value) ? "NULL" : words.literal(value, type);
    return "CAST(" + literal + " AS " + words.type(type) + ")";
}

/// A row of the grid in brackets; nothing where it is rejected.
std::optional<std::string> gridRow(NodeForm& form, const Json& row) {
    const auto& fields = form.output().schema->fields;
    if (row.size() != fields.size()) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto cell = gridCell(form, row[i], fields[i].type);
        if (!cell && form.params().text("on_error") == "null") cell = gridCell(form, nullptr, fields[i].type);
        if (!cell) return std::nullopt;
        out += (out.empty() ? "(" : ", ") + *cell;
    }
    return out + ")";
}

}  // namespace

std::string flinkCsvOptions(const CsvFormat& format) {
    std::string out;
    if (format.delimiter == '\t' || format.delimiter == '\\') {
        out += format.delimiter == '\t' ? R"(, 'csv.field-delimiter' = '\t')"
                                        : R"(, 'csv.field-delimiter' = '\\')";
    } else if (format.delimiter != ',') {
        out += ", 'csv.field-delimiter' = " + flinkText(std::string(1, format.delimiter));
    }
    if (format.quote == 0) {
        out += ", 'csv.disable-quote-character' = 'true'";
    } else if (format.quote != '"') {
        out += ", 'csv.quote-character' = " + flinkText(std::string(1, format.quote));
    }
    return out;
}

void flinkJudgeCsvValues(NodeForm& form, const CsvFormat& format) {
    const Schema& columns = *form.output().schema;
    if (const std::optional<Text> mend = commaMend(format, columns)) {
        form.find(Verdict::Refused, RW_TEXT("deploy", "Flink reads numbers with a decimal point only."),
                  "decimal")
            .fix = *mend;
    }
    if (const std::optional<Text> mend = epochMend(format, columns)) {
        form.find(Verdict::Refused, RW_TEXT("deploy", "Flink reads times as text, not as numbers."), "epoch")
            .fix = *mend;
    }
}

void flinkCsvSource(NodeForm& form) {
    if (flinkReadCopy(form)) return;
    judgeFile(form);
    const CsvFormat format = bindCsvFormat(form.params());
    flinkJudgeCsvValues(form, format);
    const std::string options =
        "'path' = " + flinkText(flinkPath(form, "path")) + ", 'format' = 'csv'" + flinkCsvOptions(format);
    if (flinkTypedSource(form, format, options)) return;
    FlinkCells cells;
    std::vector<std::string> names, header;
    for (const Field& field : form.output().schema->fields) {
        const std::string name = form.quoted(field.name);
        if (isArrival(form, field)) {
            cells.texts.emplace_back("CAST(NULL AS STRING)");
            continue;
        }
        names.push_back(name);
        header.push_back(name + " = " + flinkText(field.name));
        cells.columns.push_back(name + " STRING");
        cells.texts.push_back("NULLIF(" + name + ", '')");
    }
    cells.options = options;
    cells.row =
        fmt::format("CONCAT_WS({}, {})", flinkText(std::string(1, format.delimiter)), fmt::join(names, ", "));
    if (format.header) {
        cells.noRow = fmt::format("{}", fmt::join(header, " AND "));
        form.when(RW_TEXT("deploy", "the file has these columns, all of them and in this order"),
                  Verdict::Approximated);
    }
    form.when(RW_TEXT("deploy", "every row has as many cells as there are columns"), Verdict::Approximated);
    flinkSayAsAlways(form);
    flinkWriteCells(form, cells);
}

void flinkNdjsonSource(NodeForm& form) {
    if (flinkReadCopy(form)) return;
    judgeFile(form);
    form.when(RW_TEXT("deploy", "the file begins without a byte order mark"));
    const auto declared = bindJsonColumns(form.params());
    const std::string line = form.quoted(flinkFreeName(*form.output().schema, "$line"));
    FlinkCells cells;
    cells.columns.push_back(line + " STRING");
    const auto& fields = form.output().schema->fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!declared || i >= declared->paths.size()) {
            cells.texts.emplace_back("CAST(NULL AS STRING)");
            continue;
        }
        const std::string path = flinkText(flinkJsonPath(declared->paths[i]));
        const std::string name = form.quoted(fields[i].name);
        const std::string cell =
            fmt::format("COALESCE(JSON_VALUE({0}, {1}), JSON_QUERY({0}, {1}))", line, path);
        if (static_cast<int>(i) == flinkTimeColumn(form)) {
            // The table makes a column of it, and Flink makes none out of one that it has made.
            cells.texts.push_back(cell);
        } else {
            cells.columns.push_back(name + " AS " + cell);
            cells.texts.push_back(name);
        }
        if (fields[i].type.is(TypeId::String)) {
            form.when(RW_TEXT("deploy",
                              "no number in the texts of “%1” has an exponent or is smaller than 0.000001")
                          .with(fields[i].name));
            form.when(RW_TEXT("deploy", "no text of “%1” is a JSON object or list").with(fields[i].name));
        }
    }
    cells.options = "'path' = " + flinkText(flinkPath(form, "path")) + ", 'format' = 'raw'";
    cells.row = line;
    cells.broken = line + " IS NOT JSON OBJECT";
    cells.what = "not a JSON object";
    cells.noRow = "TRIM(" + line + ") = ''";
    flinkWriteCells(form, cells);
}

void flinkRows(NodeForm& form) {
    if (flinkReadCopy(form)) return;
    BindContext& params = form.params();
    if (form.output().eventTime >= 0 || form.mark() || !params.text("arrival_time").empty()) {
        flinkSayAsAlways(form).verdict = Verdict::Refused;
    }
    if (params.duration("every") > 0)
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "All rows come at once."), "every");
    std::vector<std::string> rows;
    std::size_t bad = 0;
    for (const Json& row : params.json("rows")) {
        if (const auto text = gridRow(form, row)) {
            rows.push_back(*text);
        } else {
            ++bad;
        }
    }
    if (bad > 0 && (form.wired("rejected") || params.text("on_error") == "fail")) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Rows that are rejected can't be told there: %1.").with(bad), "rows")
            .fix = RW_TEXT("deploy", "Mend these rows, or take them away.");
    }
    const std::string columns = form.columnList(*form.output().schema);
    std::string query = "SELECT " + columns;
    if (rows.empty()) {
        std::vector<std::string> nulls;
        for (const Field& field : form.output().schema->fields)
            nulls.push_back(*gridCell(form, nullptr, field.type));
        query += fmt::format("\nFROM (VALUES ({})) AS t ({})\nWHERE FALSE", fmt::join(nulls, ", "), columns);
    } else {
        query += "\nFROM (VALUES\n  " + flinkList(rows) + ") AS t (" + columns + ")";
    }
    flinkView(form, form.relation(), query);
    flinkNoRejected(form);
}

void flinkMadeRows(NodeForm& form) {
    if (!flinkReadCopy(form)) flinkSayAsAlways(form);
}

}  // namespace rw
