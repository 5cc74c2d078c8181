// The event time of a tape as a line: from where to where it goes, and how far it had come when.
#pragma once
#include <vector>

#include "core/tape/tape_file.h"

namespace rw {

/// The times that a user can choose a moment from, before any of it is replayed. Immutable; any thread.
class TapeTimes {
 public:
    /// Reads a block or two of each source, the first and the last with a watermark; of the others the headers
    /// are enough. Blocks that can't be read are left out: a replay of the tape says why.
    explicit TapeTimes(const TapeFile& tape);

    /// A source has event time. Nothing else here means anything otherwise.
    bool known() const { return !m_tracks.empty(); }
    Instant first() const { return m_first; }  ///< the smallest watermark
    Instant last() const { return m_last; }    ///< the largest, but for those of inputs that have ended
    /// How far event time had come at `at` (as TapePiece::at): the smallest watermark of the sources that had
    /// something to give still, from first() to last(). Within a block of the tape as if it grew evenly.
    Instant reached(Millis at) const;

 private:
    struct Point {
        Millis at = 0;
        Instant watermark = 0;
    };
    using Track = std::vector<Point>;  ///< of one source, ascending; the last one is at its last piece

    static void add(Track& track, Point point);
    static Result<Track> ends(const TapeFile& tape, const TapeFile::Block& block);
    static Track trackOf(const TapeFile& tape, const TapeFile::Track& track);

    std::vector<Track> m_tracks{};  ///< none is empty
    Instant m_first = kMaxTimestamp, m_last = kMinTimestamp;
};

}  // namespace rw
