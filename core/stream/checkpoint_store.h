// Where the checkpoints of a run are kept: the face that core/runtime writes to and core/state implements.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/stream/changing_state.h"
#include "core/stream/operator.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// How large a checkpoint is.
struct CheckpointSize {
    std::uint64_t bytes = 0;    ///< state of all nodes
    std::uint64_t written = 0;  ///< of it; the rest was there from checkpoints before
    std::map<NodeId, std::uint64_t> writtenOf{};  ///< … by node; what is of none is by the empty name

    /// So many bytes of the state of a node were written.
    void addWritten(const NodeId& node, std::uint64_t more) {
        written += more;
        writtenOf[node] += more;
    }
};

class CheckpointStore;

/// The state from which a run resumes the newest checkpoint of another one, in the same program.
struct ResumePoint {
    std::shared_ptr<CheckpointStore> store{};
    /// Null: the lineage has no checkpoint yet, and starts where its first run began.
    std::shared_ptr<const StateSnapshot> restore{};
    bool finished = false;           ///< the run had ended well: there is nothing left to do
    std::vector<Text> passedOver{};  ///< newer checkpoints that could not be used, and why
};

/// The checkpoints of one run and of those that resume from it. Calls come one at a time, though not always
/// from the same thread, and may wait for the disk:
///
///     line · expectDecider? · open · settle? · begun? · (wants · ((add | addRuns)* · write · decided?)?)* ·
///     finish? · close
class CheckpointStore {
 public:
    virtual ~CheckpointStore() = default;
    /// As MakeContext::checkpoints. Empty: no sink puts rows in place by these checkpoints.
    virtual const std::string& lineage() const = 0;
    /// As MakeContext::journals: the same in all runs of the pipeline. Empty: nobody resumes from these
    /// checkpoints in another process.
    virtual std::string journals() const { return {}; }
    /// A sink of the run decides which checkpoints count (Sink::decides): write() gets pending ones, and rows
    /// of sinks in the same database wait until they commit.
    virtual void expectDecider() {}
    /// After the sinks were made, before one is opened. Locks the store against other runs and checks that it
    /// can write; `context` is of no node. Checkpoints of earlier runs stay: those behind the one that the run
    /// resumes from until begun(), others until the first write().
    virtual Status open(const MakeContext& context) = 0;
    /// The run was to resume from checkpoint `number`, which is pending, and its sink has said whether it was
    /// committed. When this is a success the answer outlives a loss of power: the checkpoint is one like
    /// others, or it is gone, and next() gives the one before it.
    virtual Status settle(Epoch /*number*/, bool /*committed*/) { return {}; }
    /// All sinks are open, and can take back rows behind the checkpoint that the run resumes from. This is the
    /// decision that they do: when it is a success it outlives a loss of power, and no run resumes from
    /// checkpoints behind it any more; after an error nothing has changed. Sinks in the same database take
    /// back in the same transaction, others at their next commit(). Of a run that starts anew it is the
    /// decision that an earlier one that ended well is not the last one any more.
    virtual Status begun() { return {}; }
    /// Before a checkpoint is begun, but for the last one: whether it is worth it by now. If not, it is asked
    /// again after CheckpointOptions::every.
    virtual bool wants() { return true; }
    /// When a run is stopped: whether a run may resume from a last checkpoint. Otherwise none is taken, and
    /// the stop waits for none. Any thread, at any time.
    virtual bool wantsLast() const { return true; }
    /// Whether checkpoints may contain states by change (StateSnapshot::changes). If not, each has all of it.
    virtual bool takesChanges() const { return false; }
    /// Writes a part of the state of the next checkpoint ahead of it, and gives the name under which that
    /// checkpoint, and later ones up to one that is StateSnapshot::Changes::whole, have it. Nobody sees it
    /// before; when the checkpoint does not come it is dropped.
    virtual Result<std::string> add(std::string_view /*part*/) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("checkpoint", "These checkpoints contain no state by change."));
    }
    /// Whether parts may be files that are named (addRuns()). The same answer each time.
    virtual bool takesRuns() const { return false; }
    /// Parts of the next checkpoint, as add() writes one, that name files in place of their content: a part
    /// for each. The files are linked beside the checkpoints, or copied, and stay there for as long as one of
    /// them names them. The content of one that can't be is to be added instead.
    struct AddedRun {
        std::string part{};         ///< as add() gives it; empty: the file could be neither linked nor copied
        std::uint64_t written = 0;  ///< bytes that were not there before
    };
    virtual Result<std::vector<AddedRun>> addRuns(std::span<const NamedRun> /*runs*/) {
        return Status(ErrorCode::Invalid, RW_TEXT("checkpoint", "These checkpoints contain no files."));
    }
    /// Writes a whole checkpoint. When it is a success it outlives a loss of power, and the oldest beyond
    /// those that are kept are gone; after an error the one before is the newest. Rows that wait for
    /// `snapshot.number` in the same database (MakeContext::scope shares it) get into their tables in the
    /// same transaction, those for earlier numbers too. One that is `snapshot.pending` replaces none: those
    /// before it stay, and no rows get into tables, until decided().
    virtual Result<CheckpointSize> write(const StateSnapshot& snapshot) = 0;
    /// The newest was pending, and its sink has committed it: it counts.
    virtual Status decided(Epoch /*number*/) { return {}; }
    /// The run ended well, and its sinks have committed: records that no checkpoint is left to resume
    /// from.
    virtual Status finish() = 0;
    virtual void close() = 0;
    /// After close(): the state for a run that resumes here, unedited. ErrorCode::Io where the disk may give
    /// another answer later, ErrorCode::Invalid where no checkpoint can be resumed any more: they are broken,
    /// or another run has replaced them.
    virtual Result<ResumePoint> next() const {
        return Status(ErrorCode::Invalid, RW_TEXT("checkpoint", "These checkpoints can't be resumed from."));
    }
};

}  // namespace rw
