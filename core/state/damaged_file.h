// Files of checkpoints that were cut or broken: what is intact in them is read and copied, and they are kept.
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <optional>
#include <string>

#include "core/base/output_files.h"
#include "core/state/checkpoint_location.h"
#include "core/state/saved_checkpoints.h"

namespace rw {

/// How long reading waits for a program that has the file locked.
inline constexpr int kLockedMillis = 500;

/// A file that was cut is refused by SQLite as a whole. With writable_schema it believes the head of the file
/// and reads the pages that are there: checkpoints before the cut are whole. Throws
/// SQLite::Exception.
SQLite::Database openDamaged(const DatabaseFile& file, CheckpointLook look);

/// The advice for one that may have checkpoints that are whole.
Text resumeFromWhatIsLeft();

/// The error for `error`, which reading it gave. `fix`: for a damaged file of checkpoints alone.
Status readingError(const SQLite::Exception& error, const CheckpointLocation& location, Text fix);

/// A file that was cut or broken (LoadedCheckpoint::fileDamaged) can be read as far as it goes, but not be
/// written. It is renamed to “….damaged”, or “….damaged-2” where there is one, and that path is returned. A
/// new file in its place gets the checkpoints that are whole, for a run that may yet not begin. An error
/// where sinks write it, too.
Result<std::string> putDamagedAside(const CheckpointLocation& location);

/// The same for a file of checkpoints alone that SQLite finds broken, and that no run writes now; nothing:
/// there is no such file. Reads all of it.
Result<std::optional<std::string>> putAsideIfBroken(const CheckpointLocation& location);

}  // namespace rw
