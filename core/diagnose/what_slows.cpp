#include <algorithm>
#include <set>

#include "core/base/figures.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr double kHeldUp = 0.25;    // share of the time; the designer marks wires from there on
constexpr double kAtLeast = 2;      // seconds of a run that are worth a word
constexpr double kFullyBusy = 0.5;  // works more than it waits for a core

/// Calls see(node) for the nodes behind `seen` that run in its task, and for those with the queues that they
/// fill.
template <class See>
void eachOfTask(const Evidence& evidence, const Evidence::Seen& seen, See&& see) {
    std::set<const Evidence::Seen*> passed;
    std::vector<const Evidence::Seen*> open{&seen};
    while (!open.empty()) {
        const Evidence::Seen* at = open.back();
        open.pop_back();
        for (const Evidence::Seen* next : evidence.outputs(*at)) {
            if (!passed.insert(next).second) continue;
            see(*next);
            if (next->metrics->queueLimit == 0) open.push_back(next);
        }
    }
}

/// A task, named by its first node, and the fullest of the queues that it fills.
struct TaskAhead {
    const Evidence::Seen* busiest = nullptr;  ///< of its nodes
    double busy = 0;                          ///< all of them
    const Evidence::Seen* next = nullptr;     ///< the task behind the fullest queue; null: none is filled
    double full = 0;                          ///< that queue
};

TaskAhead taskOf(const Evidence& evidence, const Evidence::Seen& seen) {
    TaskAhead task;
    task.busiest = &seen;
    task.busy = evidence.busy(seen);
    eachOfTask(evidence, seen, [&](const Evidence::Seen& node) {
        if (node.metrics->queueLimit == 0) {
            task.busy += evidence.busy(node);
            if (evidence.busy(node) > evidence.busy(*task.busiest)) task.busiest = &node;
        } else if (const double full = evidence.full(node); full > task.full) {
            task.next = &node;
            task.full = full;
        }
    });
    return task;
}

Text adviceFor(const Evidence::Seen& cause) {
    if (cause.metrics->skew >= kUneven)
        return RW_TEXT("diagnose", "One of its tasks gets most of the rows: look at its heaviest keys.");
    if (cause.kind->group == NodeGroup::Sink)
        return RW_TEXT("diagnose", "Let fewer rows get there, or write to something faster.");
    if (cause.metrics->stateSpilled > 0)
        return RW_TEXT(
            "diagnose",
            "A part of its state is in files: raise “state_memory” where the computer has the memory.");
    return RW_TEXT("diagnose",
                   "Let fewer rows get there, or give it less to compute. A node with keys also gains from "
                   "more parallelism.");
}

Finding heldUp(const Evidence& evidence, const Evidence::Seen& seen, const Evidence::Seen& cause) {
    Finding finding = findingOf(Finding::Reason::HeldUp, seen);
    const std::string& title = cause.node->shownTitle();
    const double busy = evidence.busy(cause);
    finding.cause = cause.node->id;
    finding.summary = RW_TEXT("diagnose", "Held up by “%1”").with(title);
    finding.issue.message =
        (busy >= kFullyBusy
             ? RW_TEXT("diagnose", "Rows wait for “%1”, which works %2 of the time.")
             : RW_TEXT(
                   "diagnose",
                   "Rows wait for “%1”, which works only %2 of the time: it shares the cores with others."))
            .with(title, figures::share(busy));
    finding.issue.fix = adviceFor(cause);
    return finding;
}

/// The node that keeps the task of `seen` waiting; null: it hardly waits.
const Evidence::Seen* whoSlows(const Evidence& evidence, const Evidence::Seen& seen) {
    TaskAhead task = taskOf(evidence, seen);
    if (task.full < kHeldUp) return nullptr;
    do {
        task = taskOf(evidence, *task.next);
    } while (task.full >= kHeldUp && task.full > task.busy);  // it waits itself rather than it works
    return task.busiest;
}

}  // namespace

void whatSlows(const Evidence& evidence, std::vector<Finding>& findings) {
    if (evidence.metrics().seconds < kAtLeast) return;
    std::set<NodeId> waiting;
    for (const Finding& finding : findings) {
        if (finding.waiting()) waiting.insert(finding.issue.node);
    }
    for (const Evidence::Seen* seen : evidence.nodes()) {
        const bool begins = seen->isSource() || seen->metrics->queueLimit > 0;
        if (!begins || waiting.contains(seen->node->id)) continue;
        if (const Evidence::Seen* cause = whoSlows(evidence, *seen))
            findings.push_back(heldUp(evidence, *seen, *cause));
    }
}

}  // namespace rw
