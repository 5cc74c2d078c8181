// The rows of an input, each in its windows: the input of the queries of window nodes.
#pragma once
#include <functional>
#include <string>

#include "core/deploy/flink/lateness.h"
#include "core/deploy/form.h"
#include "core/stream/window_plan.h"

namespace rw {

/// A row for each window that contains a row of the input. Names are quoted.
struct FlinkWindowRows {
    std::string from{};                        ///< the text after FROM
    std::function<std::string(int)> column{};  ///< the input's columns, by number
    std::string start{}, end{}, time{};        ///< the columns of the window; `time` is event time
    std::string onTime{};                      ///< condition of rows that are not late; empty: all are
    FlinkLate late{};                          ///< of rows that are late for all of their windows
};

/// Writes views for them, by the helper's name `part`, and adds the remarks on the windows.
FlinkWindowRows flinkWindowRows(NodeForm& form, const WindowPlan& plan, int port, const std::string& part);

}  // namespace rw
