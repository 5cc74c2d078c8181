// The tables that hold checkpoints, and the reasons for their design.
//
//   _rill_checkpoints        one row a checkpoint: its owner, number and kind, the sum of its parts
//   _rill_checkpoint_uses    which parts make which state of it, in order
//   _rill_checkpoint_parts   the parts, by their content: one that did not change is there once
//   _rill_checkpoint_runs    which files parts name (run_folder.h)
//
// `behind`: a run resumed from an older one, whose sinks took back the output behind it. Such a checkpoint is
// never resumed, for the numbers behind the older one have other rows now. Without a name it goes with the
// next checkpoint, with one it stays until it is removed.
//
// `pending`: the sink that decides (Sink::decides) had prepared this one, and whether it has committed is not
// known here. Until then it replaces none before it; programs that do not know this column refuse it
// by its version.
//
// A state that is written by change (StateSnapshot::changes) is its rest, whose seal is of that alone, and
// the parts behind it, of this checkpoint and of those before, down to the last that had the whole state.
// Parts that were written ahead of their checkpoint are held by a use whose `checkpoint` is their own number,
// negative, so that removing another checkpoint leaves them.
//
// A file may hold the checkpoints of several pipelines, each under its `owner`. `version` stands in each
// checkpoint: one of a newer program is refused, never guessed at. Numbers count on along a lineage,
// the column `line`: a run and those that resume from it.
//
// PRAGMAs: journal_mode WAL, so that people and lookups read while a checkpoint is written, and a kill leaves
// the file whole without a rollback journal that the next reader must play back. synchronous FULL, one sync
// of the log for each commit: with NORMAL, which syncs only when the log is folded back, a loss of power
// keeps the file whole but takes the newest commits away, and then a sink in another file may be ahead of its
// checkpoint. It costs one sync a checkpoint. It relies on the disk to keep the data that was synced.
// (https://www.sqlite.org/pragma.html#pragma_synchronous)
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/stream/state_snapshot.h"

namespace rw {

inline constexpr std::string_view kCheckpointsTable = "_rill_checkpoints";
inline constexpr int kCheckpointVersion = 4;  ///< the newest that this program reads
inline constexpr int kRunsVersion = 4;        ///< of those that name files of state
inline constexpr int kChangesVersion = 3;     ///< of the others that contain states by change
inline constexpr int kPendingVersion = 2;     ///< of the others that are pending
inline constexpr int kDecidedVersion = 1;     ///< of all others

/// The kind of a row of _rill_checkpoints.
enum class CheckpointKind {
    Running = 0,
    Ended = 1,    ///< StateSnapshot::ended
    Finished = 2  ///< the run ended well; without parts
};

/// A part of a state, as a checkpoint uses it. A node without name: the head of the checkpoint.
struct PartUse {
    StateSnapshot::OperatorId operatorId{};
    int instance = 0;
    std::string hash{};  ///< contentHash()
};
/// A part as the file has it, unchecked.
struct StoredPart {
    PartUse use{};
    std::string_view content{};  ///< with SQLite, until the statement goes on: a gigabyte is copied once
};
/// Of the columns node, stage, instance, hash and content of a row, from `first` on. Throws
/// SQLite::Exception.
StoredPart storedPart(SQLite::Statement& row, int first);

/// The head of a checkpoint, in its row.
struct CheckpointHead {
    std::string lineage{};
    Epoch number = 0;
    CheckpointKind kind = CheckpointKind::Running;
    Instant began = 0;
};
/// The sum over that and the parts of the checkpoint.
std::int64_t sumOf(const CheckpointHead& head, const std::vector<PartUse>& uses);

/// The file is broken there; not locked, or full.
bool isDamage(const SQLite::Exception& error);

/// Makes those that are not there. Throws SQLite::Exception.
void makeCheckpointTables(SQLite::Database& database);
bool hasCheckpointTables(const SQLite::Database& database);
/// SQL for the column `pending`, which files of older programs do not have. Throws SQLite::Exception.
std::string pendingColumn(SQLite::Database& database);

/// What of a new row is not in its head.
struct CheckpointMaking {
    int version = kDecidedVersion;
    bool pending = false;
    Instant taken = 0;
};
/// A new row without parts, and its sum, once these are there. Throw SQLite::Exception.
std::int64_t insertCheckpoint(SQLite::Database& database, const std::string& owner,
                              const CheckpointHead& head, const CheckpointMaking& making);
void setSum(SQLite::Database& database, std::int64_t id, std::int64_t sum, std::uint64_t bytes);

/// Puts the same checkpoint down again, without its name, as the newest. Throws SQLite::Exception.
void copyCheckpoint(SQLite::Database& database, std::int64_t id);

/// A run resumes from one before it. Throws SQLite::Exception.
void setBehind(SQLite::Database& database, std::int64_t id);

/// Holds a part that no checkpoint uses yet, and lets go of all that are held of an owner; whether there were
/// any. Throw SQLite::Exception.
void holdPart(SQLite::Database& database, std::int64_t part);
bool releaseHeldParts(SQLite::Database& database, const std::string& owner);
/// Lets go of those that are held, and removes them: their checkpoint does not come. Throws
/// SQLite::Exception.
void dropHeldParts(SQLite::Database& database, const std::string& owner);

/// The sink has committed it. Throws SQLite::Exception.
void setDecided(SQLite::Database& database, std::int64_t id);

/// Removes the checkpoint `id`, and with it the parts of its owner that no other uses. Throw
/// SQLite::Exception.
void removeCheckpoint(SQLite::Database& database, std::int64_t id);
void removeUnusedParts(SQLite::Database& database, const std::string& owner);

}  // namespace rw
