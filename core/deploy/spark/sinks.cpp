// Sinks: files, tables of SQLite, and rows that are shown.
#include <algorithm>

#include "core/connect/sqlite/values.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/source_rows.h"
#include "core/deploy/spark/words.h"

namespace rw {

namespace {

/// Its rows are printed on the program's standard output.
void showRows(NodeForm& form) {
    form.statement(Statement::Kind::Select, form.id(), pyCall("show", {pyText(form.id()), sparkRows(form)}));
}

/// A folder of files; true when it was refused.
bool refuseFiles(NodeForm& form) {
    if (form.input().updating) {
        sparkRefuse(form, RW_TEXT("deploy", "Spark can't write changing rows into files."),
                    RW_TEXT("deploy", "Use an SQLite sink with upsert, or a table view."));
        return true;
    }
    if (form.params().text("path") == "-") {
        sparkRefuse(form, RW_TEXT("deploy", "A job of a cluster has no standard output."),
                    RW_TEXT("deploy", "Write into a file."), "path");
        return true;
    }
    form.find(Verdict::Equivalent,
              RW_TEXT("deploy", "Spark writes a folder of part files, its rows in no order."));
    return false;
}

void writeFiles(NodeForm& form, std::string_view head, std::vector<std::string> more) {
    std::vector<std::string> arguments{pyText(form.id()), sparkRows(form),
                                       "path(" + pyText(partsFolderOf(form.raw("path"))) + ")"};
    for (std::string& one : more) arguments.push_back(std::move(one));
    form.statement(Statement::Kind::Insert, form.id(), pyCall(head, arguments)).output =
        partsFolderOf(form.params().text("path"));
}

}  // namespace

bool sparkOnlyFetched(NodeForm& form) {
    if (form.options().results != Results::Selects) return false;
    showRows(form);
    return true;
}

std::vector<std::string> sparkUpsertKey(NodeForm& form) {
    std::vector<std::string> key;
    if (form.params().text("mode") != "upsert") return key;
    key = form.params().list("key");
    if (!key.empty()) return key;
    for (const int column : form.input().key)
        key.push_back(form.input().schema->fields[static_cast<std::size_t>(column)].name);
    return key;
}

void sparkChart(NodeForm& form) {
    if (sparkOnlyFetched(form)) return;
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "Spark sends the rows; they are drawn here."));
    showRows(form);
}

void sparkCsvSink(NodeForm& form) {
    if (sparkOnlyFetched(form) || refuseFiles(form)) return;
    writeFiles(form, "csv_folder", {"header=" + pyFlag(form.params().flag("header"))});
}

void sparkNdjsonSink(NodeForm& form) {
    if (sparkOnlyFetched(form) || refuseFiles(form)) return;
    writeFiles(form, "json_folder", {});
}

void sparkSqliteSink(NodeForm& form) {
    if (sparkOnlyFetched(form)) return;
    form.find(Verdict::Equivalent,
              RW_TEXT("deploy", "The program itself writes the table, each micro-batch at once."));
    const std::vector<std::string> key = sparkUpsertKey(form);
    if (!key.empty() && !form.input().updating)
        form.find(Verdict::Approximated,
                  RW_TEXT("deploy", "Of rows of one key in one micro-batch any is kept."));
    std::vector<std::string> columns;
    for (const Field& field : form.input().schema->fields) {
        if (field.type.is(TypeId::Bytes) && std::find(key.begin(), key.end(), field.name) != key.end())
            sparkRefuse(form, RW_TEXT("deploy", "The program can't find rows again by BYTES."),
                        RW_TEXT("deploy", "Take TO_BASE64(…) of them for the key."), "key");
        // A lone INTEGER key would be the row id, in which SQLite makes a number up for NULL.
        const std::string declared = sqliteDeclaration(field.type);
        const bool rowId = declared == "INTEGER" && key.size() == 1 && key.front() == field.name;
        columns.push_back(pyText(field.name) + ": " + pyText(rowId ? "BIGINT" : declared));
    }
    std::vector<std::string> arguments{pyText(form.id()),
                                       sparkRows(form),
                                       "path(" + pyText(form.raw("database")) + ")",
                                       "put_in(" + pyText(form.raw("table")) + ")",
                                       pyDict(columns),
                                       "mode=" + pyText(form.params().text("mode"))};
    if (!key.empty()) arguments.push_back("key=" + pyTexts(key));
    form.statement(Statement::Kind::Insert, form.id(), pyCall("sqlite_table", arguments));
}

}  // namespace rw
