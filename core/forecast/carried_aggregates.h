// Which aggregates of a node an edit has kept: how its state becomes that of the edited node.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "core/sql/aggregates/aggregates.h"

namespace rw {

struct CarriedAggregates {
    std::size_t keys = 0;    ///< key columns, the same before and now
    std::size_t before = 0;  ///< aggregates of the old definition
    std::vector<sql::BoundAggregate> now{};
    /// Of each aggregate of `now`: its place in the old definition; nothing: it is new, and counts from now
    /// on.
    std::vector<std::optional<std::size_t>> from{};
    std::vector<Field> read{};  ///< columns of the input that the new ones look at
    bool retracting = false;    ///< the input is an updating one; none is new then
};

}  // namespace rw
