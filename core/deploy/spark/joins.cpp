// Joins without windows: of all rows, of rows near in time, and with a table.
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/join_sides.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/join_params.h"

namespace rw {

namespace {

/// That the right row lies within the bounds. Spark sees by the columns with the mark how long a row must be
/// kept; those of windows are less than a millisecond off the event time.
std::vector<std::string> boundsOf(NodeForm& form, const SparkJoin& join, const JoinPlan& plan) {
    const Millis lower = form.params().duration("lower"), upper = form.params().duration("upper");
    const auto between = [&](const std::string& left, const std::string& right, Millis slack) {
        return std::vector<std::string>{
            right + " >= " + left + " + " + sparkSpanLiteral(form, lower - slack),
            right + " <= " + left + " + " + sparkSpanLiteral(form, upper + slack)};
    };
    if (!plan.left.made && !plan.right.made)
        return between(join.markedTime(kLeft), join.markedTime(kRight), 0);
    std::vector<std::string> all = between(join.markedTime(kLeft), join.markedTime(kRight), 1);
    for (std::string& exact : between(join.eventTime(kLeft), join.eventTime(kRight), 0))
        all.push_back(std::move(exact));
    return all;
}

/// The columns of the table as the library reads them: names and types.
std::string tableColumns(const NodeForm& form, const Schema& columns) {
    std::vector<std::string> entries;
    for (const Field& field : columns.fields)
        entries.push_back(pyText(field.name) + ": " + pyText(form.dialect().words().type(field.type)));
    return pyDict(entries);
}

}  // namespace

void sparkJoin(NodeForm& form) {
    JoinPlan plan;
    if (sparkRefuseChanging(form) || !bindChangingJoin(form.params(), plan)) return;
    if (plan.kind != JoinKind::Inner) {
        sparkRefuse(form, RW_TEXT("deploy", "Spark never knows that a row meets no other for ever."),
                    RW_TEXT("deploy", "Make it an inner join, an interval join or a window join."), "kind");
        return;
    }
    if (sparkRefuseStateTtl(form)) return;
    SparkJoin join(form, plan);
    // With a column that has the mark Spark drops rows below the watermark, which this join knows nothing of.
    for (const JoinPort side : {kLeft, kRight}) {
        const StreamType& input = form.input(side);
        if (!sparkTimed(input)) continue;
        const std::vector<std::string> plain = sparkPlainItems(form, input, false);
        join.setRows(side, pyCall(sparkRows(form, side) + ".selectExpr", plain), false);
    }
    sparkView(form, join.joined(join.condition({}), join.pairs()));
    sparkNoRejected(form);
}

void sparkIntervalJoin(NodeForm& form) {
    JoinPlan plan;
    const bool refused = sparkRefused({sparkRefuseChanging(form), sparkRefuseLatePort(form, "late_left"),
                                       sparkRefuseLatePort(form, "late_right")});
    if (refused || !bindJoin(form.params(), {}, plan)) return;
    sparkSayTimed(form, false);
    const SparkJoin join(form, plan);
    std::vector<std::string> items = join.pairs();
    if (sparkTimed(form.output())) {
        const JoinPort side = plan.kind == JoinKind::Right ? kRight : kLeft;
        items.push_back(join.markedTime(side) + " AS " + form.quoted(sparkTimeColumn(form.output())));
    }
    sparkView(form, join.joined(join.condition(boundsOf(form, join, plan)), items));
    sparkNoRejected(form);
}

void sparkLookupJoin(NodeForm& form) {
    if (form.raw("from") == "server") {
        form.find(Verdict::Refused, RW_TEXT("deploy", "A table on a database server is not read there."),
                  "from");
        return;
    }
    JoinPlan plan;
    const std::optional<Schema> columns = bindColumns(form.params());
    if (sparkRefuseChanging(form) || !columns ||
        !bindJoin(form.params(), {}, std::make_shared<const Schema>(*columns), plan))
        return;
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "The table is read once, when the program starts."))
        .condition = RW_TEXT("deploy", "the table stays as it is");
    SparkJoin join(form, plan);
    join.setRows(kLeft, sparkRows(form), false);  // its rows stay unchanged, with their mark
    join.setRows(
        kRight,
        pyCall("lookup_table", {"path(" + pyText(form.raw("database")) + ")",
                                "put_in(" + pyText(form.raw("table")) + ")", tableColumns(form, *columns)}),
        false);
    std::vector<std::string> items = join.pairs();
    if (form.input().made && sparkTimed(form.input())) items.push_back(join.markedTime(kLeft));
    sparkView(form, join.joined(join.condition({}), items));
    sparkNoRejected(form);
}

}  // namespace rw
