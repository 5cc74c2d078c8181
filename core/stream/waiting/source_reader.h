// The part of a source that waits for the outside world: written by the author of a source.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/stream/source.h"

namespace rw {

/// Takes the rows of a reader. For the call that it is given to, on its thread.
class ReadOutput {
 public:
    virtual ~ReadOutput() = default;
    /// A piece, which takes about so much memory until it is parsed. The source is polled for it at once: a
    /// call may give several, as they come.
    virtual void give(std::unique_ptr<Chunk> chunk, std::size_t bytes, int partition = 0) = 0;
    /// The number of a partition of this name. One that was not named before is found now, and live.
    virtual int partition(const std::string& name) = 0;
    /// How a partition, or a source without any, stands from here on, behind the pieces that were given.
    virtual void tell(PartitionState state, Text reason = {}, int partition = 0) = 0;
    /// As Source::takeNotes().
    virtual void note(Text text) = 0;
    /// Whether more of that partition may be given now: it is not held (Source::hold), and not too much of it
    /// waits. For readers that can choose (BlockingSource::chooses).
    virtual bool wants(int partition) const = 0;
};

/// Asks the outside world for rows. All calls come one at a time from a thread of its own, which may wait;
/// where the run is on one thread, as in simulations, from that one.
///
/// A call that does not come back (a name server is silent, a library hangs) keeps that thread and nothing
/// else: the source counts as disconnected, and the run ends without it. So a reader owns or shares all that
/// it touches, and touches nothing that ends with the run: neither its source nor a MakeContext, but for the
/// clock. It is destroyed where it is let go of last, by any thread: that does not wait.
class SourceReader {
 public:
    enum class Read : std::uint8_t {
        Some,     ///< more may be there. Without a piece, as while it connects, it is asked after a pause
        Nothing,  ///< all that is there by now was given
        End       ///< nothing will come any more
    };
    virtual ~SourceReader() = default;
    /// Reads the rows that are there, or waits for some, but no longer than `within` (0: not at all). It comes
    /// back soon after that: acknowledgements and the end of the run wait for it, and a second later it is taken
    /// for cut off.
    ///
    /// It connects, too. A reader that loses its connection tells so (PartitionState::Disconnected), comes
    /// back, and tries again in later calls, in pauses of its own; an error ends the run, behind the rows
    /// that were given.
    virtual Result<Read> read(Millis within, ReadOutput& out) = 0;
    /// Taken behind each acknowledgement, on its thread: what ReadOutput::note() would be told by the next
    /// call, for there may be none.
    virtual std::vector<Text> takeNotes() { return {}; }
};

}  // namespace rw
