// Nodes without state: each row by itself.
#include "core/deploy/branches.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"

namespace rw {

namespace {

/// The elements of a select list while they are written.
struct SelectList {
    std::vector<std::string> items{};
    int column = 0;    ///< of the result, which comes next
    bool all = false;  ///< there is a `*`
};

/// `*`, or its columns without the mark where another column has it.
void addAll(const NodeForm& form, SelectList& list) {
    const StreamType& input = form.input();
    const bool marked = sparkTimed(input) && !input.made;
    if (marked && form.output().eventTime != list.column + input.eventTime) {
        for (std::string& item : sparkPlainItems(form, input, false)) list.items.push_back(std::move(item));
    } else {
        list.items.push_back(pyText("*"));
    }
    list.column += static_cast<int>(input.schema->size());
    list.all = true;
}

void addItem(NodeForm& form, int number, SelectList& list) {
    const NodeForm::Item item = form.item("columns", number, {form.input().schema});
    if (item.text.empty()) return addAll(form, list);
    const std::string name = form.quoted(item.name);
    const bool marked = item.column >= 0 && sparkMarked(form.input(), static_cast<std::size_t>(item.column));
    const std::string value =
        marked && list.column != form.output().eventTime ? sparkPlainTime(item.text) : item.text;
    list.items.push_back(pySql(value == name ? name : value + " AS " + name));
    ++list.column;
}

/// A wire's rows as the union has them: with the mark where its output has it.
std::string unitedRows(const NodeForm& form, std::size_t wire) {
    const StreamType& input = form.inputs()[wire].type;
    const StreamType& output = form.output();
    const std::string rows = sparkRows(form, 0, wire);
    if (!sparkTimed(input) || (sparkTimed(output) && input.made == output.made)) return rows;
    return pyCall(rows + ".selectExpr", sparkPlainItems(form, input, sparkTimed(output)));
}

}  // namespace

void sparkFilter(NodeForm& form) {
    sparkView(form, sparkWhere(form, sparkRows(form), form.condition("condition", {form.input().schema})));
    sparkNoRejected(form);
}

void sparkSelect(NodeForm& form) {
    SelectList list;
    const int count = static_cast<int>(form.params().list("columns").size());
    for (int i = 0; i < count; ++i) addItem(form, i, list);
    const StreamType& output = form.output();
    if (output.made && sparkTimed(output) && !list.all)
        list.items.push_back(pyText(form.quoted(sparkTimeColumn(output))));
    sparkView(form, pyCall(sparkRows(form) + ".selectExpr", list.items));
    sparkNoRejected(form);
}

void sparkUnion(NodeForm& form) {
    if (form.inputs().size() > 1 && sparkRefuseChanging(form)) return;
    std::string united = unitedRows(form, 0);
    for (std::size_t wire = 1; wire < form.inputs().size(); ++wire)
        united += ".unionByName(" + unitedRows(form, wire) + ")";
    sparkView(form, united);
}

void sparkRoute(NodeForm& form) {
    const std::vector<std::string> conditions = branchConditions(form);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const std::string& port = form.kind().outputs[i].name;
        sparkView(form, sparkWhere(form, sparkRows(form), conditions[i]), port, "port " + port);
    }
    sparkNoRejected(form);
}

void sparkSubflowPort(NodeForm& form) {
    if (!isInside(form.id())) {
        sparkRefuse(
            form, RW_TEXT("deploy", "Alone it has no rows: they come where another pipeline holds this one."),
            RW_TEXT("deploy", "Deploy the pipeline that holds this one."));
        return;
    }
    sparkView(form, sparkRows(form));
}

void sparkEventTime(NodeForm& form) {
    if (sparkTimed(form.input())) {
        sparkRefuse(form, RW_TEXT("deploy", "Spark takes the event time of rows once."),
                    RW_TEXT("deploy", "Mark it here or at the source, not at both."), "column");
        return;
    }
    if (form.params().has("idle_timeout"))
        form.find(Verdict::Equivalent,
                  RW_TEXT("deploy", "Spark waits for every source, also for an idle one."), "idle_timeout");
    const std::string name = form.params().text("column"), time = form.quoted(name);
    const bool fails = form.params().text("on_error") == "fail";
    const std::string there =
        fails ? "IF(" + time + " IS NULL, CAST(raise_error('The event time is NULL.') AS BOOLEAN), TRUE)"
              : time + " IS NOT NULL";
    const std::string rows = pyCall(sparkRows(form) + ".where", {pyText(there)});
    sparkView(form, pyCall("with_watermark", {rows, pyText(name),
                                              pyText(sparkSpan(form.params().duration("watermark_delay")))}));
    if (!form.wired("rejected")) return;
    form.find(Verdict::Approximated,
              RW_TEXT("deploy", "Rejected rows have other words in “error” and “row”, and no position."));
    sparkView(form,
              pyCall(pyCall(sparkRows(form) + ".where", {pyText(time + " IS NULL")}) + ".selectExpr",
                     {pyText("'" + form.id() + "' AS `node`"), pyText("'The event time is NULL.' AS `error`"),
                      pyText("to_json(struct(*)) AS `row`"), pyText("CAST(NULL AS BIGINT) AS `position`")}),
              "rejected", "port rejected");
}

}  // namespace rw
