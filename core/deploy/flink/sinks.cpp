// Sinks: folders of parts of Flink's filesystem connector, and queries whose rows are fetched.
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/outside.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

std::string sinkQuery(const NodeForm& form) {
    return "SELECT " + flinkPlainTimes(form, form.input(), 1) + " FROM " + form.quoted(form.from());
}

void writeQuery(NodeForm& form) {
    form.statement(Statement::Kind::Select, form.id(), sinkQuery(form));
}

std::string outputFolder(NodeForm& form) {
    const auto chosen = form.options().outputs.find(form.id());
    return chosen != form.options().outputs.end() ? chosen->second : partsFolderOf(flinkPath(form, "path"));
}

/// `format`: how the table's files are written.
void writeFlinkFiles(NodeForm& form, const std::string& format) {
    if (flinkWriteSelect(form)) return;
    flinkSayAsAlways(form);
    if (form.input().updating) {
        form.find(Verdict::Refused, RW_TEXT("deploy", "Flink writes no changing rows into files.")).fix =
            RW_TEXT("deploy", "Aggregate in a window, whose rows are final, or show the rows in a table.");
    }
    if (form.params().text("path") == "-") {
        form.find(Verdict::Refused, RW_TEXT("deploy", "A job of a cluster has no standard output."), "path")
            .fix = RW_TEXT("deploy", "Choose a file.");
    }
    const std::string name = form.quoted(form.id());
    const std::string folder = outputFolder(form);
    form.statement(Statement::Kind::Table, form.id(),
                   "CREATE TEMPORARY TABLE " + name + " (\n  " +
                       flinkList(flinkColumns(form, *form.input().schema)) +
                       "\n) WITH ('connector' = 'filesystem', 'path' = " + flinkText(folder) +
                       ", 'format' = '" + format + "')")
        .output = folder;
    form.statement(Statement::Kind::Insert, form.id(), "INSERT INTO " + name + " " + sinkQuery(form));
}

}  // namespace

bool flinkWriteSelect(NodeForm& form) {
    if (form.options().results != Results::Selects) return false;
    writeQuery(form);
    return true;
}

std::string flinkOneTime(const NodeForm& form) {
    const std::string from = form.quoted(form.from());
    const std::string columns = flinkPlainTimes(form, form.input(), 1);
    if (columns == form.columnList(*form.input().schema)) return from;
    return "(SELECT " + columns + " FROM " + from + ")";
}

void flinkCsvSink(NodeForm& form) {
    writeFlinkFiles(form, "csv");
}

void flinkNdjsonSink(NodeForm& form) {
    writeFlinkFiles(form, "json");
}

void flinkSqliteSink(NodeForm& form) {
    if (flinkWriteSelect(form)) return;
    Remark& remark = flinkSayAsAlways(form);
    if (form.input().updating) return;  // a file takes no changing rows there either
    QuickFix& fix = remark.quickFixes.emplace_back();
    fix.kind = QuickFix::Kind::ReplaceNode;
    fix.label = RW_TEXT("deploy", "Write to a CSV file instead");
    fix.node = form.id();
    fix.param = "csv_sink";
    fix.value = Json{{"path", form.id() + ".csv"}};
}

void flinkChart(NodeForm& form) {
    if (flinkWriteSelect(form)) return;
    flinkSayAsAlways(form);
    if (form.options().results == Results::SinksAndCharts) writeQuery(form);
}

}  // namespace rw
