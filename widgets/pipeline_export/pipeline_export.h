// The pipeline as a file that another engine runs: the questions to the user, and the messages.
#pragma once
#include <QAction>
#include <QObject>
#include <utility>
#include <vector>

#include "core/deploy/translation.h"

class QMenu;

namespace rw::ui {

class PipelineDocument;
class RunSession;

class PipelineExport : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    PipelineExport(PipelineDocument& document, RunSession& session, QWidget* window);

    void fill(QMenu& menu);
    void retranslate();
    /// For that engine; where there are several ways a menu under the button asks for one, and leads to the
    /// targets that are needed to deploy.
    void offer(Engine engine, const QWidget& button);
    /// A pipeline with errors, or with a node that can't be there, is not exported. One that is not checked
    /// yet is exported when it is; the last request counts.
    void start(const Artefact& artefact);

 Q_SIGNALS:
    void exported(const QString& words);
    /// Because of nodes that can't be there. The engine was chosen, for its verdicts to be seen.
    void refused();
    void targetsRequested();

 private:
    void refreshActions();
    void resume();
    /// Reads the files of sources, within what may be read before a person agreed. False: nobody waited.
    bool lookAtSources(const Artefact& artefact, TranslateOptions& options);
    /// `typed`: its text holds for the files of the sources as they are.
    void save(const Artefact& artefact, const std::string& text, bool typed);

    PipelineDocument& m_document;
    RunSession& m_session;
    QWidget* m_window;
    QMenu* m_menu = nullptr;
    std::vector<std::pair<const Artefact*, QAction*>> m_actions{};  ///< one per artefact
    /// The text is to hold whatever the files of the sources hold: those of Flink; checked by the person.
    QAction* m_anyFiles;
    const Artefact* m_waiting = nullptr;  ///< the last request, waiting for the check of the newest change
};

}  // namespace rw::ui
