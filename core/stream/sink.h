// The sink contract: where rows leave the engine.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "core/stream/live_view.h"
#include "core/stream/operator.h"

namespace rw {

/// Numbers what is put in place at once, from 1, without gaps. A run without checkpoints has one.
using Epoch = std::uint64_t;

/// Single-threaded: calls come one at a time, though not always from the same thread. A sink with blocking()
/// runs on a thread of its own and may wait for the outside world, but never for another sink of its run, and
/// not on when MakeContext::stopping(): within half a second it then gives up what it waits for, and says
/// what was lost. A lock that several sinks of a run share is held for a bounded piece of work only.
///
/// What a sink writes is put in place in two phases, so that several outside systems change together:
///
///     open · (onBatch | onWatermark | onIdle)* · onEnd · prepare(1) · commit(1) · close
///                                      └ or, at any time after open(): abort() · close
///
/// - prepare(epoch): all rows of the epoch were given. Everything that can fail is done now, and what was
///   written is made durable but not yet seen: a file is synced under another name, rows lie in a transaction
///   that only its end is missing from (a prepared transaction, a flushed Kafka transaction), so that after a
///   success only the outside world's death can keep commit() from succeeding. Called on all sinks of a run,
///   one after the other, before the first commit().
/// - commit(epoch): puts what was prepared in place: a rename, a COMMIT. Quick, for until the last sink has
///   committed a crash leaves some outputs new and others old; what takes time waits for close(). Sinks that
///   share a database commit with the first of them. Where checkpoints number epochs, commit of an epoch that
///   is in place already is a success: after a crash it is asked again with what the checkpoint kept.
/// - abort(): gives up what was not committed; staging is cleared, what was there before stands. Called after
///   an error of this sink, a failure elsewhere, a failed prepare() of any sink, or when the results are not
///   wanted any more. What a sink can't take back (rows appended, rows sent, a file written in place) it
///   completes as far as it can without waiting, and says in takeNotes() what stays. Never fails.
///
/// A run whose sources all end (MakeContext::bounded) has one epoch, at its end: a sink that replaces
/// something stages it until then. In a live run a sink shows what it has in onIdle() or when it sees fit,
/// and replaces what was there before with the first of that.
class Sink {
 public:
    virtual ~Sink() = default;
    virtual bool blocking() const { return false; }
    /// Sees whether the sink can write and takes what nobody else may have meanwhile; staging left by a run
    /// that was killed is cleared. What the sink will replace stays as it is: another sink may fail to open.
    virtual Status open() { return {}; }
    virtual Status onBatch(const Batch& batch) = 0;
    /// The smallest watermark over the wires rose.
    virtual Status onWatermark(Instant) { return {}; }
    /// Nothing is waiting at the input right now: a moment to make what was written visible. Also called once
    /// before the first batch when none is there yet.
    virtual Status onIdle() { return {}; }
    /// All input is there, or the run was stopped: hands over what is still buffered. No batch comes any
    /// more.
    virtual Status onEnd() { return {}; }
    virtual Status prepare(Epoch) { return {}; }
    virtual Status commit(Epoch) { return {}; }
    virtual void abort() {}
    /// All sinks have committed or aborted: lets go of connections and locks.
    virtual void close() {}
    /// Writes what the sink has of the rows before a barrier and would lose with the program, so that a run
    /// that goes on from there ends with the same; at a barrier, between batches. Default: nothing.
    virtual Status snapshot(StateWriter&) const { return {}; }
    /// Before open(): takes that over.
    virtual Status restore(const StateReader&) { return {}; }
    /// The picture of this sink, for charts; else null. Lives on after the run.
    virtual std::shared_ptr<LiveView> view() const { return nullptr; }
    /// Things worth telling (NaN written as NULL: 12 times; a file was removed meanwhile); taken by the
    /// runtime after onIdle(), commit() and abort().
    virtual std::vector<Text> takeNotes() { return {}; }
};

}  // namespace rw
