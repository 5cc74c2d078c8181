// Which pipelines name which connections: the one being edited, and those opened or saved last.
#pragma once
#include <QObject>
#include <QString>
#include <QStringList>
#include <map>
#include <string>
#include <vector>

#include "core/pipeline/checks/connection_check.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class PipelineDocument;
class RecentFiles;

/// GUI thread. Files are read on another one: a disk may not answer.
class ConnectionUses : public QObject {
    Q_OBJECT
 public:
    /// Both must outlive it.
    ConnectionUses(const PipelineDocument& document, const RecentFiles& recent, QObject* parent = nullptr);

    /// A pipeline with the nodes in it that name the connection, all fit to be shown.
    struct Use {
        QString pipeline{};
        QStringList nodes{};
    };
    /// The document first. Of files as they were at the last look().
    std::vector<Use> of(const std::string& connection) const;
    /// Reads the recent files again; changed() follows when that gives something else.
    void look();

 Q_SIGNALS:
    void changed();

 private:
    using Uses = std::vector<ConnectionUse>;
    void take(std::map<QString, Uses> found);

    const PipelineDocument& m_document;
    const RecentFiles& m_recent;
    Worker m_worker;
    Latest m_looking{this};
    std::map<QString, Uses> m_files{};  ///< by their paths
};

}  // namespace rw::ui
