// The node types of this program. The only reader of nodes.def.
#pragma once
#include "core/pipeline/node_kind.h"

namespace rw {

Catalogue builtin();

}  // namespace rw
