// Removes rows that were kept by themselves, heard ones and the newest input of a run, when they may not be
// kept any more: the pipeline says so, or a connection that they came by is gone.
#pragma once
#include <QObject>
#include <functional>
#include <optional>
#include <set>
#include <string>

namespace rw::ui {

class ConnectionList;
class PipelineDocument;
class RunSession;

class InputPurge : public QObject {
    Q_OBJECT
 public:
    /// All outlive it. `tell` says what was removed, where that is something.
    InputPurge(PipelineDocument& document, RunSession& session, const ConnectionList& connections,
               std::function<void(const QString& words)> tell, QObject* parent = nullptr);

 Q_SIGNALS:
    void purged();  ///< samples may show rows that are gone

 private:
    void followDocument();
    void followConnections();

    PipelineDocument& m_document;
    RunSession& m_session;
    const ConnectionList& m_connections;
    const std::function<void(const QString&)> m_tell;
    std::optional<std::string> m_purged{};  ///< of which file nothing is kept since then
    std::set<std::string> m_names{};        ///< of connections, as they were
};

}  // namespace rw::ui
