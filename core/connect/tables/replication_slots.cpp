#include "core/connect/tables/replication_slots.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

namespace rw {

namespace {

constexpr const char* kSlots =
    "SELECT s.slot_name, coalesce(s.plugin, ''), coalesce(s.database, ''), s.temporary, "
    "coalesce(s.active_pid, 0), coalesce(s.confirmed_flush_lsn::text, ''), coalesce(s.wal_status, ''), "
    "CASE WHEN pg_catalog.pg_is_in_recovery() OR s.restart_lsn IS NULL THEN -1 "
    "ELSE pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), s.restart_lsn)::bigint END "
    "FROM pg_catalog.pg_replication_slots s ";

Result<ReplicationSlot> slotOf(const std::vector<DatabaseValue>& row) {
    ReplicationSlot slot;
    slot.name = row[0].value_or("");
    slot.plugin = row[1].value_or("");
    slot.database = row[2].value_or("");
    slot.isTemporary = row[3] == "t";
    slot.reader = std::atoi(row[4].value_or("").c_str());
    if (const std::string confirmed = row[5].value_or(""); !confirmed.empty()) {
        RW_TRY_ASSIGN(slot.confirmed, readPgLsn(confirmed));
    }
    slot.state = row[6].value_or("");
    slot.kept = std::strtoll(row[7].value_or("-1").c_str(), nullptr, 10);
    return slot;
}

}  // namespace

Result<std::vector<ReplicationSlot>> replicationSlots(DatabaseClient& client) {
    RW_TRY_ASSIGN(const DatabaseRows found, client.query(fmt::format("{}ORDER BY s.slot_name", kSlots)));
    std::vector<ReplicationSlot> slots;
    for (const std::vector<DatabaseValue>& row : found.rows) {
        RW_TRY_ASSIGN(ReplicationSlot slot, slotOf(row));
        slots.push_back(std::move(slot));
    }
    return slots;
}

Result<std::optional<ReplicationSlot>> replicationSlot(DatabaseClient& client, const std::string& name) {
    RW_TRY_ASSIGN(const DatabaseRows found,
                  client.query(std::string(kSlots) + "WHERE s.slot_name = $1", {name}));
    if (found.rows.empty()) return std::optional<ReplicationSlot>();
    RW_TRY_ASSIGN(ReplicationSlot slot, slotOf(found.rows.front()));
    return std::optional<ReplicationSlot>(std::move(slot));
}

Status dropReplicationSlot(DatabaseClient& client, const std::string& name) {
    RW_TRY_ASSIGN(const std::optional<ReplicationSlot> slot, replicationSlot(client, name));
    if (!slot) {
        return {ErrorCode::NotFound,
                RW_TEXT("tables", "There is no slot “%1” on the server at %2.").with(name, client.address()),
                RW_TEXT("tables", "See which there are.")};
    }
    if (slot->reader != 0) {
        return {ErrorCode::Refused,
                RW_TEXT("tables", "Slot “%1” is being read from, by process %2 of the server.")
                    .with(name, slot->reader),
                RW_TEXT("tables", "Stop the run that reads from it first.")};
    }
    RW_TRY(client.query("SELECT pg_catalog.pg_drop_replication_slot($1)", {name}).status());
    RW_TRY_ASSIGN(const DatabaseRows own,
                  client.query("SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = $1 AND "
                               "pg_catalog.obj_description(oid, 'pg_publication') = $2",
                               {name, kOwnPublication}));
    if (own.rows.empty()) return {};
    return client.execute("DROP PUBLICATION " + client.quoted(name));
}

}  // namespace rw
