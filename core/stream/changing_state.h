// State that checkpoints contain by change: what a key had at the barrier is written between the calls that
// follow, piece by piece, and only where it has changed since the checkpoint before.
//
// At the barrier freeze() fixes the state and copies nothing, so that the barrier goes on at once. The
// runtime then asks for a piece between two calls of the operator until there is none. An operator that is to
// change something frozen before its piece was written copies that first. So a checkpoint has the state of
// its barrier, no call takes long, and a checkpoint costs what changed.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/store/sorted_run.h"

namespace rw {

/// A file that a checkpoint names in place of its content (SavedRun).
struct NamedRun {
    std::string_view field{};  ///< of what the state says of it, and of its content; a constant
    std::shared_ptr<const SortedRun> run{};
};

/// What operators implement, besides, that may have much state. Operator::snapshot() still writes all of it,
/// for those who want it in one piece; Operator::restore() takes over both. Called as the operator is.
///
/// A state consists of the fields of writeRest(), then of the keyed records of the pieces since the last
/// freeze of the whole, in order. restore() finds all of them in one record. A later piece replaces what
/// earlier ones say of a key, and says which keys are gone.
class ChangingState {
 public:
    virtual ~ChangingState() = default;
    /// Whether this one does. The same answer each time.
    virtual bool writesChanges() const { return true; }
    /// At a barrier, before the next two: whether the pieces since the last freeze of the whole are not of
    /// the state any more, so that the freeze has to be of the whole.
    virtual bool needsWhole() const { return false; }
    /// At a barrier: the fields that belong to no key, and what is small.
    virtual void writeRest(StateWriter& out) const = 0;
    /// At a barrier, when nothing is frozen any more: the pieces to come have the state as it is now; all of
    /// it, or what has changed since the last freeze. The first one is of the whole.
    virtual void freeze(bool whole) = 0;
    /// Writes a bounded part of what is frozen, as keyed records. False: that was all.
    virtual bool writePiece(StateWriter& out) = 0;
    // Where checkpoints name files (MakeContext::namesRuns).
    /// Files that belong to the pieces since the last call: the state has each of them from then on, up to
    /// the next freeze of the whole. They may be written as content instead, under the same names of fields.
    virtual std::vector<NamedRun> takeRuns() { return {}; }
    /// Whether the pieces of the last freeze are of a form in which some may be files, whether or not any is:
    /// programs that know of no files must not read them.
    virtual bool mayNameRuns() const { return false; }
    /// Those, by their names (SavedRun::name) and with the bytes of the state in them, that the state of the
    /// last freeze still needs. Others are not part of it any more.
    virtual std::map<std::string, std::uint64_t> runsNamed() const { return {}; }
    /// Why a piece could not be written, where the state is in files: no other is written then, and the
    /// checkpoint must not be kept. The state is of no use any more.
    virtual Status writing() const { return {}; }
};

}  // namespace rw
