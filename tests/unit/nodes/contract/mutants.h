// Node types that break the contract of all, each in one way: the contract test must find every one of them.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::test {

struct Mutant {
    NodeKind kind;
    std::string fault;  ///< words of the contract test's finding on it
};

/// All of them.
std::vector<Mutant> mutants();

// Of mutants_of_state.cpp: mutants whose state is wrong in a snapshot or after one, and their parts.
std::vector<Mutant> stateMutants();
NodeKind countsKind();

// Of mutants_of_windows.cpp: mutants that are wrong only where results come early, or where rows carry
// windows; and their parts.
std::vector<Mutant> windowMutants();
NodeKind inWindowsKind();

// Of mutants_of_waiting.cpp: mutants that are wrong only where the world outside is late, fails or is silent.
std::vector<Mutant> waitingMutants();
NodeKind waitsKind();

/// Node types of the same making that keep it: an operator, a sink and a source.
std::vector<NodeKind> honestKinds();

}  // namespace rw::test
