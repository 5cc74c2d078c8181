// window_join: rows of both sides with their windows beside them, joined where those are equal.
#include "core/deploy/spark/assigned_windows.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/join_sides.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"
#include "core/nodes/join_params.h"
#include "core/nodes/window_params.h"

namespace rw {

namespace {

/// A part of the window of a pair: that of the side whose rows are always there.
std::string pairWindow(JoinKind kind, const std::function<std::string(JoinPort)>& part) {
    if (kind == JoinKind::Full) return "coalesce(" + part(kLeft) + ", " + part(kRight) + ")";
    return part(kind == JoinKind::Right ? kRight : kLeft);
}

/// The columns of both sides but those of their windows, then the window's own.
std::vector<std::string> windowPairs(const NodeForm& form, const SparkJoin& join, const JoinPlan& plan,
                                     bool marked) {
    std::vector<std::string> items;
    const auto add = [&](JoinPort side, const Schema& schema) {
        for (std::size_t i = 0; i < schema.size(); ++i) {
            if (isWindowColumn(schema.fields[i].name)) continue;
            items.push_back(join.item(side, i, form.output().schema->fields[items.size()].name));
        }
    };
    add(kLeft, *plan.left.schema);
    if (!plan.leftOnly()) add(kRight, *plan.right.schema);
    const auto part = [&](const char* name) {
        return pairWindow(
            plan.kind, [&](JoinPort side) { return join.column(side, "$window") + "." + form.quoted(name); });
    };
    items.push_back(part("start") + " AS " + form.quoted("window_start"));
    items.push_back(part("end") + " AS " + form.quoted("window_end"));
    items.push_back(part("end") + " - " + sparkSpanLiteral(form, 1) + " AS " + form.quoted("window_time"));
    const std::string time = pairWindow(plan.kind, [&](JoinPort side) {
        return marked ? join.column(side, "$time") : "window_time(" + join.column(side, "$window") + ")";
    });
    items.push_back(time + " AS " + form.quoted("$time"));
    return items;
}

}  // namespace

void sparkWindowJoin(NodeForm& form) {
    JoinPlan plan;
    WindowPlan windows[2];
    const bool refused = sparkRefused({sparkRefuseChanging(form), sparkRefuseLatePort(form, "late_left"),
                                       sparkRefuseLatePort(form, "late_right")});
    if (refused || !bindJoin(form.params(), {}, plan) || !bindWindows(form.params(), windows[0], windows[1]))
        return;
    sparkSayTimed(form, true);
    const bool marked = windows[0].kind == WindowKind::Input || windows[0].kind == WindowKind::Cumulate;
    SparkJoin join(form, plan);
    for (const JoinPort side : {kLeft, kRight}) {
        SparkWindows own = sparkWindows(form, side, windows[side]);
        if (!marked) own.rows = pyCall("with_windows", {own.rows, pyText(own.time), pyText(own.words)});
        if (plan.kind == JoinKind::Anti && side == kRight)
            own.rows = pyCall(own.rows + ".selectExpr", {pyText("*"), pyText("TRUE AS `$met`")});
        join.setRows(side, std::move(own.rows), false);
    }
    std::vector<std::string> same{join.column(kLeft, "$window") + " = " + join.column(kRight, "$window")};
    if (marked) same.push_back(join.column(kLeft, "$time") + " = " + join.column(kRight, "$time"));
    const std::string alone = plan.kind == JoinKind::Anti ? join.column(kRight, "$met") + " IS NULL" : "";
    const std::string pairs = join.joined(join.condition(same), windowPairs(form, join, plan, marked), alone);
    sparkView(form, plan.kind == JoinKind::Full ? pyCall("marked", {pairs}) : pairs);
    sparkNoRejected(form);
}

}  // namespace rw
