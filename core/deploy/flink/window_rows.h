// The rows of an input, each in its windows: what the queries of window nodes read.
#pragma once
#include <functional>
#include <string>

#include "core/deploy/flink/lateness.h"
#include "core/deploy/form.h"
#include "core/stream/window_plan.h"

namespace rw {

/// A row for each window that a row of the input lies in. Names are quoted.
struct FlinkWindowRows {
    std::string from{};                        ///< what stands after FROM
    std::function<std::string(int)> column{};  ///< the input's columns, by number
    std::string start{}, end{}, time{};        ///< the columns of the window; `time` is event time
    std::string onTime{};                      ///< condition of rows that are not late; empty: all are
    FlinkLate late{};                          ///< of rows that are late for all of their windows
};

/// Writes views for them, by the helper's name `part`, and says what is to be said of the windows.
FlinkWindowRows flinkWindowRows(NodeForm& form, const WindowPlan& plan, int port, const std::string& part);

}  // namespace rw
