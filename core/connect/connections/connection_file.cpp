#include "core/connect/connections/connection_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/own_folders.h"
#include "core/connect/connections/secret_json.h"
#include "core/connect/connections/usable_connection.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

/// `at` is the place in the file: “connections[2].fields.address”.
Status wrongAt(const std::string& at, const Text& what, Text fix = {}) {
    return {ErrorCode::Invalid, RW_TEXT("connections", "%1: %2").with(at, what), std::move(fix)};
}

Text whereSecretsLie() {
    return RW_TEXT("connections",
                   "Secrets do not belong into this file. Write {\"environment\": \"NAME\"} or {\"keyring\": "
                   "\"NAME\"} under “secrets”, and keep the secret there.");
}

/// Null where there is none.
const Json& memberIn(const Json& object, const char* name) {
    static const Json kNone;
    const auto found = object.find(name);
    return found == object.end() ? kNone : *found;
}

Result<std::string> readName(const Json& object, const char* name, const std::string& at) {
    const Json& member = memberIn(object, name);
    if (member.is_string() && !member.get_ref<const std::string&>().empty()) return member.get<std::string>();
    return wrongAt(at + "." + name, RW_TEXT("connections", "it should be a text."));
}

Status readFields(const Json& fields, const std::string& at, Connection& connection) {
    if (fields.is_null()) return {};
    if (!fields.is_object()) return wrongAt(at, RW_TEXT("connections", "it should be an object."));
    for (const auto& [name, value] : fields.items()) {
        if (!value.is_string())
            return wrongAt(at + "." + name, RW_TEXT("connections", "it should be a text."));
        const auto& text = value.get_ref<const std::string&>();
        if (holdsPassword(text))
            return wrongAt(at + "." + name, RW_TEXT("connections", "there is a password in the address."),
                           whereSecretsLie());
        connection.fields[name] = text;
    }
    return {};
}

Status readSecrets(const Json& secrets, const std::string& at, Connection& connection) {
    if (secrets.is_null()) return {};
    if (!secrets.is_object()) return wrongAt(at, RW_TEXT("connections", "it should be an object."));
    for (const auto& [name, place] : secrets.items()) {
        const std::optional<SecretRef> secret = secretOfJson(place);
        if (!secret)
            return wrongAt(at + "." + name, RW_TEXT("connections", "it should say where the secret lies."),
                           whereSecretsLie());
        if (connection.fields.count(name) > 0)
            return wrongAt(at + "." + name, RW_TEXT("connections", "there is a field of that name, too."));
        connection.secrets[name] = *secret;
    }
    return {};
}

Result<Connection> readConnection(const Json& json, const std::string& at) {
    if (!json.is_object()) return wrongAt(at, RW_TEXT("connections", "it should be an object."));
    Connection connection;
    RW_TRY_ASSIGN(connection.name, readName(json, "name", at));
    RW_TRY_ASSIGN(connection.kind, readName(json, "kind", at));
    RW_TRY(readFields(memberIn(json, "fields"), at + ".fields", connection));
    RW_TRY(readSecrets(memberIn(json, "secrets"), at + ".secrets", connection));
    return connection;
}

}  // namespace

std::string connectionsPath() {
    return configFolder() + "/connections.json";
}

Result<std::vector<Connection>> connectionsOfJson(const Json& root) {
    static const Json kNothing = Json::object();
    const Json& list = memberIn(root.is_object() ? root : kNothing, "connections");
    if (!list.is_array()) return wrongAt("connections", RW_TEXT("connections", "it should be a list."));
    std::vector<Connection> connections;
    for (const Json& each : list) {
        const std::string at = fmt::format("connections[{}]", connections.size());
        RW_TRY_ASSIGN(Connection connection, readConnection(each, at));
        const bool twin = std::any_of(connections.begin(), connections.end(),
                                      [&](const Connection& one) { return one.name == connection.name; });
        if (twin)
            return wrongAt(at + ".name",
                           RW_TEXT("connections", "another connection has the name “%1” already.")
                               .with(connection.name));
        connections.push_back(std::move(connection));
    }
    return connections;
}

Result<Json> readConnectionJson(const std::string& path) {
    const auto read = [&path]() -> Result<Json> {
        RW_TRY_ASSIGN(const std::string text, readPipelineText(path));
        RW_TRY_ASSIGN(Json root, parseJson(text));
        RW_TRY(connectionsOfJson(root).status());
        return root;
    };
    Result<Json> root = read();
    if (root.ok()) return root;
    const Error& error = root.error();
    if (error.code == ErrorCode::NotFound) {
        Json none = Json::object();
        none["connections"] = Json::array();
        return none;
    }
    if (error.code == ErrorCode::Io || error.code == ErrorCode::Denied) return root;
    // The advice of the reader of pipelines is about pipelines.
    const bool ours = std::string_view(error.message.context) == "connections" && !error.fix.empty();
    return Status(ErrorCode::Invalid,
                  RW_TEXT("connections", "The file of connections “%1” is not as it should be. %2")
                      .with(path, error.message),
                  ours ? error.fix : RW_TEXT("connections", "Correct it, or move it away."));
}

Result<std::vector<Connection>> readConnections(const std::string& path) {
    RW_TRY_ASSIGN(const Json root, readConnectionJson(path));
    return connectionsOfJson(root);
}

void putInJson(const Connection& connection, Json& entry) {
    entry["name"] = connection.name;
    entry["kind"] = connection.kind;
    Json fields = Json::object(), secrets = Json::object();
    for (const auto& [name, value] : connection.fields) {
        if (!value.empty()) fields[name] = value;
    }
    for (const auto& [name, secret] : connection.secrets) {
        if (secret.kind != SecretRef::Kind::None) secrets[name] = jsonOfSecret(secret);
    }
    entry["fields"] = std::move(fields);
    entry["secrets"] = std::move(secrets);
}

std::shared_ptr<const Connections> connectionsIn(const std::string& path, SecretSource secrets) {
    Result<std::vector<Connection>> read = readConnections(path);
    if (!read.ok()) return std::make_shared<const Connections>(read.status());
    return std::make_shared<const Connections>(*std::move(read), std::move(secrets));
}

}  // namespace rw
