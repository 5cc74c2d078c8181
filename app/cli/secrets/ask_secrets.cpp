#include "app/cli/secrets/ask_secrets.h"

#include <set>
#include <string>

#include "app/cli/load.h"
#include "app/cli/secrets/hidden_line.h"
#include "core/secrets/typed_secrets.h"

namespace rw::cli {

namespace {

/// Each once, with commas between.
std::string listed(const NeededSecret& needed, std::string (*wordsOf)(const NeededSecret::Use& use)) {
    std::set<std::string> seen;
    std::string all;
    for (const NeededSecret::Use& use : needed.uses) {
        const std::string words = wordsOf(use);
        if (words.empty() || !seen.insert(words).second) continue;
        all += (all.empty() ? "" : ", ") + words;
    }
    return all;
}

void tellNeed(const NeededSecret& needed) {
    const std::string nodes = listed(needed, [](const NeededSecret::Use& use) { return use.node; });
    const std::string places =
        listed(needed, [](const NeededSecret::Use& use) { return english(use.address); });
    const std::string name = english(nameOf(needed));
    std::string text = nodes.empty() ? name + " is needed" : nodes + " needs " + name;
    if (!places.empty()) text += " (" + places + ")";
    printMessage("secret", text + ". " + english(needed.lack));
}

}  // namespace

std::vector<NeedyNode> needyNodes(const Plan& plan) {
    std::vector<NeedyNode> nodes;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes)
            nodes.push_back({node.declared, node.kind, node.bound.get()});
    }
    return nodes;
}

bool askForTyped(const std::vector<NeededSecret>& toBeTyped, const std::string& notDone) {
    for (const NeededSecret& each : toBeTyped) {
        tellNeed(each);
        const std::optional<Secret> typed =
            readHiddenLine("Type it; it stays in memory until the program ends, and is written nowhere: ");
        if (!typed || typed->empty()) {
            printMessage("error", notDone + ": you did not type " + english(nameOf(each)));
            return false;
        }
        typedSecrets().keep(each.where, *typed);
    }
    return true;
}

bool askForSecrets(const Plan& plan, const std::shared_ptr<const Connections>& connections, bool replays) {
    if (!isAttended()) return true;
    const Connections none({}, environmentSecret);
    const Connections& all = connections ? *connections : none;
    RunsWithout without;
    without.inputs = replays;
    return askForTyped(toBeTyped(neededSecrets(needyNodes(plan), all, without), all), "not run");
}

}  // namespace rw::cli
