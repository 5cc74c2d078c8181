// The rows of a live source that were heard, as its pieces came.
#pragma once
#include <cstddef>
#include <vector>

#include "core/look/sample.h"
#include "core/stream/recording/tape.h"
#include "core/tape/tape_file.h"

namespace rw {

struct HeardRows {
    TapeSource source{};
    Instant at = 0;  ///< wall time at which the listening ended
    std::vector<TapePiece> pieces{};

    std::size_t count() const;  ///< good and bad rows
};

/// Partitions of which only the end is there are found by their first row.
SourceSample sampleOf(const HeardRows& heard);

/// The newest pieces of a source of a tape with about `rows` rows, a block more; `at` is the time of the
/// newest one. Waits for the disk.
Result<HeardRows> newestOf(const TapeFile& tape, std::size_t source, std::size_t rows);

}  // namespace rw
