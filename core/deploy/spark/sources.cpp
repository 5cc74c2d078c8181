// Sources: rows of files, and of copies.
#include "core/connect/csv/format.h"
#include "core/deploy/csv_values.h"
#include "core/deploy/engine_writer.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/json_place.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/source_rows.h"
#include "core/deploy/spark/words.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/csv_params.h"
#include "core/pipeline/json/json_layout.h"

namespace rw {

namespace {

std::string typedColumns(const NodeForm& form, const Schema& columns) {
    std::vector<std::string> entries;
    for (const Field& field : columns.fields)
        entries.push_back(pyText(field.name) + ": " + pyText(form.dialect().words().type(field.type)));
    return pyDict(entries);
}

std::string columnNames(const Schema& columns) {
    std::vector<std::string> names;
    for (const Field& field : columns.fields) names.push_back(field.name);
    return pyTexts(names);
}

/// A line that gives the rows their watermark, where they have event time.
std::string watermarkLine(NodeForm& form, const std::string& name) {
    if (!sparkTimed(form.output())) return {};
    return "\n" + name + " = " +
           pyCall("with_watermark", {name, pyText(sparkTimeColumn(form.output())),
                                     pyText(sparkSpan(form.params().duration("watermark_delay")))});
}

/// The rows with their time of arrival and watermark, as the statement's last lines.
std::string timedRows(NodeForm& form, const std::string& name) {
    std::string lines;
    if (const std::string arrival = form.params().text("arrival_time"); !arrival.empty()) {
        const std::string now = "date_trunc('MILLISECOND', current_timestamp()) AS " + form.quoted(arrival);
        lines += "\n" + name + " = " + pyCall(name + ".selectExpr", {pyText("*"), pyText(now)});
    }
    return lines + watermarkLine(form, name);
}

bool refuseFollow(NodeForm& form) {
    if (!form.params().flag("follow")) return false;
    sparkRefuse(form, RW_TEXT("deploy", "Spark does not see how a file grows, only new files."),
                RW_TEXT("deploy", "Take “follow” away, and let new files come into a folder."), "follow");
    return true;
}

/// A file that Spark would pass over, or whose name it would take for a pattern. Where variables are in it
/// the program looks.
bool refuseName(NodeForm& form) {
    std::string path = form.raw("path");
    if (path.find("${") != std::string::npos) return false;
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    const std::size_t slash = path.rfind('/');
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    const bool hidden = name.starts_with('_') || name.starts_with('.');
    if (!hidden && path.find_first_of("{}\\") == std::string::npos && name.find(',') == std::string::npos)
        return false;
    sparkRefuse(
        form,
        RW_TEXT("deploy",
                "Spark reads no file whose name begins with _ or a dot, or has one of , { } \\ in it."),
        RW_TEXT("deploy", "Rename the file."), "path");
    return true;
}

/// Decimal commas and numbers as times: a cast there knows neither.
bool refuseValues(NodeForm& form, const CsvFormat& format) {
    const Schema columns = sparkReadColumns(form);
    if (const std::optional<Text> mend = commaMend(format, columns)) {
        sparkRefuse(form, RW_TEXT("deploy", "Spark reads numbers with a decimal point only."), *mend,
                    "decimal");
        return true;
    }
    const std::optional<Text> mend = epochMend(format, columns);
    if (!mend) return false;
    sparkRefuse(form, RW_TEXT("deploy", "Spark reads times as text, not as numbers."), *mend, "epoch");
    return true;
}

std::string pathOf(const NodeForm& form) {
    return "path(" + pyText(form.raw("path")) + ")";
}

/// A cell of the grid as a text; null: NULL.
std::string givenCell(const Json& cell) {
    if (cell.is_null()) return "None";
    return pyText(cell.is_string() ? cell.get<std::string>() : onOneLine(cell));
}

}  // namespace

Schema sparkReadColumns(NodeForm& form) {
    Schema columns = *form.output().schema;
    if (!form.params().text("arrival_time").empty()) columns.fields.pop_back();
    return columns;
}

bool sparkAddStaged(NodeForm& form) {
    if (form.options().sources != Sources::Staged) return false;
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "Rows come in micro-batches, in no order."));
    const std::string name = pyName(form.relation());
    const std::string text =
        name + " = " +
        pyCall("staged_rows", {pyText(stagedFileOf(form.id())), typedColumns(form, *form.output().schema)});
    form.statement(Statement::Kind::Table, form.relation(), text + watermarkLine(form, name));
    if (form.wired("rejected")) {
        form.find(Verdict::Approximated,
                  RW_TEXT("deploy", "The copy of the rows holds none that were rejected."));
        sparkView(form, pyCall("nothing_rejected", {name}), "rejected", "port rejected");
    }
    return true;
}

void sparkAddTyped(NodeForm& form, const std::string& cells) {
    const Schema columns = sparkReadColumns(form);
    const std::string rows = pyName(form.relation()), rejected = pyName(form.relation("rejected"));
    std::vector<std::string> arguments{pyText(form.id()), cells, typedColumns(form, columns)};
    const int time = form.output().eventTime;
    if (time >= 0 && time < static_cast<int>(columns.size()))
        arguments.push_back("event_time=" + pyText(columns.fields[static_cast<std::size_t>(time)].name));
    if (const std::string onError = form.params().text("on_error"); onError != "reject")
        arguments.push_back("on_error=" + pyText(onError));
    form.statement(Statement::Kind::Table, form.relation(),
                   rows + ", " + rejected + " = " + pyCall("source_rows", arguments) + timedRows(form, rows));
    if (form.wired("rejected"))
        form.find(Verdict::Approximated,
                  RW_TEXT("deploy", "Rejected rows have other words in “error” and “row”, and no position."));
}

void sparkSayRows(NodeForm& form) {
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "Rows come in micro-batches, in no order."));
    for (const char* pace : {"rate", "replay_speed"}) {
        if (form.params().number(pace) > 0)
            form.find(Verdict::Equivalent, RW_TEXT("deploy", "Spark reads as fast as it can."), pace);
    }
    if (!form.params().text("arrival_time").empty())
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "The time of arrival is that of the micro-batch."),
                  "arrival_time");
    if (form.params().has("idle_timeout"))
        form.find(Verdict::Equivalent,
                  RW_TEXT("deploy", "Spark waits for every source, also for an idle one."), "idle_timeout");
}

void sparkCsvSource(NodeForm& form) {
    if (sparkAddStaged(form) || refuseFollow(form) || refuseName(form)) return;
    const CsvFormat format = bindCsvFormat(form.params());
    if (refuseValues(form, format)) return;
    sparkSayRows(form);
    form.when(RW_TEXT("deploy", "every cell is spelt as values are written here"), Verdict::Equivalent);
    if (format.header)
        form.when(RW_TEXT("deploy", "all files begin with the same header"), Verdict::Equivalent);
    const Schema columns = sparkReadColumns(form);
    if (columns.size() == 1) form.when(RW_TEXT("deploy", "no line is blank"), Verdict::Equivalent);
    if (format.quote != 0)
        form.when(RW_TEXT("deploy", "no cell has text behind its closing quote"), Verdict::Equivalent);
    std::vector<std::string> arguments{pathOf(form), columnNames(columns)};
    if (!format.header) arguments.push_back("header=False");
    if (format.delimiter != ',')
        arguments.push_back(
            "delimiter=" + (format.delimiter == '\t' ? "\"\\t\"" : pyText(std::string(1, format.delimiter))));
    if (format.quote != '"')
        arguments.push_back("quote=" + pyText(format.quote == 0 ? "" : std::string(1, format.quote)));
    sparkAddTyped(form, pyCall("csv_cells", arguments));
}

void sparkNdjsonSource(NodeForm& form) {
    if (sparkAddStaged(form) || refuseFollow(form) || refuseName(form)) return;
    const std::optional<JsonColumns> columns = bindJsonColumns(form.params());
    if (!columns || sparkRefusePlaces(form, columns->paths)) return;
    sparkSayRows(form);
    form.when(RW_TEXT("deploy", "every value is of the type of its column"), Verdict::Equivalent);
    form.when(RW_TEXT("deploy", "no object has a name twice"), Verdict::Equivalent);
    std::vector<std::string> places;
    for (std::size_t i = 0; i < columns->paths.size(); ++i) {
        places.push_back(pyText(columns->schema.fields[i].name) + ": " +
                         pyText(sparkJsonPlace(columns->paths[i])));
    }
    sparkAddTyped(form, pyCall("json_cells", {pathOf(form), pyDict(places)}));
}

void sparkGivenRows(NodeForm& form) {
    if (sparkAddStaged(form)) return;
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "Rows come in micro-batches, in no order."));
    if (form.params().duration("every") > 0)
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "Spark reads as fast as it can."), "every");
    const Schema columns = sparkReadColumns(form);
    std::vector<std::string> rows;
    for (const Json& row : form.params().json("rows")) {
        std::vector<std::string> cells;
        for (const Json& cell : row) cells.push_back(givenCell(cell));
        if (cells.size() != columns.size()) {
            sparkRefuse(form, RW_TEXT("deploy", "A row has more or fewer values than there are columns."),
                        RW_TEXT("deploy", "Give each column a value, or NULL."), "rows");
            return;
        }
        rows.push_back(pyList(cells));
    }
    sparkAddTyped(form, pyCall("given_rows", {pyText(form.id()), columnNames(columns), pyList(rows)}));
}

void sparkMadeRows(NodeForm& form) {
    if (sparkAddStaged(form)) return;
    const NodeFormEntry& entry = sparkWriter().form(form.kind());
    sparkRefuse(form, entry.what, entry.fix);
}

}  // namespace rw
