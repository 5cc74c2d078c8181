#include "core/connect/tables/publication.h"

#include "core/connect/tables/postgresql_session.h"

namespace rw {

namespace {

/// Of a partitioned table its partitions count.
constexpr const char* kWithoutWholeRows =
    "SELECT count(*) FROM pg_catalog.pg_class c WHERE c.relreplident <> 'f' AND c.oid IN ("
    "SELECT p.relid FROM pg_catalog.pg_partition_tree($1::regclass) p WHERE p.isleaf "
    "UNION SELECT r.oid FROM pg_catalog.pg_class r WHERE r.oid = $1::regclass AND r.relkind = 'r')";

/// By number, for a name of another table may be in a schema that this role can't look into, and the server
/// is free to compare names first.
constexpr const char* kPublication =
    "SELECT p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate, EXISTS ("
    "SELECT 1 FROM pg_catalog.pg_get_publication_tables(p.pubname::text) t WHERE t.relid = $2::regclass) "
    "FROM pg_catalog.pg_publication p WHERE p.pubname = $1";

std::string listOf(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

Status keyTellsApart(const DatabaseTable& table, const SqlReading& reading) {
    if (table.primaryKey.empty() && table.uniqueKeys.empty()) {
        return {ErrorCode::Refused,
                RW_TEXT("tables", "Table “%1” has no primary key: changes of its rows can't be told apart.")
                    .with(toString(reading.table)),
                RW_TEXT("tables", "Have a primary key added, or read the table by mode `growing`.")};
    }
    if (table.isUnique(reading.key)) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("tables", "The key %1 does not tell the rows of table “%2” apart.")
                .with(listOf(reading.key), toString(reading.table)),
            RW_TEXT("tables", "Its key is: %1.")
                .with(listOf(table.primaryKey.empty() ? table.uniqueKeys.front() : table.primaryKey))};
}

}  // namespace

Status canGiveChanges(DatabaseClient& client, const SelectedColumns& selected, const SqlReading& reading) {
    RW_TRY_ASSIGN(const DatabaseRows level, client.query("SELECT pg_catalog.current_setting('wal_level')"));
    if (level.first() != "logical") {
        return {ErrorCode::Refused,
                RW_TEXT("tables",
                        "The server at %1 does not write the changes of rows into its log (wal_level is %2).")
                    .with(client.address(), level.first()),
                RW_TEXT("tables",
                        "Have `wal_level = logical` set in postgresql.conf, and the server started again.")};
    }
    if (selected.table.isView) {
        return {ErrorCode::Invalid,
                RW_TEXT("tables", "“%1” is a view, which has no changes of its own.")
                    .with(toString(reading.table)),
                RW_TEXT("tables", "Read the changes of the tables that it is made of.")};
    }
    RW_TRY(keyTellsApart(selected.table, reading));
    RW_TRY_ASSIGN(const DatabaseRows partial, client.query(kWithoutWholeRows, {selected.quoted}));
    if (partial.first() == "0") return {};
    return {
        ErrorCode::Refused,
        RW_TEXT("tables",
                "The log has no old rows of table “%1”, which those that go on with its changes need.")
            .with(toString(reading.table)),
        RW_TEXT("tables", "Have its owner say: ALTER TABLE %1 REPLICA IDENTITY FULL").with(selected.quoted)};
}

Status havePublication(DatabaseClient& client, const SelectedColumns& selected, const SqlReading& reading) {
    RW_TRY_ASSIGN(const DatabaseRows found,
                  client.query(kPublication, {reading.publication, selected.quoted}));
    const std::string name = client.quoted(reading.publication);
    if (found.rows.empty()) {
        const std::string make = "CREATE PUBLICATION " + name + " FOR TABLE " + selected.quoted +
                                 " WITH (publish_via_partition_root = true)";
        const Status made = client.execute(make);
        if (!made.ok() && made.error().code == ErrorCode::Denied) {
            return {ErrorCode::Denied,
                    RW_TEXT("tables", "There is no publication “%1”, and the user may not make it: %2")
                        .with(reading.publication, made.error().message),
                    RW_TEXT("tables", "Have the owner of the table say: %1").with(make)};
        }
        RW_TRY(made);
        return client.execute("COMMENT ON PUBLICATION " + name + " IS " +
                              PostgresqlSession::quotedText(kOwnPublication));
    }
    const std::vector<DatabaseValue>& row = found.rows.front();
    if (row[1] != "t") {
        return {
            ErrorCode::Refused,
            RW_TEXT("tables", "Publication “%1” does not have table “%2”.")
                .with(reading.publication, toString(reading.table)),
            RW_TEXT("tables", "Have its owner say: ALTER PUBLICATION %1 ADD TABLE %2; or name another one.")
                .with(name, selected.quoted)};
    }
    if (row[0] == "t") return {};
    return {
        ErrorCode::Refused,
        RW_TEXT("tables", "Publication “%1” leaves some changes out.").with(reading.publication),
        RW_TEXT("tables",
                "Have its owner say: ALTER PUBLICATION %1 SET (publish = 'insert, update, delete, truncate')")
            .with(name)};
}

Status begins(const std::optional<ReplicationSlot>& slot, const SqlReading& reading) {
    if (!slot) return {};
    if (slot->plugin != "pgoutput") {
        return {ErrorCode::Refused,
                RW_TEXT("tables", "Slot “%1” is of another program: its plugin is “%2”.")
                    .with(slot->name, slot->plugin.empty() ? "–" : slot->plugin),
                RW_TEXT("tables", "Name another slot.")};
    }
    if (slot->isLost()) {
        return {
            ErrorCode::Refused,
            RW_TEXT("tables",
                    "The server has given up slot “%1”: its log grew beyond max_slot_wal_keep_size.")
                .with(reading.slot),
            RW_TEXT("tables",
                    "Drop the slot, and start the run from its beginning; or have more of the log kept.")};
    }
    if (slot->reader == 0) return {};
    return {ErrorCode::Io,
            RW_TEXT("tables", "Slot “%1” is being read from by somebody else, process %2 of the server.")
                .with(slot->name, slot->reader),
            RW_TEXT("tables", "Stop the other run, or name another slot.")};
}

Status goesOn(const std::optional<ReplicationSlot>& slot, const SqlReading& reading, PgLsn lsn) {
    if (!slot) {
        return {ErrorCode::Refused,
                RW_TEXT("tables", "Slot “%1” is gone, and with it the changes since the run was stopped.")
                    .with(reading.slot),
                RW_TEXT("tables", "Start the run from its beginning.")};
    }
    RW_TRY(begins(slot, reading));
    if (slot->confirmed <= lsn) return {};
    return {
        ErrorCode::Refused,
        RW_TEXT("tables", "Slot “%1” is at %2 already, behind the checkpoint, which is at %3.")
            .with(reading.slot, lsnText(slot->confirmed), lsnText(lsn)),
        RW_TEXT(
            "tables",
            "Resume from the newest checkpoint, start the run from its beginning, or see whether another run "
            "uses the slot.")};
}

}  // namespace rw
