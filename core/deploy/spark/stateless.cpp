// Nodes without state: each row by itself.
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"

namespace rw {

namespace {

/// Rows for which a condition holds. Spark moves a filter that does not look at the event time below the
/// watermark, which the rows that it drops then no longer raise.
std::string whereTrue(const NodeForm& form, const std::string& condition) {
    const StreamType& input = form.input();
    if (!sparkTimed(input)) return pyCall(sparkRows(form) + ".where", {pySql(condition)});
    const std::string time = form.quoted(sparkTimeColumn(input));
    return pyCall(sparkRows(form) + ".where", {pySql("IF(" + time + " IS NULL, NULL, " + condition + ")")});
}

/// Element `number` of a select list, which is column `column` of the result.
std::string selectItem(NodeForm& form, int number, int& column, bool& all) {
    const StreamType& input = form.input();
    const NodeForm::Item item = form.item("columns", number, {input.schema});
    if (item.text.empty()) {
        const bool marksStay =
            input.made || !sparkTimed(input) || form.output().eventTime == column + input.eventTime;
        column += static_cast<int>(input.schema->size());
        all = true;
        if (marksStay) return pyText("*");
        std::string items;
        for (std::size_t i = 0; i < input.schema->size(); ++i)
            items += (i > 0 ? ", " : "") + pyText(sparkPlainItem(form, input, i));
        return items;
    }
    const std::string name = form.quoted(item.name);
    const bool marked = item.column >= 0 && sparkMarked(input, static_cast<std::size_t>(item.column));
    const std::string value =
        marked && column != form.output().eventTime ? sparkPlainTime(item.text) : item.text;
    ++column;
    return pySql(value == name ? name : value + " AS " + name);
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
    sparkView(form, whereTrue(form, form.condition("condition", {form.input().schema})));
    sparkNoRejected(form);
}

void sparkSelect(NodeForm& form) {
    std::vector<std::string> items;
    int column = 0;
    bool all = false;
    const int count = static_cast<int>(form.params().list("columns").size());
    for (int i = 0; i < count; ++i) items.push_back(selectItem(form, i, column, all));
    const StreamType& output = form.output();
    if (output.made && sparkTimed(output) && !all)
        items.push_back(pyText(form.quoted(sparkTimeColumn(output))));
    sparkView(form, pyCall(sparkRows(form) + ".selectExpr", items));
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
    const std::vector<std::string> branches = form.params().list("branches");
    std::string others;  // none of the conditions so far held
    for (std::size_t i = 0; i <= branches.size(); ++i) {
        std::string where = others;
        if (i < branches.size()) {
            const std::string_view condition =
                std::string_view(branches[i]).substr(branches[i].find(':') + 1);
            const std::string held =
                "(" + form.expression("branches", static_cast<int>(i), condition, {form.input().schema}) +
                ")";
            where += (where.empty() ? "" : " AND ") + held;
            others += (others.empty() ? "" : " AND ") + held + " IS NOT TRUE";
        }
        const std::string& port = form.kind().outputs[i].name;
        sparkView(form, whereTrue(form, where), port, "port " + port);
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
