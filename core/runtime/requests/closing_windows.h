// Windows that are closed by hand: which sources advance their watermark for it, and why they can't.
#pragma once
#include <vector>

#include "core/runtime/planning/plan.h"

namespace rw {

/// The sources above a node, without which its watermark goes no further. An error where there is no such
/// node, where no rows with event time come to it, and where other nodes make its rows.
Result<std::vector<NodeId>> sourcesToAdvance(const Plan& plan, const NodeId& node);
/// The tape says how event time goes on.
Status closedByTape();
/// The run has ended, is ending, or waits to be tried again.
Status notUnderWay();

}  // namespace rw
