// Parameters to try a node type with that is not known: plausible values by their declarations.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::test {

/// The name in plausible parameters of ParamKind::Connection.
inline const std::string kConnection = "name";

/// The name in plausible input paths, but for the ending, which is the first that the source reads.
inline const std::string kInputFile = "input";

/// `chosen`, and a plausible value for every other parameter that must have one, for the columns of
/// sampleStream(). Of several durations that are needed the others are half as long as the first, so that
/// they fit into it; where that may lie before zero it does, and they lie after it. One that may be left out
/// is shorter still: early results come before a window ends.
Json completed(const NodeKind& kind, Json chosen);

/// Parameter sets to try a node with: plain, once with every choice that it offers, once with every other
/// parameter that may be left out, and with all of those at once, plain and with every choice.
std::vector<Json> variants(const NodeKind& kind);

/// `kind` with the ports that a node with these parameters has.
const NodeKind& withPorts(const NodeKind& kind, const Json& params);

/// `stream` on one wire at every input.
std::vector<std::vector<StreamType>> inputsOf(const NodeKind& kind, const StreamType& stream);

/// The refusal of a node type that none of its variants() binds: of the first of them, with
/// `stream`.
std::string refusal(const NodeKind& kind, const StreamType& stream);

}  // namespace rw::test
