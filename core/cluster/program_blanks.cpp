#include "core/cluster/program_blanks.h"

#include <algorithm>
#include <iterator>

#include "core/cluster/cluster_run.h"
#include "core/connect/connections/connection_file.h"
#include "core/data/utf8.h"
#include "core/pipeline/json/json.h"

namespace rw {

namespace {

/// As a literal of SQL has it.
std::string inLiteral(std::string_view value, bool inQuotes) {
    std::string out;
    for (const char c : value) {
        if (inQuotes && (c == '"' || c == '\\')) out += '\\';
        out += c;
        if (c == '\'') out += c;
    }
    return out;
}

std::string placeOf(const Blank& blank) {
    return "${" + blank.name + "}";
}

/// Puts the value at each of the places. What a longer text leaves behind when it moves is overwritten.
void putAt(std::string& text, const std::string& place, std::string_view value) {
    for (std::size_t at = text.find(place); at != std::string::npos;
         at = text.find(place, at + value.size())) {
        std::string next;
        next.reserve(text.size() + value.size());
        next.append(text, 0, at).append(value).append(text, at + place.size());
        wipe(text);
        text = std::move(next);
    }
}

}  // namespace

std::shared_ptr<const Connections> connectionsOf(const ClusterRequest& request) {
    return request.connections ? request.connections : connectionsIn(connectionsPath(), request.secrets);
}

Status blanksAreKnown(const std::vector<Blank>& blanks) {
    for (const Blank& blank : blanks) {
        if (blank.secret || !blank.value.empty()) continue;
        return {ErrorCode::Invalid,
                RW_TEXT("cluster", "The cluster must be told %1, which this computer does not know.")
                    .with(blankText(blank)),
                RW_TEXT("cluster", "Export the pipeline, and give the value to the file that is written.")};
    }
    return {};
}

void fillKnownBlanks(Translation& translation) {
    for (const Blank& blank : translation.blanks) {
        if (blank.secret) continue;
        for (Statement& statement : translation.statements)
            putAt(statement.text, placeOf(blank), inLiteral(blank.value, blank.inQuotes));
    }
}

ProgramSecrets::ProgramSecrets(const std::vector<Blank>& blanks,
                               std::shared_ptr<const Connections> connections)
    : m_connections(std::move(connections)) {
    std::copy_if(blanks.begin(), blanks.end(), std::back_inserter(m_blanks),
                 [](const Blank& blank) { return blank.secret; });
}

Result<Secret> ProgramSecrets::fetched(const Blank& blank) const {
    RW_TRY_ASSIGN(const Connection connection, m_connections->named(blank.connection));
    RW_TRY_ASSIGN(Secret secret, m_connections->secret(connection, blank.field));
    // It goes there as JSON.
    const bool text =
        secret.reveal([](std::string_view value) { return validUtf8Prefix(value) == value.size(); });
    if (text) return secret;
    return Status(
        ErrorCode::Invalid,
        RW_TEXT("cluster", "The cluster is sent text alone (UTF-8), and %1 is none.").with(blankText(blank)),
        RW_TEXT("cluster", "Keep the secret in UTF-8, or choose another one."));
}

Result<std::string> ProgramSecrets::in(const std::string& sql) const {
    std::string text = sql;
    for (const Blank& blank : m_blanks) {
        if (text.find(placeOf(blank)) == std::string::npos) continue;
        RW_TRY_ASSIGN(const Secret secret, fetched(blank));
        secret.reveal([&](std::string_view value) {
            std::string literal = inLiteral(value, blank.inQuotes);
            putAt(text, placeOf(blank), literal);
            wipe(literal);
        });
    }
    return text;
}

Result<std::string> ProgramSecrets::asJson() const {
    Json all = Json::object();
    for (const Blank& blank : m_blanks) {
        RW_TRY_ASSIGN(const Secret secret, fetched(blank));
        all[blank.name] = secret.reveal([](std::string_view value) { return std::string(value); });
    }
    std::string line = all.dump() + "\n";
    for (Json& value : all) wipe(value.get_ref<std::string&>());
    return line;
}

}  // namespace rw
