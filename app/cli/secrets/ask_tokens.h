// The tokens of clusters that nothing holds, asked for at the terminal before a cluster is asked for
// anything.
#pragma once
#include <string>
#include <vector>

#include "core/cluster/target.h"

namespace rw::cli {

/// Asks the person at the terminal, where there is one, for the tokens of these targets that nothing holds,
/// each once; without a terminal the command says what it lacks. False after printing why: one was not typed,
/// and no cluster is to be asked. Otherwise as askForTyped().
bool askForTokens(const std::vector<Target>& targets, const SecretSource& secrets,
                  const std::string& notDone);

/// The same for a list of what there is: where a token is not typed, that is printed, and the others are
/// asked for all the same. The cluster then counts as one that does not answer.
void askForTokensOfList(const std::vector<Target>& targets, const SecretSource& secrets);

}  // namespace rw::cli
