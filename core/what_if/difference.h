// How the rows of two sides differ.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/what_if/what_if.h"

namespace rw {

/// The rows of a port of one side, and what they are matched by.
struct SideRows {
    StreamType type{};
    std::vector<WhatIfRow> rows{};    ///< sorted
    std::vector<std::string> keys{};  ///< as TypedNode::keys of the node that they come from
    bool cut = false;                 ///< there were too many: `rows` has none
    bool hashed = false;              ///< then, `hashes` has those of all
    std::vector<std::uint64_t> hashes{};  ///< sorted
};

/// By window and key where both sides have window_start, window_end and all columns by which the windows were
/// made, and one row of each; by key where both change rows of the same key; else as multisets. Windows of
/// different sizes are the same where they start at the same time. `stops` ends it early, with what there is.
WhatIfDifference differenceOf(const SideRows& a, const SideRows& b, const WhatIfLimits& limits,
                              const std::function<bool()>& stops);

}  // namespace rw
