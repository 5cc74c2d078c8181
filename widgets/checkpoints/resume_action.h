// Resume: resumes from the newest checkpoint, and says which that is and how far back.
#pragma once
#include "core/state/saved_checkpoints.h"
#include "widgets/pane/start_action.h"

namespace rw::ui {

class CheckpointList;
class PipelineDocument;
class RunSession;

/// Visible while runs of the document take checkpoints, or there are some; enabled while there is one to
/// resume from, and no run is active. Its tool tip says all of it.
class ResumeAction final : public StartAction {
    Q_OBJECT
 public:
    /// All must outlive it.
    ResumeAction(PipelineDocument& document, RunSession& session, const CheckpointList& list,
                 QObject* parent = nullptr);

    void retranslate() override { refresh(); }
    QString buttonText() const override;
    QString effectOfRun() const override;
    QString startsFrom() const override;

 private:
    void refresh();
    /// Null: there is nothing, or a cluster is chosen.
    const SavedCheckpoint* offered() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    const CheckpointList& m_list;
};

/// “checkpoint 10”, “savepoint “before””.
QString checkpointTitle(const SavedCheckpoint& saved);

}  // namespace rw::ui
