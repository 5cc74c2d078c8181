// The connections of this computer, as the window has them.
#pragma once
#include <QObject>
#include <QString>
#include <functional>
#include <string>
#include <vector>

#include "core/connect/connections/connection_store.h"

namespace rw::ui {

class PipelineDocument;

/// Hands the document what the file of connections says, now and whenever the person comes back to this
/// program having changed it, and changes the file. GUI thread. The file is small and local: it is read and
/// written at once.
class ConnectionList : public QObject {
    Q_OBJECT
 public:
    /// `secrets` fetches what the connections refer to, on other threads. `path`: of the file; empty:
    /// connectionsPath().
    ConnectionList(PipelineDocument& document, SecretSource secrets, std::string path = {},
                   QObject* parent = nullptr);
    void reload();

    const std::vector<Connection>& connections() const { return m_connections; }
    const Connection* named(
        const std::string& name) const;  ///< null: there is none; valid until the next change
    /// Why the file could not be read; success: it could, or there is none. It is not written over then.
    const Status& trouble() const { return m_trouble; }

    // As those of ConnectionStore. What the file says then is known, also after an error.
    Status add(const Connection& connection);
    Status change(const Connection& before, const Connection& now);
    Status remove(const std::string& name);
    Result<ConnectionStore::Imported> merge(const std::vector<ExportedConnection>& connections,
                                            const std::function<bool(const std::string& name)>& replace);

 Q_SIGNALS:
    void changed();

 private:
    PipelineDocument& m_document;
    const SecretSource m_secrets;
    const ConnectionStore m_store;
    bool m_read = false;  ///< once at least
    std::vector<Connection> m_connections{};
    Status m_trouble{};
};

}  // namespace rw::ui
