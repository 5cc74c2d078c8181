// How far a run goes on before it stands still again, and why it stands.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// A source gives one batch (RunOptions::batchRows at most). The other sources stand meanwhile, and the rows
/// go through to the sinks. A source that waits for a slower one gives nothing. Where more was read with the
/// batch, checkpoints wait until the run goes on.
struct OneBatch {
    NodeId source{};  ///< empty: whichever has one first
};

/// A window of the node shows a result; a node without windows gives rows. The results stand on their wires.
struct NextFiring {
    NodeId node{};  ///< empty: whichever node with windows is first
};

/// The watermark of the node comes to this event time. Its results stand on their wires.
struct EventTime {
    Instant at = 0;
    NodeId node{};  ///< empty: those of all nodes that give rows their event time
};

/// Rows come to a place. They stand on their wire.
struct Breakpoint {
    enum class On : std::uint8_t {
        Rows,     ///< that leave `node` by `port`
        Late,     ///< late rows of `node`
        Rejected  ///< rejected rows of `node`
    };
    NodeId node{};
    std::string port{};  ///< by its name
    On on = On::Rows;
    std::string condition{};  ///< SQL over the columns of the rows; empty: all rows
    bool enabled = true;
    bool operator==(const Breakpoint&) const = default;
};

/// Whatever their conditions are.
inline bool samePlace(const Breakpoint& a, const Breakpoint& b) {
    return a.node == b.node && a.on == b.on && (a.on != Breakpoint::On::Rows || a.port == b.port);
}

/// A breakpoint is there for this step alone, beside those of Run::setBreakpoints().
using Until = std::variant<OneBatch, NextFiring, EventTime, Breakpoint>;

/// Why a run stands, or has ended instead.
struct Halt {
    enum class Why : std::uint8_t {
        Batch,        ///< `node` gave a batch
        SourceEnded,  ///< `node` has no more batches
        Fired,        ///< a window of `node` showed a result, or `node` gave rows
        EventTime,    ///< the watermark of `node` is at `watermark`
        Breakpoint,   ///< rows came to `breakpoint`
        Paused,       ///< somebody has paused the run in the middle of the step
        Ended,        ///< the run has ended before
        Stopped,      ///< the run was stopped before
        Failed        ///< the run has failed before
    };
    std::uint64_t number = 0;  ///< counts up over the halts of the run
    Why why = Why::Paused;
    NodeId node{};
    std::uint64_t rows = 0;  ///< of the batch, of the result, or how many of a batch came to the breakpoint
    std::string row{};       ///< the first of those that came to the breakpoint; of a rejected row its text
    Text reason{};           ///< of a rejected row
    Instant windowStart = 0, windowEnd = 0;  ///< Fired, of a window; the two are equal where there is none
    std::string key{};                       ///< of a session window
    Instant watermark = kMinTimestamp;
    Breakpoint breakpoint{};
    bool ofStep = false;  ///< Breakpoint: the one of the step
};

/// Of a breakpoint of a run.
struct BreakpointState {
    std::uint64_t hits = 0;  ///< batches with rows that came to it
    Text trouble{};          ///< why it does not hold, or not for all rows; empty: it does
};

struct SteppingState {
    bool underWay = false;                       ///< a step that has not come to its end
    std::uint64_t halts = 0;                     ///< so far
    std::optional<Halt> last{};                  ///< the newest; nothing once the run goes on
    std::vector<BreakpointState> breakpoints{};  ///< as they were set
};

}  // namespace rw
