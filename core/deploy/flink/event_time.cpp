// event_time: there event time is marked where a table is read, and nowhere else.
#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/source_rows.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

/// Columns of the source, its event time from where the watermark is.
std::vector<std::string> markedColumns(const NodeForm& form) {
    const auto& fields = form.output().schema->fields;
    std::vector<std::string> out = flinkColumnNames(form, *form.output().schema);
    const auto marked = static_cast<std::size_t>(form.mark()->column);
    out[marked] = flinkNamed(form, flinkTimeOf(form, fields[marked]), fields[marked].name);
    return out;
}

}  // namespace

void flinkEventTime(NodeForm& form) {
    if (!form.mark()) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Flink marks event time where rows are read, and nowhere behind."))
            .fix =
            RW_TEXT("deploy",
                    "Mark the event time in the source, or put this node right behind a source that has "
                    "none, with no other of its kind.");
        return;
    }
    const auto& fields = form.output().schema->fields;
    const std::string name = form.quoted(fields[static_cast<std::size_t>(form.mark()->column)].name);
    const std::string read = form.inputs().front().node + "$marked";
    if (form.mark()->onColumn) {
        flinkView(form, form.relation(),
                  "SELECT " + flinkLine(flinkColumnNames(form, *form.output().schema)) + "\nFROM " +
                      form.quoted(read));
        flinkNoRejected(form);
        return;
    }
    const std::string missing =
        "CASE WHEN " + name + " IS NULL THEN " + flinkText("the event time is NULL") + " END";
    flinkView(form, form.relation(),
              "SELECT " + flinkLine(markedColumns(form)) + "\nFROM " + form.quoted(read) + "\nWHERE " +
                  flinkGood(form, missing));
    if (!form.wired("rejected")) return;
    form.find(Verdict::Approximated,
              RW_TEXT("deploy",
                      "Rejected rows have no position there, and their text is put together from "
                      "their cells."));
    flinkRejected(form, flinkText("the event time is NULL"), read, name + " IS NULL");
}

}  // namespace rw
