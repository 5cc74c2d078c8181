// Parameters to try a node type with that is not known: plausible values by their declarations.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::test {

inline const std::string kInputFile = "input.csv";  ///< what plausible input paths name

/// `chosen`, and a plausible value for every other parameter that must have one, for the columns of
/// sampleStream().
Json completed(const NodeKind& kind, Json chosen);

/// Parameter sets to try a node with: plain, once with every choice that it offers, and once with every
/// other parameter that may be left out.
std::vector<Json> variants(const NodeKind& kind);

/// `stream` on one wire at every input.
std::vector<std::vector<StreamType>> inputsOf(const NodeKind& kind, const StreamType& stream);

}  // namespace rw::test
