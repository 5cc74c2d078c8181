// What has to be so on a server of PostgreSQL before changes of a table can be read.
#pragma once
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/connect/tables/replication_slots.h"
#include "core/connect/tables/selected_columns.h"

namespace rw {

/// The log has the changes of rows, and of this table whole old rows; the key tells its rows apart. Errors
/// say what to have changed.
Status canGiveChanges(DatabaseClient& client, const SelectedColumns& selected, const SqlReading& reading);

/// The publication that the slot's reader asks for has all changes of the table. Where there is none it is
/// made.
Status havePublication(DatabaseClient& client, const SelectedColumns& selected, const SqlReading& reading);

/// Whether reading can go on at `lsn`, which is not 0, with the slot as it is. Io: somebody else reads from
/// it.
Status goesOn(const std::optional<ReplicationSlot>& slot, const SqlReading& reading, PgLsn lsn);
/// The same of a run that begins: nothing, or a slot of an earlier run.
Status begins(const std::optional<ReplicationSlot>& slot, const SqlReading& reading);

}  // namespace rw
