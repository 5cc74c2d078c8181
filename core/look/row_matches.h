// Which row that came into a node became which of its output.
#pragma once
#include <cstddef>
#include <vector>

#include "core/look/look.h"

namespace rw {

/// What became of a row at a node.
enum class RowFate {
    Passed,    ///< it left by some port
    Dropped,   ///< it ended here: a condition did not hold
    Late,      ///< it came too late
    Rejected,  ///< something in it could not be computed
    Used,      ///< rows were made of it and others, or it was written
    Open,      ///< it waits in a window that has not ended
    Unknown    ///< only the first rows of the output are there
};

/// A row of LookResult::inputs.
struct CameIn {
    RowFate fate = RowFate::Unknown;
    int output = -1;      ///< the first row that became of it, in LookResult::outputs; -1: none
    std::size_t row = 0;  ///< the place of that among those that are kept
    int setAside = -1;  ///< late or rejected: the place in LookResult::setAside; -1: only the first are there
};

/// A row of LookResult::outputs.
struct WentOut {
    int input = -1;  ///< of which it became, in LookResult::inputs; -1: it was made, or that is not known
    std::size_t row = 0;  ///< the place of that among those that are kept
};

/// By port, and row of the port.
struct RowMatches {
    std::vector<std::vector<CameIn>> inputs{};
    std::vector<std::vector<WentOut>> outputs{};
    /// The node makes its rows: they stand beside those that came in without belonging to any one.
    bool makes = false;
};

/// By the positions of rows at their source, which nodes that pass rows on keep. Rows without a position, and
/// those of all but the first input port, are matched where they were rejected, by their text.
RowMatches matchRows(const LookResult& result);

}  // namespace rw
