#include "core/connect/connections/connection_store.h"

#include <algorithm>
#include <utility>

#include "core/base/output_files.h"
#include "core/base/whole_file.h"
#include "core/connect/connections/usable_connection.h"
#include "core/pipeline/json/json_layout.h"

namespace rw {

namespace {

/// Its place; the size of the list: there is none.
std::size_t placeOf(const std::vector<Connection>& list, const std::string& name) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&name](const Connection& each) { return each.name == name; });
    return static_cast<std::size_t>(found - list.begin());
}

Status nameIsTaken(const std::string& name) {
    Error error{ErrorCode::Invalid,
                RW_TEXT("connections", "Another connection has the name “%1” already.").with(name),
                RW_TEXT("connections", "Choose another name.")};
    error.param = "name";
    return Status(std::move(error));
}

Status changedMeanwhile() {
    return {
        ErrorCode::Invalid,
        RW_TEXT(
            "connections",
            "Another window, or another program, has changed the connection meanwhile: nothing was stored."),
        RW_TEXT("connections", "Look at it as it is now, and change it again.")};
}

Json entryOf(const Connection& connection) {
    Json entry = Json::object();
    putInJson(connection, entry);
    return entry;
}

std::string folderOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

bool samePlace(const Connection& a, const Connection& b) {
    return a.kind == b.kind && a.fields == b.fields;
}

}  // namespace

Status ConnectionStore::edit(
    const std::function<Status(Json& list, const std::vector<Connection>& known)>& change) const {
    makeFolderOf(m_path);
    const FolderTurn turn(folderOf(m_path));
    if (!turn.taken())
        return {ErrorCode::Locked,
                RW_TEXT("connections", "Another program keeps the folder of “%1” locked: nothing was stored.")
                    .with(m_path),
                RW_TEXT("connections", "Try again; end the other program if it hangs.")};
    RW_TRY_ASSIGN(Json root, readConnectionJson(m_path));
    RW_TRY_ASSIGN(const std::vector<Connection> known, connectionsOfJson(root));
    const Json before = root;
    RW_TRY(change(root["connections"], known));
    if (root == before) return {};
    RW_TRY(connectionsOfJson(root).status());
    const WrittenWhole written = writeWhole(m_path, indented(root) + "\n", FileReaders::Owner);
    if (written.failed) return unwritable(written.failed, m_path);
    if (written.unsynced)
        return notSynced(m_path, written.unsynced, RW_TEXT("files", "Check the disk, then save it again."));
    return {};
}

Status ConnectionStore::add(const Connection& connection) const {
    RW_TRY(usableConnection(connection));
    return edit([&connection](Json& list, const std::vector<Connection>& known) -> Status {
        if (placeOf(known, connection.name) < known.size()) return nameIsTaken(connection.name);
        list.push_back(entryOf(connection));
        return {};
    });
}

Status ConnectionStore::change(const Connection& before, const Connection& now) const {
    RW_TRY(usableConnection(now));
    return edit([&before, &now](Json& list, const std::vector<Connection>& known) -> Status {
        const std::size_t place = placeOf(known, before.name);
        if (place == known.size() || !(known[place] == before)) return changedMeanwhile();
        if (now.name != before.name && placeOf(known, now.name) < known.size()) return nameIsTaken(now.name);
        putInJson(now, list[place]);
        return {};
    });
}

Status ConnectionStore::remove(const std::string& name) const {
    return edit([&name](Json& list, const std::vector<Connection>& known) -> Status {
        RW_TRY(connectionNamed(known, name).status());
        list.erase(placeOf(known, name));
        return {};
    });
}

Result<ConnectionStore::Imported> ConnectionStore::merge(
    const std::vector<ExportedConnection>& connections,
    const std::function<bool(const std::string& name)>& replace) const {
    Imported imported;
    RW_TRY(edit([&](Json& list, const std::vector<Connection>& known) -> Status {
        for (const ExportedConnection& each : connections) {
            const Connection& connection = each.connection;
            const std::size_t place = placeOf(known, connection.name);
            if (place == known.size()) {
                list.push_back(entryOf(connection));
                imported.added.push_back(connection.name);
            } else if (samePlace(known[place], connection)) {
                imported.same.push_back(connection.name);
            } else if (replace && replace(connection.name)) {
                putInJson(connection, list[place]);
                imported.replaced.push_back(connection.name);
            } else {
                imported.clashes.push_back(connection.name);
            }
        }
        return {};
    }));
    return imported;
}

Result<Connection> connectionNamed(const std::vector<Connection>& connections, const std::string& name) {
    const std::size_t place = placeOf(connections, name);
    if (place < connections.size()) return connections[place];
    Text known;
    for (const Connection& each : connections)
        known = known.empty() ? RW_TEXT("connections", "“%1”").with(each.name)
                              : RW_TEXT("connections", "%1, “%2”").with(known, each.name);
    return Status(ErrorCode::NotFound, RW_TEXT("connections", "There is no connection “%1”.").with(name),
                  known.empty() ? RW_TEXT("connections",
                                          "None is known yet: add one in the Preferences, under "
                                          "Connections, or with “rillwright connections add”.")
                                : RW_TEXT("connections", "Those that are known: %1.").with(known));
}

std::string newKeyringEntry(const std::vector<Connection>& known, const std::string& connection,
                            const std::string& secret) {
    const std::set<std::string> taken = keyringEntries(known);
    const std::string wanted = "connection " + connection + " " + secret;
    std::string entry = wanted;
    // A connection that was renamed keeps its entries.
    for (int number = 2; taken.count(entry) > 0; ++number) entry = wanted + " " + std::to_string(number);
    return entry;
}

std::set<std::string> keyringEntries(const std::vector<Connection>& connections) {
    std::set<std::string> entries;
    for (const Connection& connection : connections) {
        for (const auto& [name, place] : connection.secrets) {
            if (place.kind == SecretRef::Kind::Keyring) entries.insert(place.name);
        }
    }
    return entries;
}

}  // namespace rw
