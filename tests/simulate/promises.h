// What is promised of outputs some of whose rows depend on when a run has read something.
#pragma once
#include <string>

#include "tests/simulate/sunk_pipeline.h"

namespace rw::simulated {

/// What is the same in every run: without the pairs of a join that forgets, and rows beside a table that is
/// changed without what they have of it. Sorted.
Outputs promised(Outputs outputs);

/// What is the same in every replay of a tape: all but the pairs of a join that forgets. Sorted.
Outputs replayable(Outputs outputs);

/// What is wrong with the rest; empty: nothing. A join that forgets has pairs of `whole`, which is of one
/// that does not, each as often at most. A row beside the table that is changed has one state of it, up to
/// the one numbered `newest`; where `inOrder`, none of a row before it was a later one.
std::string brokenPromise(const Outputs& whole, const Outputs& found, int newest, bool inOrder);

/// The newest state of the table that a row has met.
int newestMet(const Outputs& outputs);
/// How many rows the groups that forget still count.
long long stillCounted(const Outputs& outputs);

}  // namespace rw::simulated
