// Where a replay stands in the pieces of a source.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/data/state_writer.h"

namespace rw {

/// The position of a source that gives the rows of a tape (Source::snapshot).
struct TapedPosition {
    std::uint64_t piece = 0;                ///< the next one
    std::uint64_t given = 0;                ///< rows so far
    std::vector<std::string> partitions{};  ///< that are there, in the order in which they were found
};

void writeTapedPosition(StateWriter& out, const TapedPosition& position);

}  // namespace rw
