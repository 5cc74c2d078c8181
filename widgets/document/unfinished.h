// The parts that a pipeline still lacks while it is being built: no reason for red.
#pragma once
#include <algorithm>
#include <vector>

#include "core/pipeline/issue.h"

namespace rw::ui {

/// Something is to be done yet, and nothing is wrong. `calm`: no run was asked for that it prevented. What is
/// offered to be done stays calm.
inline bool isUnfinished(const Issue& issue, bool calm) {
    if (issue.offered) return true;
    return issue.missing && (calm || issue.severity != Severity::Error);
}

/// Nothing keeps the pipeline from running but what is offered to be done.
inline bool waitsForOffers(const std::vector<Issue>& issues) {
    return hasErrors(issues) && std::all_of(issues.begin(), issues.end(), [](const Issue& issue) {
               return issue.offered || issue.severity != Severity::Error;
           });
}

}  // namespace rw::ui
