// The data of a live view, as lines that can be compared.
#pragma once
#include <string>
#include <vector>

#include "core/stream/live_view.h"

namespace rw::test {

/// A view of a kind that this does not know gives a line that begins with “it fails”.
std::vector<std::string> viewText(const LiveView& view);

}  // namespace rw::test
