#include "app/cli/secrets/ask_tokens.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/cli/secrets/ask_secrets.h"
#include "app/cli/secrets/hidden_line.h"
#include "core/cluster/unheld_secrets.h"

namespace rw::cli {

namespace {

/// Those of targets that can be used: the others are told of without them. One place of several targets
/// appears once, with all that it is used for. None without a terminal: there is nobody to type them.
std::vector<NeededSecret> unheldTokens(const std::vector<Target>& targets, const SecretSource& secrets) {
    std::vector<NeededSecret> unheld;
    if (!isAttended()) return unheld;
    for (const Target& target : targets) {
        if (!usableTarget(target).ok()) continue;
        for (NeededSecret& each : unheldSecrets(target, secrets)) {
            const auto same = std::find_if(unheld.begin(), unheld.end(), [&each](const NeededSecret& one) {
                return one.where == each.where;
            });
            if (same == unheld.end()) {
                unheld.push_back(std::move(each));
            } else {
                std::move(each.uses.begin(), each.uses.end(), std::back_inserter(same->uses));
            }
        }
    }
    return unheld;
}

}  // namespace

bool askForTokens(const std::vector<Target>& targets, const SecretSource& secrets,
                  const std::string& notDone) {
    return askForTyped(unheldTokens(targets, secrets), notDone);
}

void askForTokensOfList(const std::vector<Target>& targets, const SecretSource& secrets) {
    for (const NeededSecret& each : unheldTokens(targets, secrets)) (void)askForTyped({each}, "not asked");
}

}  // namespace rw::cli
