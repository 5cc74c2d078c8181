// Which node of the deployed pipeline is which of the edited one.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "core/forecast/side.h"

namespace rw::forecasting {

/// For each node of `now` its number in `before`, if it was there: the node of the same id and type; else, of
/// those that are left, one of the same type at the same place: behind the same nodes, or before the same.
std::vector<std::optional<std::size_t>> matched(const Side& before, const Side& now);

/// The other way round: for each node of `before`, its number among the `now` nodes.
std::vector<std::optional<std::size_t>> inverted(const std::vector<std::optional<std::size_t>>& matches,
                                                 std::size_t before);

}  // namespace rw::forecasting
