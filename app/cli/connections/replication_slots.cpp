#include "core/connect/tables/replication_slots.h"

#include <memory>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/target_lookup.h"
#include "app/secrets.h"
#include "core/base/byte_size.h"
#include "core/base/table_text.h"
#include "core/connect/connections/connection_store.h"
#include "core/connect/sql/database_clients.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

/// Status 2: the words or the connection are wrong; 1: the world around failed.
int refuseSlots(const Error& error) {
    printMessage("error", english(error));
    return errorKindOf(error.code) == ErrorKind::Permanent || error.code == ErrorCode::NotFound ? 2 : 1;
}

Json slotJson(const ReplicationSlot& slot) {
    return {{"name", slot.name},
            {"plugin", slot.plugin},
            {"database", slot.database},
            {"temporary", slot.isTemporary},
            {"reader", slot.reader == 0 ? Json() : Json(slot.reader)},
            {"confirmed", slot.confirmed == 0 ? Json() : Json(lsnText(slot.confirmed))},
            {"state", slot.state},
            {"kept_bytes", slot.kept < 0 ? Json() : Json(slot.kept)}};
}

std::vector<std::string> slotRow(const ReplicationSlot& slot) {
    return {slot.name,
            slot.database,
            slot.plugin,
            slot.reader == 0 ? "nobody" : "process " + std::to_string(slot.reader),
            slot.kept < 0 ? "–" : byteSizeText(static_cast<std::uint64_t>(slot.kept)),
            slot.state};
}

Result<std::unique_ptr<DatabaseClient>> connected(const std::string& name) {
    RW_TRY_ASSIGN(std::vector<Connection> known, ConnectionStore().read());
    RW_TRY_ASSIGN(const Connection connection, connectionNamed(known, name));
    if (connection.kind != "postgresql") {
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("cli", "The connection “%1” does not lead to PostgreSQL, which alone has slots.")
                .with(name),
            RW_TEXT("cli", "Name another connection."));
    }
    const auto all = std::make_shared<const Connections>(std::move(known), secretSource());
    constexpr Millis kWithin = 10'000;
    DatabaseClient::About about;
    about.answerWithin = kWithin;
    std::unique_ptr<DatabaseClient> client = makeDatabaseClient(NodeConnection(connection, all), about);
    RW_TRY(client->connect());
    return client;
}

}  // namespace

int replicationSlots(const SlotsCommand& command) {
    const Result<std::unique_ptr<DatabaseClient>> client = connected(command.connection);
    if (!client.ok()) return refuseSlots(client.error());
    if (!command.drop.empty()) {
        const Status dropped = dropReplicationSlot(**client, command.drop);
        return dropped.ok() ? 0 : refuseSlots(dropped.error());
    }
    const Result<std::vector<ReplicationSlot>> slots = rw::replicationSlots(**client);
    if (!slots.ok()) return refuseSlots(slots.error());
    if (slots->empty()) printMessage("note", "the server has no replication slots");
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{
        {"SLOT", "DATABASE", "PLUGIN", "READ BY", "KEPT LOG", "STATE"}};
    for (const ReplicationSlot& slot : *slots) {
        all.push_back(slotJson(slot));
        rows.push_back(slotRow(slot));
    }
    const bool table = !command.json && rows.size() > 1;
    const Status told =
        command.json || table ? writeOut(command.json ? indented(all) + "\n" : tableText(rows)) : Status();
    return told.ok() ? 0 : refuseSlots(told.error());
}

}  // namespace rw::cli
