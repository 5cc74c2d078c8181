// The windows that a node puts rows into, as Spark's functions or columns of the rows.
#pragma once
#include <string>

#include "core/deploy/form.h"
#include "core/stream/window_plan.h"

namespace rw {

struct SparkWindows {
    std::string rows{};  ///< the rows as an expression of Python
    /// “window(`ts`, '10 seconds')”; empty: the rows have columns `$window`, start and end, and `$time`.
    std::string words{};
    std::string time{};  ///< the column with the mark, which `words` goes by
};
SparkWindows sparkWindows(const NodeForm& form, int port, const WindowPlan& plan);

}  // namespace rw
