// Changes of the file of connections, which the window, the command line and other programs share.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/connections/connection_file.h"
#include "core/connect/connections/exported_connection.h"

namespace rw {

/// Each change reads the file, changes it and puts it in place whole, with its owner as the only reader, in
/// one step against other programs. Members that a newer version wrote are kept. A file that can't be read is
/// an error, and is never overwritten. Reads and writes a small file; any thread.
class ConnectionStore {
 public:
    /// connectionsPath() by default.
    explicit ConnectionStore(std::string path = connectionsPath()) : m_path(std::move(path)) {}

    const std::string& path() const { return m_path; }
    Result<std::vector<Connection>> read() const { return readConnections(m_path); }
    /// To the end of the list. Invalid: it is not usableConnection(), or the name is taken.
    Status add(const Connection& connection) const;
    /// `now` takes the place of `before`, also under another name. Invalid, and nothing is stored: what is
    /// there is not `before` any more.
    Status change(const Connection& before, const Connection& now) const;
    /// NotFound: there is none of that name. Secrets in the keyring are left to the caller.
    Status remove(const std::string& name) const;

    /// What an import did.
    struct Imported {
        std::vector<std::string> added{}, replaced{}, same{};
        /// These are there with other fields and stay as they are.
        std::vector<std::string> clashes{};
    };
    /// Adds those whose names are free. One that is there is replaced only if `replace` says so, and has to
    /// be given its secrets again: those that it had were for another address.
    Result<Imported> merge(const std::vector<ExportedConnection>& connections,
                           const std::function<bool(const std::string& name)>& replace) const;

 private:
    Status edit(const std::function<Status(Json& list, const std::vector<Connection>& known)>& change) const;

    const std::string m_path;
};

/// The connection of that name; NotFound with those that there are.
Result<Connection> connectionNamed(const std::vector<Connection>& connections, const std::string& name);

/// A name for an entry of the keyring, with a secret of a connection that is called so: none of `known`
/// refers to it.
std::string newKeyringEntry(const std::vector<Connection>& known, const std::string& connection,
                            const std::string& secret);
/// The entries of the keyring that these refer to.
std::set<std::string> keyringEntries(const std::vector<Connection>& connections);

}  // namespace rw
