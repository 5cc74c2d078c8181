// The connections that a run finds by their names.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/connect/connections/connection.h"
#include "core/pipeline/known_connection.h"
#include "core/stream/operator.h"

namespace rw {

/// Immutable; any thread. Shared by all that use it, and may outlive the run: a request that does not come
/// back keeps it.
class Connections {
 public:
    /// `secrets` fetches the secrets that the connections refer to.
    Connections(std::vector<Connection> list, SecretSource secrets);
    /// Of a list that can't be read: nothing is found, and `trouble` says why.
    explicit Connections(Status trouble) : m_trouble(std::move(trouble)) {}

    /// The same list, each of it as `change` makes it.
    std::shared_ptr<const Connections> changed(const std::function<Connection(Connection)>& change) const;
    /// The list as validation and forms need it.
    KnownConnections known() const;
    /// ErrorCode::Invalid: there is none of that name; time does not mend it. The trouble of a list that
    /// can't be read. Never waits.
    Result<Connection> named(const std::string& name) const;
    /// Empty: the connection has no secret of that name. Errors are those of the SecretSource, of which none
    /// is transient but Io: ErrorCode::Denied, the user must give the secret; Cancelled, the user was
    /// asked and said no. May wait for the user.
    Result<Secret> secret(const Connection& of, const std::string& name) const;
    /// A secret that is of no connection: one that others must show to this program. Errors, and waiting, as
    /// of secret().
    Result<Secret> secretAt(const SecretRef& where) const;

 private:
    const std::vector<Connection> m_list{};
    const SecretSource m_secrets{};
    Status m_trouble{};
};

/// A connection in the hands of a node. Copies share their list; any thread.
class NodeConnection {
 public:
    NodeConnection(Connection connection, std::shared_ptr<const Connections> from)
        : m_connection(std::move(connection)), m_from(std::move(from)) {}

    const std::string& kind() const { return m_connection.kind; }
    const Connection& connection() const { return m_connection; }
    /// The declared value where it has none; empty: its kind declares none, either.
    std::string field(const std::string& name) const;
    /// As Connections::secret(): to be called where waiting is allowed, which is in Request::step(), in
    /// SourceReader::read() and in sinks that block, for each connection attempt. The Secret is not to
    /// be kept beyond that.
    Result<Secret> secret(const std::string& name) const { return m_from->secret(m_connection, name); }

 private:
    Connection m_connection;
    std::shared_ptr<const Connections> m_from;
};

/// For a node that is being made: the connection that its parameter names. Never waits. An error where the
/// run knows none of that name. Not to be called by a node whose answers are on the tape that is replayed:
/// the tape may be of another computer, where the connection was known.
Result<NodeConnection> connectionOf(const MakeContext& context, const std::string& name);

}  // namespace rw
