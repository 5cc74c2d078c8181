// Sessions of which checkpoints are taken by change at any time, some of which are never kept.
#pragma once
#include <cstdint>
#include <string>

#include "core/pipeline/node_kind.h"

namespace rw::test {

/// A small case. Empty: each checkpoint has the state of its barrier. `spills`: with sessions in files.
/// `byChange` grows by those with changes alone that were compared.
std::string trySessions(std::uint64_t seed, bool spills, int& byChange);

/// The same of thousands of sessions, which go to files now and then: in between many have rows in memory
/// besides. `inFiles` grows by the checkpoints of those.
std::string tryManySessions(const BoundNode& bound, std::uint64_t seed, int& inFiles);

}  // namespace rw::test
