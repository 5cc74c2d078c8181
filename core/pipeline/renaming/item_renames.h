// The columns that an edit of a node's parameters gives other names.
#pragma once
#include "core/pipeline/node_kind.h"
#include "core/pipeline/renaming/renamed_text.h"

namespace rw {

/// Those whose definition or expression is the same as before but for the name: another expression is another
/// column, whatever it is called. Only the lists that name columns of the node itself.
ColumnRenames renamedItems(const NodeKind& kind, const Json& before, const Json& after);

}  // namespace rw
