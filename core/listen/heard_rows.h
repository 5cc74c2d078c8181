// The rows of a live source that were heard, as its pieces came.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
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
/// newest one. `stop` is asked before each block; once it says so, ErrorCode::Cancelled. Waits for the disk.
Result<HeardRows> newestOf(const TapeFile& tape, std::size_t source, std::size_t rows,
                           const std::function<bool()>& stop = nullptr);
/// How much newestOf reads of the tape, in bytes that are not compressed.
std::uint64_t bytesOfNewest(const TapeFile& tape, std::size_t source, std::size_t rows);

}  // namespace rw
