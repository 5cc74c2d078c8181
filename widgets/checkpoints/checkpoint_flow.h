// The ways to resume from a checkpoint, to keep one and to remove one: reading, comparing and asking
// before. Nothing is asked while nothing can be lost.
#pragma once
#include <QDateTime>
#include <QObject>
#include <optional>

#include "widgets/session/start_checkpoints.h"

namespace rw::ui {

class CheckpointList;
class PipelineDocument;
class RunSession;

class CheckpointFlow : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    CheckpointFlow(PipelineDocument& document, RunSession& session, CheckpointList& list, QWidget* window);

    // Nothing while a run is active, and with errors: then the view of the problems is told.
    void resume();  ///< from the newest
    void startFrom(const SavedCheckpoint& saved);
    /// Asks for its name.
    void keep(const SavedCheckpoint& saved);
    /// Asks whether.
    void remove(const SavedCheckpoint& saved);

 Q_SIGNALS:
    void told(const QString& words);  ///< the step that is done, or was not

 private:
    void look(const std::optional<SavedCheckpoint>& which);
    void onExamined(const ExaminedCheckpoint& found);
    void onFailed(const Status& why);
    void go(const ExaminedCheckpoint& found, bool agreed);
    void ask(const ExaminedCheckpoint& found);
    void warn(const QString& what, const Status& why);
    void onState();
    /// No savepoint has that name, or it may lose it.
    bool mayTake(const QString& name, const SavedCheckpoint& saved);

    PipelineDocument& m_document;
    RunSession& m_session;
    CheckpointList& m_list;
    QWidget* m_window;
    bool m_looking = false;                     ///< the result of the examination is waited for
    std::optional<SavedCheckpoint> m_before{};  ///< the newest when a run began; savepoints stay
    QDateTime m_begun{};                        ///< of the run that was told of
};

}  // namespace rw::ui
