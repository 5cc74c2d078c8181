// The promises about outputs some of whose rows depend on when a run has read something.
#pragma once
#include <string>

#include "tests/simulate/sunk_pipeline.h"

namespace rw::simulated {

/// The part that is the same in every run: without the pairs of a join that forgets, and without the columns
/// of the table that is changed. Sorted.
Outputs promised(Outputs outputs);

/// The part that is the same in every replay of a tape: all but the pairs of a join that forgets. Sorted.
Outputs replayable(Outputs outputs);

/// The error in the rest; empty: none. A join that forgets has pairs of `whole`, the output of one that does
/// not, each as often at most. A row beside the table that is changed has one version of it, up to `newest`;
/// where `inOrder`, no row before it has a later one.
std::string brokenPromise(const Outputs& whole, const Outputs& found, int newest, bool inOrder);

/// How many versions of the table behind `version` rows have met.
int metAfter(const Outputs& outputs, int version);
/// How many rows the groups that forget still count.
long long stillCounted(const Outputs& outputs);

}  // namespace rw::simulated
