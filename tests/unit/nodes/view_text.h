// What a live view shows, as lines that can be compared.
#pragma once
#include <string>
#include <vector>

#include "core/stream/live_view.h"

namespace rw::test {

/// A view of a kind that this does not know gives the number of its rows only.
std::vector<std::string> viewText(const LiveView& view);

}  // namespace rw::test
