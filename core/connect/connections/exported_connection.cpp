#include "core/connect/connections/exported_connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/connect/connections/connection_file.h"
#include "core/connect/connections/usable_connection.h"
#include "core/net/http_headers.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

constexpr const char* kExportMember = "rillwright_connections";
constexpr int kExportVersion = 1;

Status notImported(Text what, Text fix) {
    return {ErrorCode::Invalid, std::move(what), std::move(fix)};
}

/// Texts of a list, or names of an object; anything else: none.
std::vector<std::string> namesIn(const Json& entry, const char* member) {
    std::vector<std::string> names;
    const auto found = entry.find(member);
    if (found == entry.end()) return names;
    if (found->is_object()) {
        for (const auto& [name, value] : found->items()) names.push_back(name);
    } else if (found->is_array()) {
        for (const Json& each : *found) {
            if (each.is_string()) names.push_back(each.get<std::string>());
        }
    }
    return names;
}

/// An earlier version took them, or a person wrote them into the file.
void leaveOutSecretHeaders(Connection& connection) {
    const auto headers = connection.fields.find("headers");
    if (headers == connection.fields.end()) return;
    std::string kept;
    for (const HttpHeader& header : headersOfLines(headers->second)) {
        if (isSecretHeader(header.name, header.value)) continue;
        kept += (kept.empty() ? "" : "\n") + header.name + ": " + header.value;
    }
    headers->second = std::move(kept);
}

Status readableVersion(const Json& root) {
    const auto version = root.find(kExportMember);
    if (version == root.end()) return {};  // the file of connections itself
    if (version->is_number_integer() && version->get<std::int64_t>() == kExportVersion) return {};
    return notImported(RW_TEXT("connections", "A newer version wrote these connections."),
                       RW_TEXT("connections", "Export them for this version, or use a newer one here."));
}

}  // namespace

std::string exportConnections(const std::vector<Connection>& connections) {
    Json root = Json::object();
    root[kExportMember] = kExportVersion;
    Json& list = root["connections"] = Json::array();
    for (const Connection& connection : connections) {
        Connection bare = connection;
        bare.secrets.clear();
        leaveOutSecretHeaders(bare);
        Json entry = Json::object();
        putInJson(bare, entry);
        entry.erase("secrets");
        Json needs = Json::array();
        for (const auto& [name, secret] : connection.secrets) {
            if (secret.kind != SecretRef::Kind::None) needs.push_back(name);
        }
        if (!needs.empty()) entry["needs"] = std::move(needs);
        list.push_back(std::move(entry));
    }
    return indented(root) + "\n";
}

Result<std::vector<ExportedConnection>> readExportedConnections(std::string_view text) {
    RW_TRY_ASSIGN(Json root, parseJson(text));
    if (root.is_object()) RW_TRY(readableVersion(root));
    std::vector<std::vector<std::string>> needs;
    const bool listed = root.is_object() && root.contains("connections") && root["connections"].is_array();
    if (listed) {
        for (Json& entry : root["connections"]) {
            std::vector<std::string>& names = needs.emplace_back();
            if (!entry.is_object()) continue;
            names = namesIn(entry, "needs");
            for (std::string& name : namesIn(entry, "secrets")) names.push_back(std::move(name));
            entry.erase("secrets");
        }
    }
    RW_TRY_ASSIGN(std::vector<Connection> read, connectionsOfJson(root));
    std::vector<ExportedConnection> out;
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (const Status usable = usableConnection(read[i]); !usable.ok()) {
            const Error& error = usable.error();
            const bool outside = error.param == "name" || error.param == "kind";
            const std::string at = outside ? fmt::format("connections[{}].{}", i, error.param)
                                           : fmt::format("connections[{}].fields.{}", i, error.param);
            return notImported(RW_TEXT("connections", "%1: %2").with(at, error.message), error.fix);
        }
        ExportedConnection& each = out.emplace_back();
        const ConnectionKind* const kind = connectionKind(read[i].kind);
        for (std::string& name : needs[i]) {
            const bool twice = std::find(each.needs.begin(), each.needs.end(), name) != each.needs.end();
            if (!twice && connectionSecret(*kind, name) != nullptr) each.needs.push_back(std::move(name));
        }
        each.connection = std::move(read[i]);
    }
    return out;
}

Result<std::vector<ExportedConnection>> readExportedFile(const std::string& path) {
    RW_TRY_ASSIGN(const std::string text, readPipelineText(path));
    Result<std::vector<ExportedConnection>> read = readExportedConnections(text);
    if (read.ok()) return read;
    const Error& error = read.error();
    const bool ours = std::string_view(error.message.context) == "connections";
    return notImported(
        RW_TEXT("connections", "“%1” holds no connections that can be imported. %2")
            .with(path, error.message),
        ours ? error.fix
             : RW_TEXT("connections", "Choose a file that was exported from another Rillwright."));
}

}  // namespace rw
