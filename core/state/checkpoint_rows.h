// The rows of _rill_checkpoints, and the content of a checkpoint.
#pragma once
#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "core/state/run_folder.h"
#include "core/state/saved_checkpoints.h"

namespace rw {

struct CheckpointRow {
    std::int64_t id = 0;
    SavedCheckpoint about{};
    Instant began = 0;
    std::int64_t sum = 0;
    bool hasChanges = false;  ///< states by change: their seals are of a part of them
    bool namesRuns = false;   ///< states name files
};

/// Those of an owner, the newest first, those behind an older one last. Throws SQLite::Exception.
std::vector<CheckpointRow> rowsOf(SQLite::Database& database, const std::string& owner);

/// The head of a checkpoint as it is in its row, unchecked. Throws SQLite::Exception.
std::string aboutOf(SQLite::Database& database, const CheckpointRow& row);

/// All of it. Its parts are checked, and that none is missing, nor a file that it names. ErrorCode::Io: it is
/// damaged; another one: its files can't be reached. Throws SQLite::Exception where it can't be read for
/// another reason.
Result<LoadedCheckpoint> readCheckpoint(SQLite::Database& database, const CheckpointRow& row,
                                        const RunFolder& runs);
/// Whether the files are there that states name, as RunFolder::check() says.
Status checkRuns(const StateSnapshot& snapshot, const RunFolder& runs);

/// As errors name when it was taken.
std::string whenOf(Instant at);
/// The advice where no checkpoint can be resumed.
Text startAnew();

}  // namespace rw
