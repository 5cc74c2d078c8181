// Slots of PostgreSQL: places in its log that a reader of changes keeps, and up to which the server keeps the
// log.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/databases/database_client.h"
#include "core/connect/tables/pg_output.h"

namespace rw {

struct ReplicationSlot {
    std::string name{};
    std::string plugin{};      ///< “pgoutput”; empty: of a standby server
    std::string database{};    ///< empty: of a standby server
    bool isTemporary = false;  ///< goes with its session
    int reader = 0;            ///< the process of the server that reads from it now; 0: nobody does
    PgLsn confirmed = 0;       ///< what lies before is not wanted any more; 0: not known
    std::string state{};  ///< of the log that it needs: “reserved”, “extended”, “unreserved”, “lost”
    std::int64_t kept = -1;  ///< bytes of the log that the server keeps for it; less than 0: not known

    /// Its log is gone: nothing can be read from it any more.
    bool isLost() const { return state == "lost"; }
};

// Of sessions with PostgreSQL that are connected.
/// All of the server, in the order of their names.
Result<std::vector<ReplicationSlot>> replicationSlots(DatabaseClient& client);
/// Nothing: there is none of that name.
Result<std::optional<ReplicationSlot>> replicationSlot(DatabaseClient& client, const std::string& name);

/// Drops one that nobody reads from, and the publication of its name where this program has made that.
/// Whoever read from it can't go on: their changes since then are lost.
Status dropReplicationSlot(DatabaseClient& client, const std::string& name);

/// What is said of publications that this program makes.
inline constexpr const char* kOwnPublication = "made by Rillwright for the slot of this name";

}  // namespace rw
