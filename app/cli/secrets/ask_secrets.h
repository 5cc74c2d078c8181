// The secrets that a run needs and nothing holds, asked for at the terminal before it begins.
#pragma once
#include <memory>
#include <vector>

#include "core/connect/connections/needed_secrets.h"
#include "core/runtime/planning/plan.h"

namespace rw::cli {

/// The nodes of a plan, which refers to them.
std::vector<NeedyNode> needyNodes(const Plan& plan);

/// Asks the person at the terminal, which isAttended(), for each of these, as toBeTyped() gives them. False
/// after printing why: one was not typed. `notDone`: what is left undone then, as “not run”. To be called
/// before catchSignals(): Ctrl+C at a question then ends the program as a shell expects, and is no missing
/// secret.
bool askForTyped(const std::vector<NeededSecret>& toBeTyped, const std::string& notDone);

/// Asks the person at the terminal, where there is one, for each secret that has to be typed; without a
/// terminal the run says what it lacks. False after printing why: one was not typed, and nothing is to be
/// run. `connections` null: no node names one. `replays`: from a tape.
bool askForSecrets(const Plan& plan, const std::shared_ptr<const Connections>& connections, bool replays);

}  // namespace rw::cli
