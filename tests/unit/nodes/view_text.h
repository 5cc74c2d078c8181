// The data of a live view, as lines that can be compared.
#pragma once
#include <string>
#include <vector>

#include "core/stream/live_view.h"

namespace rw::test {

/// Whether view_text.cpp has words for views of this kind.
bool isDescribed(const LiveView& view);

/// Of a view of a kind that is not described what it saves of its picture, which may change with the format.
std::vector<std::string> viewText(const LiveView& view);

}  // namespace rw::test
