#include "core/connect/connections/connections.h"

#include <algorithm>
#include <utility>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/usable_connection.h"

namespace rw {

namespace {

KnownConnection knownOf(const Connection& connection) {
    KnownConnection known{connection.name, connection.kind, addressOf(connection), {}, {}};
    const ConnectionKind* const kind = connectionKind(connection.kind);
    if (kind == nullptr) return known;
    for (const ConnectionFieldSpec& field : kind->fields) {
        if (!appliesTo(connection, field.appliesWhen)) continue;
        if (std::string value = fieldOf(connection, field.name); !value.empty())
            known.fields.emplace(field.name, std::move(value));
    }
    for (const ConnectionSecretSpec& secret : kind->secrets) {
        if (connection.secrets.contains(secret.name) && appliesTo(connection, secret.appliesWhen))
            known.secrets.push_back(secret.name);
    }
    return known;
}

}  // namespace

Connections::Connections(std::vector<Connection> list, SecretSource secrets)
    : m_list(std::move(list)), m_secrets(std::move(secrets)) {}

std::shared_ptr<const Connections> Connections::changed(
    const std::function<Connection(Connection)>& change) const {
    std::vector<Connection> list;
    for (const Connection& each : m_list) list.push_back(change(each));
    auto made = std::make_shared<Connections>(std::move(list), m_secrets);
    made->m_trouble = m_trouble;
    return made;
}

KnownConnections Connections::known() const {
    auto known = std::make_shared<KnownConnectionList>();
    for (const Connection& each : m_list) known->connections.push_back(knownOf(each));
    known->trouble = m_trouble;
    return known;
}

Result<Connection> Connections::named(const std::string& name) const {
    RW_TRY(m_trouble);
    const auto found = std::find_if(m_list.begin(), m_list.end(),
                                    [&name](const Connection& each) { return each.name == name; });
    if (found != m_list.end()) return *found;
    return Status(ErrorCode::Invalid,
                  RW_TEXT("params", "The connection “%1” is not known on this computer.").with(name),
                  RW_TEXT("params", "Add the connection on this computer, or choose another one."));
}

Result<Secret> Connections::secret(const Connection& of, const std::string& name) const {
    const auto where = of.secrets.find(name);
    if (where == of.secrets.end()) return Secret();
    Result<Secret> secret = m_secrets ? m_secrets(where->second) : environmentSecret(where->second);
    if (secret.ok()) return secret;
    Error error = secret.error();
    // Time does not bring it: retrying without it may lock the account.
    if (error.code == ErrorCode::NotFound) error.code = ErrorCode::Denied;
    error.message =
        RW_TEXT("secrets", "The connection “%1” lacks its %2. %3").with(of.name, name, error.message);
    return Status(std::move(error));
}

Result<Secret> Connections::secretAt(const SecretRef& where) const {
    Result<Secret> secret = m_secrets ? m_secrets(where) : environmentSecret(where);
    if (secret.ok() || secret.error().code != ErrorCode::NotFound) return secret;
    Error error = secret.error();
    error.code = ErrorCode::Denied;
    return Status(std::move(error));
}

std::string NodeConnection::field(const std::string& name) const {
    return fieldOf(m_connection, name);
}

Result<NodeConnection> connectionOf(const MakeContext& context, const std::string& name) {
    static const auto kNone =
        std::make_shared<const Connections>(std::vector<Connection>(), environmentSecret);
    const std::shared_ptr<const Connections>& all = context.connections ? context.connections : kNone;
    Result<Connection> connection = all->named(name);
    if (!connection.ok()) return connection.status().at(context.node);
    RW_TRY(usableChoices(*connection).at(context.node));
    return NodeConnection(*std::move(connection), all);
}

}  // namespace rw
