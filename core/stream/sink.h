// The sink contract: where rows leave the engine.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/stream/live_view.h"
#include "core/stream/operator.h"
#include "core/stream/state_snapshot.h"

namespace rw {

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
///   share a database commit with the first of them.
/// - abort(): gives up what was not committed; staging is cleared, what was there before stands. Called after
///   an error of this sink, a failure elsewhere, a failed prepare() of any sink, or when the results are not
///   wanted any more. What a sink can't take back (rows appended, rows sent, a file written in place) it
///   completes as far as it can without waiting, and says in takeNotes() what stays. Never fails.
///
/// A run whose sources all end (MakeContext::bounded) has one epoch, at its end: a sink that replaces
/// something stages it until then. In a live run a sink shows what it has in onIdle() or when it sees fit,
/// and replaces what was there before with the first of that.
///
/// With checkpoints (MakeContext::checkpoints) a sink of isTransactional() puts rows in place once a
/// checkpoint, and a run that goes on from one neither loses nor repeats any. `checkpoints.md` says what each
/// kind of sink does:
///
///     open · (onBatch | … )* · [ prepare(n) · snapshot · … · commit(n) ]* · onEnd · setLast ·
///            prepare(n) · snapshot · commit(n) · close
///
/// - prepare(n) comes at the barrier of checkpoint n, between batches: what was given before it is epoch n.
///   snapshot() comes at once after it, and writes what commit(n) needs to know in another process.
/// - commit(n) comes when the checkpoint is durable, and before the next prepare(); rows of the next epoch
///   may come before it. It puts all in place that was prepared for n and for earlier numbers: a checkpoint
///   may have failed. When it comes, the decision has fallen: it is repeated until it succeeds.
/// - Going on from checkpoint n: restore() · open() · commit(n) · onBatch …: commit() of what is in place is
///   a success. The first commit() also gives up what was prepared for later numbers and takes back what was
///   put in place for them: they were broken, or an older checkpoint was chosen. open() sees whether that
///   can be done, as by trying it in a transaction that it rolls back, and changes nothing: another sink may
///   refuse. The decision falls between the two (CheckpointStore::begun()).
/// - abort() gives up what no checkpoint has. What waits for a decision stays: it is made when the run goes
///   on.
///
/// A sink that decides() can't be asked for commit(n) by another process: what it prepared is given up by the
/// outside world when the process is gone. For it alone the checkpoint becomes durable before commit(n), but
/// counts only behind its success, and the other sinks commit after that. Between prepare(n) and commit(n) it
/// is given no rows. An error of commit(n) ends the run, whatever has become of what was prepared; who goes
/// on asks:
///
///     restore · isCommitted(n) · open · commit(n) · onBatch …      where it is
///     restore · isCommitted(n)                                     where not: the run goes on from before n
class Sink {
 public:
    /// A row that can't be written, and why: it is rejected, as a row is whose expression failed.
    struct Unwritable {
        std::string row;
        std::int64_t position;  ///< as Positions::at(); less than 0: none
        Text reason;
    };
    virtual ~Sink() = default;
    virtual bool blocking() const { return false; }
    /// Its rows are put in place by checkpoints, where the run takes some. Otherwise it knows no epoch but
    /// the last, and begins anew when a run goes on.
    virtual bool isTransactional() const { return false; }
    /// It decides which checkpoints count. One in a run can. Of sinks that are transactional.
    virtual bool decides() const { return false; }
    /// Of one that decides: whether what was prepared for `epoch`, which it was restored from, is in place.
    /// What is not is given up for good, and who prepared it is shut out before the answer is known, for that
    /// process may only seem to be gone: asked again, it answers the same.
    virtual Result<bool> isCommitted(Epoch) { return true; }
    /// Sees whether the sink can write and takes what nobody else may have meanwhile. What the sink will
    /// replace stays as it is, and so does what runs of other lines have left, which could be gone on from:
    /// another sink may fail to open. It goes with the first rows, with checkpoints at the first commit().
    virtual Status open() { return {}; }
    virtual Status onBatch(const Batch& batch) = 0;
    /// Rows of the last batch that were left out; taken by the runtime after onBatch().
    virtual std::vector<Unwritable> takeUnwritable() { return {}; }
    /// The smallest watermark over the wires rose.
    virtual Status onWatermark(Instant) { return {}; }
    /// Nothing is waiting at the input right now: a moment to make what was written visible. Also called once
    /// before the first batch when none is there yet.
    virtual Status onIdle() { return {}; }
    /// All input is there, or the run was stopped: hands over what is still buffered. No batch comes any
    /// more.
    virtual Status onEnd() { return {}; }
    /// With checkpoints, before the last prepare(), or before open() where only commit() is left: what takes
    /// the place of something at the end of the run is put there with it.
    virtual void setLast() {}
    virtual Status prepare(Epoch) { return {}; }
    virtual Status commit(Epoch) { return {}; }
    virtual void abort() {}
    /// After abort(), of a sink that is not in epochs: whether rows that it was given stay in place, or were
    /// sent, so that they would be there twice if they came again. A run without checkpoints that failed is
    /// started again only where no sink says so.
    virtual bool hasVisibleOutput() const { return true; }
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
