// Nodes without state: each is a SELECT over its input.
#include "core/deploy/branches.h"
#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

/// “SELECT `a`, `b`\nFROM `in`”: rows as they come.
std::string allOf(const NodeForm& form) {
    return "SELECT " + form.columnList(*form.input().schema) + "\nFROM " + form.quoted(form.from());
}

}  // namespace

void flinkNoRejected(NodeForm& form) {
    if (!form.wired("rejected")) return;
    flinkView(
        form, form.relation("rejected"),
        "SELECT CAST(NULL AS STRING) AS `node`, CAST(NULL AS STRING) AS `error`, CAST(NULL AS STRING) AS "
        "`row`, CAST(NULL AS BIGINT) AS `position`\nFROM (VALUES (0)) AS t (`x`)\nWHERE FALSE",
        "port rejected, which has no rows");
}

void flinkFilter(NodeForm& form) {
    const std::string condition = form.condition("condition", {form.input().schema});
    flinkView(form, form.relation(), allOf(form) + "\nWHERE " + condition);
    flinkNoRejected(form);
}

void flinkSelect(NodeForm& form) {
    const std::size_t count = form.params().list("columns").size();
    const StreamType& input = form.input();
    std::vector<std::string> columns;
    // A second column with the event time is a plain one: there would be two of them there.
    const auto add = [&](const std::string& text, std::string_view name, int column) {
        const bool second = column >= 0 && column == input.eventTime &&
                            static_cast<int>(columns.size()) != form.output().eventTime;
        columns.push_back(flinkNamed(form, second ? flinkInstant(text) : text, name));
    };
    for (std::size_t i = 0; i < count; ++i) {
        const NodeForm::Item item = form.item("columns", static_cast<int>(i), {input.schema});
        if (item.text.empty()) {
            for (int column = 0; column < static_cast<int>(input.schema->size()); ++column) {
                const std::string& name = input.schema->fields[static_cast<std::size_t>(column)].name;
                add(form.quoted(name), name, column);
            }
        } else {
            // A text alone is CHAR(n) there, which is not STRING everywhere.
            add(item.isText ? "CAST(" + item.text + " AS STRING)" : item.text, item.name, item.column);
        }
    }
    flinkView(form, form.relation(),
              "SELECT\n  " + flinkList(columns) + "\nFROM " + form.quoted(form.from()));
    flinkNoRejected(form);
}

void flinkUnion(NodeForm& form) {
    const std::string columns = flinkPlainTimes(form, form.output(), form.output().eventTime >= 0 ? 1 : 0);
    std::string select;
    for (std::size_t wire = 0; wire < form.inputs().size(); ++wire) {
        if (wire > 0) select += "\nUNION ALL\n";
        select += "SELECT " + columns + " FROM " + form.quoted(form.from(0, wire));
    }
    flinkView(form, form.relation(), select);
}

void flinkRoute(NodeForm& form) {
    const std::vector<std::string> conditions = branchConditions(form);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const std::string& port = form.kind().outputs[i].name;
        flinkView(form, form.relation(port), allOf(form) + "\nWHERE " + conditions[i], "port " + port);
    }
    flinkNoRejected(form);
}

void flinkSubflowPort(NodeForm& form) {
    if (!isInside(form.id())) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Alone it has no rows: they come where another pipeline holds this one."))
            .fix = RW_TEXT("deploy", "Deploy the pipeline that holds this one.");
        return;
    }
    flinkView(form, form.relation(), allOf(form));
}

void flinkLimit(NodeForm& form) {
    flinkSayAsAlways(form);
    form.when(RW_TEXT("deploy", "the rows come in the order of one file"), Verdict::Equivalent);
    flinkView(form, form.relation(), allOf(form) + "\nLIMIT " + form.raw("count"));
}

}  // namespace rw
