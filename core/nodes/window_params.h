// The parameters that say which windows there are, their checks, and how a window is written on a card.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/window_plan.h"

namespace rw {

/// `window`, `size`, `slide`, `step`, `gap`, `offset`.
std::vector<ParamSpec> windowParams();

/// Reads and checks them for input port 0 into `plan`, with the input's own window columns where those are
/// used. False after an error was reported, or when a length is missing (which was reported before).
bool bindWindow(BindContext& context, WindowPlan& plan);
/// The same for the two inputs of a node, whose windows are the same. Updating streams are not looked for.
bool bindWindows(BindContext& context, WindowPlan& left, WindowPlan& right);

/// Marks in `read` the columns of the input that say when a row was and which windows it is in.
void markWindow(const WindowPlan& plan, ColumnSet& read);

/// window_start, window_end, window_time: the input's own give way to those of results.
bool isWindowColumn(std::string_view name);
/// Adds them, window_time, the event time, last.
void addWindowColumns(Schema& schema);

/// “TUMBLE 10 s”, “HOP 30 s / 5 s”.
Text windowText(const WindowPlan& plan);

}  // namespace rw
