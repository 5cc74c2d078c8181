#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/secrets/ask_secrets.h"
#include "app/cli/secrets/hidden_line.h"
#include "app/cli/target_lookup.h"
#include "app/secrets.h"
#include "core/base/figures.h"
#include "core/base/output_files.h"
#include "core/base/table_text.h"
#include "core/base/whole_file.h"
#include "core/connect/connections/connection_store.h"
#include "core/connect/connections/connection_tester.h"
#include "core/connect/connections/secret_json.h"
#include "core/connect/connections/usable_connection.h"
#include "core/launch/connection_testers.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

/// Prints why not. Status 2: the words or the connection are wrong; 1: the world around failed.
int refuseConnection(const Error& error) {
    std::string text = english(error);
    if (!error.param.empty() && error.node.empty()) text = error.param + ": " + text;
    printMessage("error", text);
    return errorKindOf(error.code) == ErrorKind::Permanent || error.code == ErrorCode::NotFound ? 2 : 1;
}

std::string kindLabel(const Connection& connection) {
    const ConnectionKind* const kind = connectionKind(connection.kind);
    return kind != nullptr ? english(kind->label) : connection.kind;
}

/// “password in $SHOP_PASSWORD, token in the keyring”.
std::string secretsText(const Connection& connection) {
    std::string text;
    for (const auto& [name, place] : connection.secrets) {
        if (!text.empty()) text += ", ";
        text +=
            name + (place.kind == SecretRef::Kind::Environment ? " in $" + place.name : " in the keyring");
    }
    return text;
}

Json connectionJson(const Connection& connection) {
    Json all = {{"name", connection.name}, {"kind", connection.kind}, {"address", addressOf(connection)}};
    all["fields"] = Json(connection.fields);
    all["secrets"] = Json::object();
    for (const auto& [name, place] : connection.secrets) all["secrets"][name] = jsonOfSecret(place);
    const Status usable = usableConnection(connection);
    all["problem"] = usable.ok() ? Json() : Json(english(usable.error()));
    return all;
}

const char* outcomeWord(ConnectionStep::Outcome outcome) {
    switch (outcome) {
        case ConnectionStep::Outcome::Done:
            return "done";
        case ConnectionStep::Outcome::Warning:
            return "warning";
        case ConnectionStep::Outcome::Failed:
            break;
    }
    return "failed";
}

Json reportJson(const Connection& connection, const ConnectionReport& report) {
    Json all = {{"name", connection.name}, {"kind", connection.kind}, {"address", addressOf(connection)}};
    all["answers"] = report.failure() == nullptr;
    all["version"] = report.version.empty() ? Json() : Json(report.version);
    all["latency_ms"] = report.latency < 0 ? Json() : Json(report.latency);
    all["steps"] = Json::array();
    for (const ConnectionStep& step : report.steps) {
        Json entry = {{"name", english(step.name)},
                      {"outcome", outcomeWord(step.outcome)},
                      {"detail", english(step.detail)},
                      {"mend", english(step.mend)},
                      {"ms", step.took}};
        all["steps"].push_back(std::move(entry));
    }
    return all;
}

/// A line of standard input; a terminal does not show what is typed.
Secret secretFromInput(const std::string& connection, const std::string& secret) {
    if (::isatty(STDIN_FILENO) != 0)
        return readHiddenLine(printableLine(connection) + ", " + secret + ": ").value_or(Secret());
    std::string line;
    std::getline(std::cin, line);
    Secret typed(line);
    wipe(line);
    return typed;
}

/// The words were checked: each holds a “=”.
std::pair<std::string, std::string> pairOf(const std::string& word) {
    const std::size_t equals = word.find('=');
    return {word.substr(0, equals), word.substr(equals + 1)};
}

/// A name that the kind does not declare is a slip of the pen.
Status knownName(const ConnectionKind& kind, const std::string& name, bool secret) {
    if (secret ? connectionSecret(kind, name) != nullptr : connectionField(kind, name) != nullptr) return {};
    std::string names;
    const auto add = [&names](const std::string& each) { names += (names.empty() ? "" : ", ") + each; };
    if (secret) {
        for (const ConnectionSecretSpec& each : kind.secrets) add(each.name);
    } else {
        for (const ConnectionFieldSpec& each : kind.fields) add(each.name);
    }
    return {ErrorCode::Invalid,
            (secret ? RW_TEXT("cli", "A connection to %1 has no secret “%2”.")
                    : RW_TEXT("cli", "A connection to %1 has no field “%2”."))
                .with(kind.label, name),
            RW_TEXT("cli", "Choose one of these: %1.").with(names)};
}

Result<Connection> connectionOfWords(const AddConnectionCommand& command,
                                     const std::vector<Connection>& known) {
    const ConnectionKind& kind = *connectionKind(command.kind);
    Connection connection;
    connection.name = command.name;
    connection.kind = command.kind;
    for (const std::string& word : command.fields) {
        auto [name, value] = pairOf(word);
        RW_TRY(knownName(kind, name, false));
        connection.fields[name] = std::move(value);
    }
    for (const std::string& word : command.variables) {
        auto [name, variable] = pairOf(word);
        RW_TRY(knownName(kind, name, true));
        connection.secrets[name] = {SecretRef::Kind::Environment, std::move(variable)};
    }
    for (const std::string& name : command.keyring) {
        RW_TRY(knownName(kind, name, true));
        connection.secrets[name] = {SecretRef::Kind::Keyring, newKeyringEntry(known, command.name, name)};
    }
    RW_TRY(usableConnection(connection));
    RW_TRY(usableFiles(connection));
    return connection;
}

/// Takes entries out of the keyring that no connection refers to any more.
void forgetEntries(const std::set<std::string>& entries, const std::vector<Connection>& connections) {
    const std::set<std::string> needed = keyringEntries(connections);
    for (const std::string& entry : entries) {
        if (needed.count(entry) > 0) continue;
        static_cast<void>(secretSource());  // makes what the keyring needs
        const Status gone = ui::writeSecret(entry, {});
        if (!gone.ok()) printMessage("warning", "its secret stays in the keyring: " + english(gone.error()));
    }
}

Status putIntoKeyring(const Connection& connection) {
    for (const auto& [name, place] : connection.secrets) {
        if (place.kind != SecretRef::Kind::Keyring) continue;
        const Secret secret = secretFromInput(connection.name, name);
        if (secret.empty())
            return {ErrorCode::Invalid,
                    RW_TEXT("cli", "Standard input has no line with the secret “%1”.").with(name),
                    RW_TEXT("cli", "Type it, or send it there, one line for each.")};
        static_cast<void>(secretSource());  // makes what the keyring needs
        RW_TRY(ui::writeSecret(place.name, secret));
    }
    return {};
}

/// What is there already is overwritten only where it is such an export, or empty.
Status writeExportedFile(const std::string& text, const std::string& path) {
    std::string there;
    const std::error_code unread = readWhole(path, std::size_t{16} << 20, there);
    const bool foreign = unread ? unread != std::errc::no_such_file_or_directory
                                : !there.empty() && !readExportedConnections(there).ok();
    if (foreign)
        return {ErrorCode::Invalid,
                RW_TEXT("cli", "“%1” is there already, and holds no connections.").with(path),
                RW_TEXT("cli", "Choose another file, or remove that one.")};
    const WrittenWhole written = writeWhole(path, text, FileReaders::Usual);
    if (written.failed) return unwritable(written.failed, path);
    if (written.unsynced) return notSynced(path, written.unsynced, RW_TEXT("files", "Check the disk."));
    return {};
}

}  // namespace

int connections(bool json) {
    const Result<std::vector<Connection>> known = readConnections();
    if (!known.ok()) return refuseConnection(known.error());
    if (known->empty()) printMessage("note", "there are no connections in " + connectionsPath());
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{{"NAME", "KIND", "ADDRESS", "SECRETS"}};
    for (const Connection& connection : *known) {
        all.push_back(connectionJson(connection));
        rows.push_back(
            {connection.name, kindLabel(connection), addressOf(connection), secretsText(connection)});
        if (json) continue;
        const Status usable = usableConnection(connection);
        if (!usable.ok()) printMessage("warning", connection.name + ": " + english(usable.error()));
    }
    const bool table = !json && rows.size() > 1;
    const Status told = json || table ? writeOut(json ? indented(all) + "\n" : tableText(rows)) : Status();
    return told.ok() ? 0 : refuseConnection(told.error());
}

int testConnection(const std::string& name, bool json) {
    const Result<std::vector<Connection>> known = readConnections();
    if (!known.ok()) return refuseConnection(known.error());
    const Result<Connection> connection = connectionNamed(*known, name);
    if (!connection.ok()) return refuseConnection(connection.error());
    const SecretSource secrets = secretSource();
    if (isAttended() &&
        !askForTyped(toBeTyped(secretsOf(*connection), Connections({}, secrets)), "not tested"))
        return 2;
    const ConnectionReport report = rw::testConnection(*connection, secrets, allConnectionTesters());
    std::vector<std::vector<std::string>> rows{{"STEP", "TIME", "RESULT"}};
    for (const ConnectionStep& step : report.steps) {
        const bool failed = step.outcome == ConnectionStep::Outcome::Failed;
        const std::string result = english(step.detail) + (step.mend.empty() ? "" : " " + english(step.mend));
        rows.push_back({english(step.name), english(figures::took(static_cast<double>(step.took) / 1000)),
                        failed ? "failed" : english(step.detail)});
        if (step.outcome != ConnectionStep::Outcome::Done && !json)
            printMessage(failed ? "error" : "warning", english(step.name) + ": " + result);
    }
    const Status told = writeOut(json ? indented(reportJson(*connection, report)) + "\n" : tableText(rows));
    if (!told.ok()) return refuseConnection(told.error());
    return report.failure() == nullptr ? 0 : 1;
}

int addConnection(const AddConnectionCommand& command) {
    const ConnectionStore store;
    const Result<std::vector<Connection>> known = store.read();
    if (!known.ok()) return refuseConnection(known.error());
    const Result<Connection> connection = connectionOfWords(command, *known);
    if (!connection.ok()) return refuseConnection(connection.error());
    // Before a secret is asked for.
    if (connectionNamed(*known, command.name).ok()) {
        const Text taken =
            RW_TEXT("connections", "Another connection has the name “%1” already.").with(command.name);
        printMessage("error", english(taken));
        return 2;
    }
    Status added = putIntoKeyring(*connection);
    if (added.ok()) added = store.add(*connection);
    if (added.ok()) return 0;
    forgetEntries(keyringEntries({*connection}), *known);
    return refuseConnection(added.error());
}

int removeConnection(const std::string& name) {
    const ConnectionStore store;
    const Result<std::vector<Connection>> known = store.read();
    if (!known.ok()) return refuseConnection(known.error());
    if (const Status removed = store.remove(name); !removed.ok()) return refuseConnection(removed.error());
    const Result<std::vector<Connection>> left = store.read();
    if (left.ok()) forgetEntries(keyringEntries(*known), *left);
    return 0;
}

int renameConnection(const std::string& from, const std::string& to) {
    const ConnectionStore store;
    const Result<std::vector<Connection>> known = store.read();
    if (!known.ok()) return refuseConnection(known.error());
    const Result<Connection> before = connectionNamed(*known, from);
    if (!before.ok()) return refuseConnection(before.error());
    if (from == to) return 0;
    // It need not be usable otherwise: a newer version may have written it.
    if (const Status usable = usableConnectionName(to); !usable.ok()) return refuseConnection(usable.error());
    if (connectionNamed(*known, to).ok()) {
        const Text taken = RW_TEXT("connections", "Another connection has the name “%1” already.").with(to);
        printMessage("error", english(taken));
        return 2;
    }
    Connection now = *before;
    now.name = to;
    if (const Status done = store.change(*before, now); !done.ok()) return refuseConnection(done.error());
    printMessage("note", "pipelines that name “" + from + "” do not know it any more");
    return 0;
}

int exportConnections(const ExportConnectionsCommand& command) {
    const Result<std::vector<Connection>> known = readConnections();
    if (!known.ok()) return refuseConnection(known.error());
    std::vector<Connection> chosen;
    for (const std::string& name : command.names) {
        const Result<Connection> connection = connectionNamed(*known, name);
        if (!connection.ok()) return refuseConnection(connection.error());
        chosen.push_back(*connection);
    }
    const std::string text = rw::exportConnections(command.names.empty() ? *known : chosen);
    const bool toFile = !command.out.empty() && command.out != "-";
    const Status written = toFile ? writeExportedFile(text, command.out) : writeOut(text);
    return written.ok() ? 0 : refuseConnection(written.error());
}

int importConnections(const ImportConnectionsCommand& command) {
    const Result<std::vector<ExportedConnection>> read = readExportedFile(command.file);
    if (!read.ok()) return refuseConnection(read.error());
    const ConnectionStore store;
    const Result<std::vector<Connection>> before = store.read();
    if (!before.ok()) return refuseConnection(before.error());
    const auto replace = [&command](const std::string& name) {
        return std::find(command.replace.begin(), command.replace.end(), name) != command.replace.end();
    };
    const Result<ConnectionStore::Imported> done = store.merge(*read, replace);
    if (!done.ok()) return refuseConnection(done.error());
    if (const Result<std::vector<Connection>> now = store.read(); now.ok())
        forgetEntries(keyringEntries(*before), *now);
    Json needs = Json::object();
    for (const ExportedConnection& each : *read) {
        const std::string& name = each.connection.name;
        const auto holds = [&name](const std::vector<std::string>& names) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        if (each.needs.empty() || !(holds(done->added) || holds(done->replaced))) continue;
        needs[name] = each.needs;
        for (const std::string& secret : each.needs)
            printMessage("note", name + ": its " + secret + " is to be given here");
    }
    for (const std::string& name : done->clashes)
        printMessage("error", name +
                                  ": another connection of this name is here, with other fields; --replace " +
                                  name + " overwrites it");
    Status told;
    if (command.json) {
        const Json all = {{"added", done->added},
                          {"replaced", done->replaced},
                          {"same", done->same},
                          {"clashes", done->clashes},
                          {"needs", needs}};
        told = writeOut(indented(all) + "\n");
    }
    if (!told.ok()) return refuseConnection(told.error());
    return done->clashes.empty() ? 0 : 1;
}

}  // namespace rw::cli
