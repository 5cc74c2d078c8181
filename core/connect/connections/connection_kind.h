// The kinds of system that connections lead to, as data: forms, the command line, the help, the checks and
// the export read these declarations.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/connect/connections/connection.h"
#include "core/pipeline/param_spec.h"

namespace rw {

/// A text of a connection that is no secret.
struct ConnectionField {
    enum class Type {
        Line,       ///< any text on one line
        Address,    ///< “host:port”
        Addresses,  ///< one or several of them, with commas between
        Url,        ///< an address that begins with http:// or https://
        File,       ///< the path of a file of this computer
        Choice,     ///< one of `choices`
        Headers     ///< “Name: value”, one a line
    };
    std::string name;  ///< among Connection::fields, and as Error::param
    Type type = Type::Line;
    Text label{}, help{};
    std::string otherwise{};  ///< the value where the connection has none
    bool required = false;
    int port = 0;  ///< Address, Addresses: where the text has none; 0: it must have one
    std::vector<Choice> choices{};
    std::optional<AppliesWhen> appliesWhen{};  ///< else the value is left alone, and forms hide it
    std::string example{};
};

/// A password or a token that a connection may refer to.
struct ConnectionSecret {
    std::string name;  ///< among Connection::secrets
    Text label{}, help{};
    std::optional<AppliesWhen> appliesWhen{};
};

struct ConnectionKind {
    std::string name;  ///< Connection::kind
    Text label{};      ///< “Kafka”
    Text help{};       ///< its purpose
    std::string icon{};
    std::vector<ConnectionField> fields{};
    std::vector<ConnectionSecret> secrets{};
    /// Of a kind without a URL: TLS is spoken from the first byte on when this holds; none: never.
    std::optional<AppliesWhen> tls{};
    std::string probe{};  ///< of a kind with a URL: the path below it that a test asks for
};

/// In the order in which forms and the help list them.
const std::vector<ConnectionKind>& connectionKinds();
/// Null: this version does not know it. A newer one may.
const ConnectionKind* connectionKind(std::string_view name);
const ConnectionField* connectionField(const ConnectionKind& kind, std::string_view name);
const ConnectionSecret* connectionSecret(const ConnectionKind& kind, std::string_view name);

/// The value that a connection has for a field, or the declared one; empty: neither.
std::string fieldOf(const Connection& connection, const std::string& name);
/// Whether something that is declared applies, given the other fields of the connection.
bool appliesTo(const Connection& connection, const std::optional<AppliesWhen>& when);
/// Where it leads to, for lists: “broker:9092”, “db:5432/shop”.
std::string addressOf(const Connection& connection);
/// Whether the bytes to the system are encrypted by TLS, be it from the first one on or after a greeting.
bool usesTls(const Connection& connection);

}  // namespace rw
