#include "core/connect/postgresql/postgresql_error.h"

#include <algorithm>
#include <string_view>

#include "core/base/ascii.h"
#include "core/connect/databases/database_client.h"

namespace rw {

namespace {

constexpr std::size_t kStateLength = 5;

std::string fieldOfResult(const PGresult& result, int field) {
    const char* const text = PQresultErrorField(&result, field);
    return text == nullptr ? std::string() : std::string(text);
}

std::string oneLineOf(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = isAsciiControl(c) || isAsciiBlank(c);
        if (!blank) out += c;
        if (blank && !out.empty() && out.back() != ' ') out += ' ';
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

/// Each has a digit: “FATAL” is none.
bool isState(std::string_view text) {
    const auto allowed = [](char c) { return isAsciiDigit(c) || (c >= 'A' && c <= 'Z'); };
    return text.size() == kStateLength && std::all_of(text.begin(), text.end(), allowed) &&
           std::any_of(text.begin(), text.end(), isAsciiDigit);
}

/// “… FATAL:  28P01: password authentication failed …”: where the code stands.
std::size_t stateIn(std::string_view said) {
    for (std::size_t at = said.find(": "); at != std::string_view::npos; at = said.find(": ", at + 1)) {
        const std::size_t from = said.find_first_not_of(' ', at + 1);
        if (from == std::string_view::npos) break;
        if (isState(said.substr(from, kStateLength)) && said.substr(from + kStateLength).starts_with(": "))
            return from;
    }
    return std::string_view::npos;
}

bool speaksOf(const std::string& said, std::string_view words) {
    return holdsAsciiWord(said, words);
}

Status untrusted(const PostgresqlFault& fault, const PostgresqlPlace& place) {
    return {
        ErrorCode::Refused,
        RW_TEXT("databases", "The certificate of the database at %1 can't be verified: %2")
            .with(place.address, fault.said),
        RW_TEXT("databases",
                "Choose in the connection the CA file that signed it. The address must be a name that the "
                "certificate has, and the certificate must not have expired.")};
}

/// libpq itself says it, or a proxy on the way.
Status withoutState(const PostgresqlFault& fault, const PostgresqlPlace& place) {
    if (place.connecting && place.tls && !isTlsCutOff(fault.said)) {
        if (speaksOf(fault.said, "does not support SSL")) {
            return {ErrorCode::Refused,
                    RW_TEXT("databases", "The database at %1 does not use TLS.").with(place.address),
                    RW_TEXT("databases",
                            "Have TLS switched on there, or switch it off in the connection if the way to it "
                            "is a network of your own.")};
        }
        if (speaksOf(fault.said, "certificate") || speaksOf(fault.said, "SSL error"))
            return untrusted(fault, place);
    }
    if (place.connecting && speaksOf(fault.said, "password supplied")) {
        return {ErrorCode::Denied,
                RW_TEXT("databases", "The database at %1 asks for a password.").with(place.address),
                RW_TEXT("databases", "Enter the password of the user in the connection.")};
    }
    return {ErrorCode::Io,
            RW_TEXT("databases", "The connection to the database at %1 was lost: %2")
                .with(place.address, fault.said),
            RW_TEXT("databases", "See whether the server still runs, and try again.")};
}

Status signInRefused(const PostgresqlFault& fault, const PostgresqlPlace& place) {
    if (fault.state == "28P01") {
        return {ErrorCode::Denied,
                RW_TEXT("databases", "The database at %1 did not accept the password of “%2”.")
                    .with(place.address, place.user),
                RW_TEXT("databases", "Check user and password of the connection.")};
    }
    return {ErrorCode::Denied,
            RW_TEXT("databases", "The database at %1 does not let “%2” in: %3")
                .with(place.address, place.user, fault.said),
            RW_TEXT("databases",
                    "Check user, password and TLS of the connection, and the rules of the server "
                    "(pg_hba.conf).")};
}

Status ofDefinition(const PostgresqlFault& fault, const PostgresqlPlace& place) {
    if (fault.state == "42P01" || fault.state == "3F000") {
        return {ErrorCode::NotFound,
                RW_TEXT("databases", "A table is missing in the database at %1: %2")
                    .with(place.address, fault.said),
                RW_TEXT("databases", "Check its name, or have it created.")};
    }
    if (fault.state == "42501") {
        return {ErrorCode::Denied,
                RW_TEXT("databases", "The database at %1 does not allow that to “%2”: %3")
                    .with(place.address, place.user, fault.said),
                RW_TEXT("databases", "Have the right granted to the user of the connection.")};
    }
    if (fault.state == "42703" || fault.state == "42804") {
        return {ErrorCode::Invalid,
                RW_TEXT("databases", "The columns of a table in the database at %1 are not as expected: %2")
                    .with(place.address, fault.said),
                RW_TEXT("databases", "The table was changed: start the run again, or change it back.")};
    }
    return {ErrorCode::Invalid,
            RW_TEXT("databases", "The database at %1 does not take the statement: %2 (%3)")
                .with(place.address, fault.said, fault.state),
            RW_TEXT("databases", "Check names, types and the query.")};
}

}  // namespace

Status postgresqlStatus(const PostgresqlFault& fault, const PostgresqlPlace& place) {
    if (fault.state.empty()) return withoutState(fault, place);
    const std::string kind = fault.state.substr(0, 2);
    // Values that are too long for an index, and two rows of an upsert that the table takes for one.
    const bool ofSize = fault.state == "54000" || fault.state == "21000";
    if (kind == "22" || kind == "23" || kind == "44" || ofSize || fault.state == "P0001")
        return {ErrorCode::Row, RW_TEXT("databases", "The table does not take the row: %1").with(fault.said)};
    if (kind == "28") return signInRefused(fault, place);
    if (fault.state == "3D000") {
        return {
            ErrorCode::Refused,
            RW_TEXT("databases", "There is no database “%1” at %2.").with(place.database, place.address),
            RW_TEXT("databases", "Check the name of the database in the connection, or have it created.")};
    }
    if (kind == "42" || kind == "3F") return ofDefinition(fault, place);
    if (kind == "40" || kind == "55" || fault.state == "57014") {
        return {ErrorCode::Io,
                RW_TEXT("databases", "The database at %1 gave a transaction up: %2")
                    .with(place.address, fault.said),
                RW_TEXT("databases", "Others use the table at the same time. It can be tried again.")};
    }
    // Connections, resources, an operator who stops the server, its disk; but for what it can't read or write
    // at all.
    const bool lasting = fault.state == "08P01" || fault.state == "25006";
    const bool ofMoment = kind == "08" || kind == "53" || kind == "57" || kind == "58" || kind == "25";
    if (ofMoment && !lasting) {
        return {
            ErrorCode::Io,
            RW_TEXT("databases", "The database at %1 can't go on now: %2").with(place.address, fault.said),
            RW_TEXT("databases", "See whether the server runs, has connections and space left.")};
    }
    return {ErrorCode::Refused, RW_TEXT("databases", "The database at %1 reports an error: %2 (%3)")
                                    .with(place.address, fault.said, fault.state)};
}

PostgresqlFault faultOf(const PGresult& result) {
    PostgresqlFault fault;
    fault.state = fieldOfResult(result, PG_DIAG_SQLSTATE);
    fault.said = oneLineOf(fieldOfResult(result, PG_DIAG_MESSAGE_PRIMARY));
    const std::string detail = oneLineOf(fieldOfResult(result, PG_DIAG_MESSAGE_DETAIL));
    if (!detail.empty()) fault.said += " — " + detail;
    if (fault.said.empty()) fault.said = oneLineOf(PQresultErrorMessage(&result));
    fault.table = fieldOfResult(result, PG_DIAG_TABLE_NAME);
    fault.column = fieldOfResult(result, PG_DIAG_COLUMN_NAME);
    fault.constraint = fieldOfResult(result, PG_DIAG_CONSTRAINT_NAME);
    return fault;
}

PostgresqlFault connectFaultOf(const PGconn& connection) {
    PostgresqlFault fault;
    const std::string_view said = PQerrorMessage(&connection);
    const std::size_t at = stateIn(said);
    if (at == std::string_view::npos) {
        fault.said = oneLineOf(said);
        return fault;
    }
    fault.state = said.substr(at, kStateLength);
    const std::string_view rest = said.substr(at + kStateLength + 2);
    fault.said = oneLineOf(rest.substr(0, rest.find('\n')));
    return fault;
}

}  // namespace rw
