// The parameters that say which windows there are, their checks, and how a window is written on a card.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/window_plan.h"

namespace rw {

/// `window`, `size`, `slide`, `step`, `gap`, `offset`.
std::vector<ParamSpec> windowParams();

/// Reads and checks them for input port 0 into `plan`, with the input's own window columns where those are
/// used. False after an error was reported, or when a length is missing (which was reported before).
bool bindWindow(BindContext& context, WindowPlan& plan);

/// “TUMBLE 10 s”, “HOP 30 s / 5 s”.
Text windowText(const WindowPlan& plan);

}  // namespace rw
