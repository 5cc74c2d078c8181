// What it means for the rows to come that a node has lost its state.
#pragma once
#include "core/pipeline/node_kind.h"

namespace rw {

/// In a sentence, of a node of that type that begins empty, though it was there before; empty: of a source,
/// for what that means is where it reads from.
Text lossOf(const NodeKind& kind);

}  // namespace rw
