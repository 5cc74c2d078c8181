#include "core/stream/windows/window_columns.h"

namespace rw {

namespace {

template <class TimeOf>
ColumnRef windowTimes(std::span<const Window> windows, TimeOf timeOf) {
    ColumnBuilder builder(Type::of(TypeId::Timestamp));
    builder.reserve(windows.size());
    for (const Window& window : windows) builder.append<Instant>(timeOf(window));
    return builder.finish();
}

}  // namespace

std::vector<ColumnRef> windowColumns(std::span<const Window> windows) {
    return {windowTimes(windows, [](const Window& window) { return window.start; }),
            windowTimes(windows, [](const Window& window) { return window.end; }),
            windowTimes(windows, [](const Window& window) { return window.end - 1; })};
}

}  // namespace rw
