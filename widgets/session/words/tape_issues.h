// Problems with the tapes of a run, for lists of problems: of a run that goes on and of one that is over,
// until the next begins.
#pragma once
#include <vector>

#include "core/pipeline/issue.h"

namespace rw::ui {

class RunSession;

/// A warning where the run replays a tape that is cut off or damaged, and where its recording has ended
/// before it.
std::vector<Issue> tapeIssues(const RunSession& session);

}  // namespace rw::ui
