// What a pipeline still lacks while somebody builds it: no reason for red.
#pragma once
#include "core/pipeline/issue.h"

namespace rw::ui {

/// Something is to be done yet, and nothing is wrong. `calm`: nobody wanted a run that it kept from starting.
inline bool isUnfinished(const Issue& issue, bool calm) {
    return issue.missing && (calm || issue.severity != Severity::Error);
}

}  // namespace rw::ui
