#include "core/compare/cluster_side.h"

#include <array>

namespace rw {

namespace {

constexpr std::array kRowsOn{
#define RW_ENGINE(Name, word) rowsOn##Name,
#include "core/deploy/engines.def"
#undef RW_ENGINE
};

}  // namespace

Result<CollectedRows> rowsOnCluster(const ClusterSide& side) {
    return kRowsOn[static_cast<std::size_t>(side.target.engine)](side);
}

}  // namespace rw
