// Where the rows of a source stand in the partitions that it reads: for a tape, and so for people who ask
// where a row is from.
#pragma once
#include "core/stream/recording/row_offsets.h"
#include "core/stream/source.h"

namespace rw {

/// A source whose outside world counts the rows of a partition. Asked only where the run is recorded.
class TellsOffsets {
 public:
    virtual ~TellsOffsets() = default;
    /// Of all rows of a chunk that it gave, good and bad, in the order of their numbers; none: they are not
    /// known. As parse(), any number of threads at any time.
    virtual RowOffsets offsets(const Chunk& chunk) const = 0;
};

}  // namespace rw
