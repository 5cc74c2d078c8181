#include "core/nodes/catalogue.h"

namespace rw {

#define RW_NODE(type) NodeKind type##Kind();
#include "core/nodes/nodes.def"
#undef RW_NODE

Catalogue builtin() {
    std::vector<NodeKind> kinds;
#define RW_NODE(type) kinds.push_back(type##Kind());
#include "core/nodes/nodes.def"
#undef RW_NODE
    return Catalogue(std::move(kinds));
}

}  // namespace rw
