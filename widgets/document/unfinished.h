// The parts that a pipeline still lacks while it is being built: no reason for red.
#pragma once
#include "core/pipeline/issue.h"

namespace rw::ui {

/// Something is to be done yet, and nothing is wrong. `calm`: no run was asked for that it prevented.
inline bool isUnfinished(const Issue& issue, bool calm) {
    return issue.missing && (calm || issue.severity != Severity::Error);
}

}  // namespace rw::ui
