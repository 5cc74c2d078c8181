// Aggregates: in windows, and over all rows of a key.
#include <fmt/format.h>

#include "core/deploy/spark/assigned_windows.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"
#include "core/nodes/window_params.h"

namespace rw {

namespace {

/// Calls with the names that their columns have in the output, behind `before` others.
std::vector<std::string> aggregateItems(NodeForm& form, std::size_t before) {
    std::vector<std::string> items;
    const Schema& output = *form.output().schema;
    for (const NodeForm::Aggregate& aggregate : form.aggregates(*form.input().schema)) {
        const std::size_t column = before + items.size();
        const std::string& name = column < output.size() ? output.fields[column].name : aggregate.name;
        items.push_back(aggregate.call + " AS " + form.quoted(name));
    }
    return items;
}

bool refuseUpdatingWindows(NodeForm& form) {
    bool refused = false;
    for (const char* param : {"allowed_lateness", "early"}) {
        if (form.params().text("window") == "input" || form.params().duration(param) <= 0) continue;
        sparkRefuse(form, RW_TEXT("deploy", "Windows of Spark give one result, when they close."),
                    RW_TEXT("deploy", "Set it to 0s."), param);
        refused = true;
    }
    return refused;
}

}  // namespace

void sparkWindowAggregate(NodeForm& form) {
    WindowPlan plan;
    bindWindow(form.params(), plan);
    const bool refused = sparkRefused(
        {refuseUpdatingWindows(form), sparkRefuseChanging(form), sparkRefuseLatePort(form, "late")});
    if (refused) return;
    sparkSayTimed(form, true);
    std::vector<std::string> keys = sparkKeys(form, "keys");
    const std::vector<std::string> aggregates = aggregateItems(form, kWindowColumns + keys.size());
    // Spark has no sessions without a key; one that it sees through is none to it.
    if (plan.kind == WindowKind::Session && keys.empty()) {
        const std::string time = form.quoted(sparkTimeColumn(form.input()));
        keys.push_back("pmod(unix_millis(" + time + "), 1) AS " + form.quoted("$all"));
    }
    const SparkWindows windows = sparkWindows(form, 0, plan);
    const std::string window = windows.words.empty() ? "None" : pyText(windows.words);
    sparkView(form, pyCall("window_totals", {windows.rows, window, pyTexts(keys), pyTexts(aggregates)}));
    sparkNoRejected(form);
}

void sparkGroupAggregate(NodeForm& form) {
    const StreamType& input = form.input();
    if (input.made && !input.updating) {
        sparkRefuse(
            form,
            RW_TEXT("deploy", "Spark can't add up what windows, joins and the like give, but in windows."),
            RW_TEXT("deploy", "Use a window aggregate instead."));
        return;
    }
    if (sparkRefuseStateTtl(form)) return;
    sparkSayChanging(form);
    const std::vector<std::string> keys = sparkKeys(form, "keys");
    const std::vector<std::string> aggregates = aggregateItems(form, keys.size());
    sparkView(form, pyCall("totals", {sparkRows(form), pyTexts(keys), pyTexts(aggregates)}));
    sparkNoRejected(form);
}

}  // namespace rw
