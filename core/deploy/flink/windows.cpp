// window_aggregate: a window table function, the guard, and GROUP BY.
#include <fmt/format.h>

#include "core/deploy/flink/aggregates.h"
#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/window_rows.h"
#include "core/nodes/window_params.h"
#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

/// A result is final in Flink when its window closes.
void refuseCorrections(NodeForm& form, const char* param, Text what) {
    if (form.params().duration(param) == 0) return;
    Remark& finding = form.find(Verdict::Refused, std::move(what), param);
    finding.fix = RW_TEXT("deploy", "Set it to 0s: each window then gives one final result.");
    finding.quickFixes.push_back(replaceParam(form.params(), param, -1, "0s"));
    finding.quickFixes.back().label = RW_TEXT("deploy", "Set it to %1").with("0s");
}

void findWindowLimits(NodeForm& form, const WindowPlan& plan) {
    if (plan.input.updating) {
        form.find(Verdict::Refused, RW_TEXT("deploy", "Flink's windows take no rows that change.")).fix =
            RW_TEXT("deploy",
                    "Take allowed lateness and early results away from the window before this one.");
    }
    if (plan.kind != WindowKind::Input) {
        refuseCorrections(form, "allowed_lateness",
                          RW_TEXT("deploy", "Flink's windows do not correct results by late rows."));
        refuseCorrections(form, "early", RW_TEXT("deploy", "Flink's windows give no early results."));
    }
    if (plan.kind != WindowKind::Session) return;
    if (form.wired("late")) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Flink does not tell which rows came too late for their session."))
            .fix = RW_TEXT("deploy", "Take the wire at “late” away, or choose another window.");
    }
    if (!plan.input.made) flinkWhen(form, RW_TEXT("deploy", "no row is late"));
}

}  // namespace

void flinkWindowAggregate(NodeForm& form) {
    WindowPlan plan;
    bindWindow(form.params(), plan);
    findWindowLimits(form, plan);
    flinkFindOrderedAggregates(form);
    const FlinkWindowRows rows = flinkWindowRows(form, plan, 0, "in");

    const Schema& output = *form.output().schema;
    std::vector<std::string> groups{rows.start, rows.end, rows.time};
    for (const std::string& name : form.params().list("keys")) {
        const int key = plan.input.schema->find(name).value_or(-1);
        if (key < 0) continue;
        const std::string column = rows.column(key);
        groups.push_back(key == plan.input.eventTime ? flinkInstant(column) : column);
    }
    std::vector<std::string> results = groups;
    for (NodeForm::Aggregate& aggregate : form.aggregates(*plan.input.schema, rows.column))
        results.push_back(std::move(aggregate.call));
    flinkNameAll(form, results, output);

    const std::string where = rows.onTime.empty() ? "" : "\nWHERE " + rows.onTime;
    flinkView(form, form.relation(),
              fmt::format("SELECT {}\nFROM {}{}\nGROUP BY {}", flinkLine(results), rows.from, where,
                          flinkLine(groups)),
              where.empty() ? "" : "port out: rows on time by their own source");
    if (plan.kind != WindowKind::Session) flinkLatePort(form, 0, "late", rows.late);
    flinkNoRejected(form);
}

}  // namespace rw
