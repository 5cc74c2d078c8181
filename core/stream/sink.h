// The sink contract: where rows leave the engine.
#pragma once
#include <memory>
#include <vector>

#include "core/stream/live_view.h"
#include "core/stream/operator.h"

namespace rw {

/// Single-threaded. A sink with blocking() runs on a thread of its own and may wait for the outside world.
class Sink {
 public:
    virtual ~Sink() = default;
    virtual bool blocking() const { return false; }
    virtual Status open() { return {}; }
    virtual Status onBatch(const Batch& batch) = 0;
    /// The smallest watermark over the wires rose.
    virtual Status onWatermark(Instant) { return {}; }
    /// Nothing is waiting at the input right now: a moment to make what was written visible.
    virtual Status onIdle() { return {}; }
    /// All input is there (or the run was stopped): flush and close. Called once, also when the run failed
    /// elsewhere; not after an error of this sink.
    virtual Status finish() { return {}; }
    /// Writes what the sink has of the rows before a barrier and would lose with the program, so that a run
    /// that goes on from there ends with the same; at a barrier, between batches. Default: nothing.
    virtual Status snapshot(StateWriter&) const { return {}; }
    /// Before open(): takes that over.
    virtual Status restore(const StateReader&) { return {}; }
    /// The picture of this sink, for charts; else null. Lives on after the run.
    virtual std::shared_ptr<LiveView> view() const { return nullptr; }
    /// Things worth telling (NaN written as NULL: 12 times); taken by the runtime after finish().
    virtual std::vector<Text> takeNotes() { return {}; }
};

}  // namespace rw
