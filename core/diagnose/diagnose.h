// The one place where a run is explained. Start reading here: diagnose() asks each question of questions.h,
// and each question has a file of its own.
#pragma once
#include <vector>

#include "core/diagnose/evidence.h"
#include "core/diagnose/finding.h"

namespace rw {

/// All findings, those to look at before those that only wait, each in the order of rows' ways. A node has at
/// most one that waits. Pure; costs about as much as there are nodes and wires.
std::vector<Finding> diagnose(const Evidence& evidence);

}  // namespace rw
