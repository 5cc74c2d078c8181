// The open windows of an edited node, closed under its old definition.
#pragma once
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/forecast/closable_windows.h"

namespace rw {

/// The state of one instance of window_aggregate for the new definition: no windows, and the results that
/// those of the old one have so far, which the node gives before anything else
/// (core/stream/windows/closed_results.h). Rows up to now count in these, rows from now on in the new
/// windows, and none in both.
///
/// Pure. An error where the bytes are broken, and where a result can't be computed.
Result<std::string> closedState(std::string_view state, const ClosableWindows& windows);

}  // namespace rw
