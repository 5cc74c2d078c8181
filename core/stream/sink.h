// The sink contract: where rows leave the engine.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/stream/live_view.h"
#include "core/stream/operator.h"
#include "core/stream/partition_state.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// Single-threaded: calls come one at a time, though not always from the same thread. A sink with blocking()
/// runs on a thread of its own and may wait for the outside world, but never for another sink of its run, and
/// not on when MakeContext::stopping(): within half a second it then gives up waiting, and notes which rows
/// were lost. A lock that several sinks of a run share is held for a bounded piece of work only.
///
/// A sink puts its output in place in two phases, so that several outside systems change together:
///
///     open · (onBatch | onWatermark | onIdle)* · onEnd · prepare(1) · commit(1) · close
///                                      └ or, at any time after open(): abort() · close
///
/// - prepare(epoch): all rows of the epoch were given. Everything that can fail is done now, and the output
///   is made durable but not yet visible: a file is synced under another name, rows are in a transaction
///   that lacks only its end (a prepared transaction, a flushed Kafka transaction), so that after a
///   success only the outside world's death can keep commit() from succeeding. Called on all sinks of a run,
///   one after the other, before the first commit().
/// - commit(epoch): puts the prepared output in place: a rename, a COMMIT. Quick, for until the last sink has
///   committed a crash leaves some outputs new and others old; slow work waits for close(). Sinks that
///   share a database commit with the first of them.
/// - abort(): gives up output that was not committed; staging is cleared, the old output stays. Called after
///   an error of this sink, a failure elsewhere, a failed prepare() of any sink, or when the results are not
///   wanted any more. Output that can't be taken back (rows appended, rows sent, a file written in place) is
///   completed as far as possible without waiting, and takeNotes() says what stays. Never fails.
///
/// A run whose sources all end (MakeContext::bounded) has one epoch, at its end: a sink that replaces an
/// older output stages its own until then. In a live run a sink shows its rows in onIdle() or when it sees
/// fit, and the first of them replace the older output.
///
/// With checkpoints (MakeContext::checkpoints) a sink of isTransactional() puts rows in place once a
/// checkpoint, and a run that resumes from one neither loses nor repeats any. `checkpoints.md` describes
/// each kind of sink:
///
///     open · (onBatch | … )* · [ prepare(n) · snapshot · … · commit(n) ]* · onEnd · setLast ·
///            prepare(n) · snapshot · commit(n) · close
///
/// - prepare(n) comes at the barrier of checkpoint n, between batches: the rows before it are epoch n.
///   snapshot() comes at once after it, and writes what commit(n) needs to know in another process.
/// - commit(n) comes when the checkpoint is durable, and before the next prepare(); rows of the next epoch
///   may come before it. It puts the output of n and of earlier numbers in place: a checkpoint may have
///   failed. When it comes, the decision has fallen: it is repeated until it succeeds.
/// - Resuming from checkpoint n: restore() · open() · commit(n) · onBatch …: commit() of output in place is
///   a success. The first commit() also gives up output that was prepared for later numbers and takes back
///   output that was put in place for them: they were broken, or an older checkpoint was chosen. open()
///   checks whether that can be done, as by trying it in a transaction that it rolls back, and changes
///   nothing: another sink may refuse. The decision falls between the two (CheckpointStore::begun()).
/// - abort() gives up output that is in no checkpoint. Output that waits for a decision stays: it is made
///   when the run is resumed.
///
/// A sink that decides() can't be asked for commit(n) by another process: the outside world gives its prepared
/// output up when the process is gone. For it alone the checkpoint becomes durable before commit(n), but
/// counts only behind its success, and the other sinks commit after that. Between prepare(n) and commit(n) it
/// is given no rows. An error of commit(n) ends the run, whether or not the output is in place; a run that
/// resumes asks:
///
///     restore · isCommitted(n) · open · commit(n) · onBatch …      where it is
///     restore · isCommitted(n)                                     where not: the run resumes from before n
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
    /// the last, and starts from the beginning when a run is resumed.
    virtual bool isTransactional() const { return false; }
    /// It decides which checkpoints count. One in a run can, or several as one (decidesWith). Of sinks that
    /// are transactional.
    virtual bool decides() const { return false; }
    /// Sinks of a run that decide and give the same text here are one in this: they have one transaction
    /// between them. Any one of them is asked isCommitted(n), and told the decision first.
    virtual std::string decidesWith() const { return {}; }
    /// Of one that decides: whether the output of `epoch`, which it was restored from, is in place. If not, it
    /// is given up for good, and the process that prepared it is fenced off before the answer is known, for it
    /// may only seem to be gone: asked again, it answers the same.
    virtual Result<bool> isCommitted(Epoch) { return true; }
    /// Checks that the sink can write and takes locks against other writers. The output to be replaced stays
    /// as it is, and so do files of other lineages, which could be resumed: another sink may fail to open. They
    /// go with the first rows, with checkpoints at the first commit().
    virtual Status open() { return {}; }
    virtual Status onBatch(const Batch& batch) = 0;
    /// Rows that were left out since it was asked last; taken by the runtime after onBatch(), onIdle(),
    /// prepare(), commit() and abort().
    virtual std::vector<Unwritable> takeUnwritable() { return {}; }
    /// The smallest watermark over the wires rose.
    virtual Status onWatermark(Instant) { return {}; }
    /// No rows are waiting at the input right now: a moment to make those written visible. Also called once
    /// before the first batch when none is there yet.
    virtual Status onIdle() { return {}; }
    /// All input is there, or the run was stopped: hands over the rows that are still buffered. No batch comes
    /// any more.
    virtual Status onEnd() { return {}; }
    /// With checkpoints, before the last prepare(), or before open() where only commit() is left: an output
    /// that replaces another at the end of the run is put in place with that epoch.
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
    /// Writes the sink's data of rows before a barrier that would be lost with the program, so that a run
    /// that resumes from there ends with the same; at a barrier, between batches. Default: nothing.
    virtual Status snapshot(StateWriter&) const { return {}; }
    /// Before open(): takes that over.
    virtual Status restore(const StateReader&) { return {}; }
    /// The picture of this sink, for charts; else null. Lives on after the run.
    virtual std::shared_ptr<LiveView> view() const { return nullptr; }
    /// How it stands to a system that may be out of reach; nothing: it has none. Tells what is known, and
    /// asks and waits for nobody. Safe from any thread.
    virtual std::optional<SinkStanding> standing() const { return std::nullopt; }
    /// Things worth telling (NaN written as NULL: 12 times; a file was removed meanwhile); taken by the
    /// runtime after onIdle(), commit() and abort().
    virtual std::vector<Text> takeNotes() { return {}; }
};

}  // namespace rw
