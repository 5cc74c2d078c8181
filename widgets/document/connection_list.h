// The connections of this computer, as the document has them.
#pragma once
#include <QObject>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/connections/connection_file.h"

namespace rw::ui {

class PipelineDocument;

/// Hands the document what the file of connections says, now and whenever the person comes back to this
/// program having changed it. GUI thread. The file is small and local: it is read at once.
class ConnectionList : public QObject {
    Q_OBJECT
 public:
    /// `secrets` fetches what the connections refer to, on other threads. `path`: of the file; empty:
    /// connectionsPath().
    ConnectionList(PipelineDocument& document, SecretSource secrets, std::string path = {},
                   QObject* parent = nullptr);
    void reload();

 private:
    PipelineDocument& m_document;
    const SecretSource m_secrets;
    const std::string m_path;
    std::optional<std::vector<Connection>> m_read{};  ///< none: not yet, or that was trouble
    std::string m_trouble{};
};

}  // namespace rw::ui
