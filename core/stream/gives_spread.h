// A sample of a source whose input can be read at places that are far from each other: for people who want to
// see more of it than its beginning.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/stream/source.h"

namespace rw {

struct SpreadLimits {
    int blocks = 16;
    std::size_t rows = 10'000;                     ///< of all blocks, good and bad ones
    std::uint64_t bytes = std::uint64_t{4} << 20;  ///< likewise
};

/// Rows that follow each other.
struct SpreadBlock {
    std::string file{};
    std::uint64_t offset = 0;  ///< of the first row; which line that is nobody has counted
    std::vector<ParsedChunk> rows{};
};

struct Spread {
    std::vector<SpreadBlock> blocks{};  ///< in the order of the input; no row is in two
    int unclear = 0;      ///< places that were left out: it can't be told where a row begins there
    bool whole = false;   ///< the input is within the limits: it is to be read from its start
    Text refused{};       ///< why the input can't be read so, and is to be read from its start; empty: it can
    bool shrank = false;  ///< a file lost bytes while it was read
};

/// A source that was made for this alone: it is not opened, and not polled.
class GivesSpread {
 public:
    virtual ~GivesSpread() = default;
    /// `stops`: asked now and then; true gives it up with ErrorCode::Cancelled.
    virtual Result<Spread> readSpread(const SpreadLimits& limits, const std::function<bool()>& stops) = 0;
};

}  // namespace rw
