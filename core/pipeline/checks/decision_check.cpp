#include "core/pipeline/checks/decision_check.h"

#include "core/base/readable.h"
#include "core/pipeline/checks/settings_check.h"

namespace rw {

namespace {

/// What the form calls a value of a parameter of choices.
Text labelOf(const ParamSpec& spec, const std::string& value) {
    for (const Choice& choice : spec.choices) {
        if (choice.value == value) return choice.label;
    }
    return RW_TEXT("params", "%1").with(value);
}

/// A run may be told another time between checkpoints.
void warnOfLateCheckpoints(const Node& node, const BoundNode& bound, const Settings& settings,
                           std::vector<Issue>& issues) {
    const Millis every = checkpointEveryOf(settings), longest = bound.commitsWithin.longest;
    if (longest == 0 || every < longest) return;
    Issue& issue = issues.emplace_back();
    issue.severity = Severity::Warning;
    issue.node = node.id;
    issue.param = bound.commitsWithin.param;
    issue.message =
        RW_TEXT("checkpoint",
                "Checkpoints are taken every %1, and rows that wait for one are given up after %2: "
                "none would ever be committed.")
            .with(durationText(every), durationText(longest));
    issue.fix = RW_TEXT(
        "checkpoint", "Make this time longer than that between checkpoints, or take checkpoints more often.");
}

/// Sinks that decide together write in one transaction, which has one time.
void checkLongest(const Node& first, const BoundNode& itsBound, const Node& node, const BoundNode& bound,
                  std::vector<Issue>& issues) {
    const Millis longest = itsBound.commitsWithin.longest;
    if (bound.commitsWithin.longest == longest) return;
    Issue& issue = issues.emplace_back();
    issue.node = node.id;
    issue.param = bound.commitsWithin.param;
    issue.message =
        RW_TEXT("checkpoint",
                "“%1” and this sink write over “%2” in one transaction, which ends after %3 there "
                "and %4 here.")
            .with(first.shownTitle(), bound.decidesWith, durationText(longest),
                  durationText(bound.commitsWithin.longest));
    issue.fix = RW_TEXT("checkpoint", "Set the same time in both.");
    QuickFix& fix = issue.quickFixes.emplace_back();
    fix.label = RW_TEXT("checkpoint", "Set %1, as there").with(durationText(longest));
    fix.node = node.id;
    fix.param = bound.commitsWithin.param;
    fix.value = formatDuration(longest);
}

}  // namespace

void checkDecisions(const Graph& graph, const std::vector<TypedNode>& typed, const Settings& settings,
                    std::vector<Issue>& issues) {
    const Node* decider = nullptr;
    const BoundNode* its = nullptr;
    std::string with;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (!graph.nodes[i].runs || !typed[i].bound || typed[i].bound->decidesWith.empty()) continue;
        const Node& node = *graph.nodes[i].node;
        const BoundNode& bound = *typed[i].bound;
        if (decider == nullptr) {
            decider = &node;
            its = &bound;
            with = bound.decidesWith;
        }
        warnOfLateCheckpoints(node, bound, settings, issues);
        if (bound.decidesWith == with) {
            checkLongest(*decider, *its, node, bound, issues);
            continue;
        }
        Issue& issue = issues.emplace_back();
        issue.node = node.id;
        issue.param = bound.waiver.param;
        issue.message =
            RW_TEXT("checkpoint",
                    "“%1” writes exactly once over “%2”, and this sink over “%3”: one connection of "
                    "a run can decide which checkpoints count.")
                .with(decider->shownTitle(), with, bound.decidesWith);
        const ParamSpec* const spec = graph.nodes[i].kind->param(bound.waiver.param);
        if (spec == nullptr) continue;
        const Text label = labelOf(*spec, bound.waiver.value);
        issue.fix = RW_TEXT("checkpoint", "Set “%1” to “%2”, or write in a pipeline of its own.")
                        .with(spec->label, label);
        QuickFix& fix = issue.quickFixes.emplace_back();
        fix.label = RW_TEXT("checkpoint", "Set “%1” to “%2”").with(spec->label, label);
        fix.node = node.id;
        fix.param = bound.waiver.param;
        fix.value = bound.waiver.value;
    }
}

}  // namespace rw
