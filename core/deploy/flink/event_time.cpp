// event_time: there event time is marked where a table is read, and nowhere else.
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/source_rows.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

/// Columns of the source, its event time from where the watermark is.
std::string markedColumns(const NodeForm& form) {
    const auto& fields = form.output().schema->fields;
    std::string out;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string name = form.quoted(fields[i].name);
        const bool marked = static_cast<int>(i) == form.mark()->column;
        out += (out.empty() ? "" : ", ") + (marked ? flinkTimeOf(form, fields[i]) + " AS " + name : name);
    }
    return out;
}

}  // namespace

void flinkEventTime(NodeForm& form) {
    if (!form.mark()) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Flink marks event time where rows are read, and nowhere behind."))
            .fix = RW_TEXT("deploy",
                           "Mark the event time in the source, or put this node right behind a source that has "
                           "none, with no other of its kind.");
        return;
    }
    const auto& fields = form.output().schema->fields;
    const std::string name = form.quoted(fields[static_cast<std::size_t>(form.mark()->column)].name);
    const std::string read = form.quoted(form.inputs().front().node + "$read");
    const std::string readable = form.quoted(kFlinkError) + " IS NULL";
    const std::string missing =
        "CASE WHEN " + name + " IS NULL THEN " + flinkText("the event time is NULL") + " END";
    const std::string create = "CREATE TEMPORARY VIEW ";
    form.statement(Statement::Kind::View, form.relation(),
                   create + form.quoted(form.relation()) + " AS\nSELECT " + markedColumns(form) + "\nFROM " +
                       read + "\nWHERE " + readable + " AND " + flinkGood(form, missing));
    if (!form.wired("rejected")) return;
    form.find(Verdict::Approximated,
              RW_TEXT("deploy", "Rejected rows have no position there, and their text is put together from "
                                "their cells."));
    form.statement(Statement::Kind::View, form.relation("rejected"),
                   create + form.quoted(form.relation("rejected")) + " AS\nSELECT " + flinkText(form.id()) +
                       " AS `node`, 'the event time is NULL' AS `error`, " + form.quoted(kFlinkRow) +
                       " AS `row`, CAST(NULL AS BIGINT) AS `position`\nFROM " + read + "\nWHERE " + readable +
                       " AND " + name + " IS NULL",
                   "port rejected");
}

}  // namespace rw
