// The forecast that the user agrees to before an edited pipeline resumes from a checkpoint: node by node,
// which keep their state, which start without it and why.
#pragma once
#include <QDialog>
#include <vector>

#include "widgets/session/start_checkpoints.h"

class QTableWidget;

namespace rw::ui {

class PipelineDocument;

/// A node in the list.
struct ResumeLine {
    QString node{}, fate{}, why{};
    StateFate worth = StateFate::Keeps;  ///< the worst first
};

/// Of each node that has state, and of sinks that replace their output.
std::vector<ResumeLine> resumeLines(const PipelineDocument& document, const ResumePlan& plan);

/// Accepted: the run may go on, and lose the state listed. Where it can't, there is no button for it.
class ResumeDialog : public QDialog {
    Q_OBJECT
 public:
    ResumeDialog(const PipelineDocument& document, const ExaminedCheckpoint& found, QWidget* parent);

 private:
    QString explanation(const ExaminedCheckpoint& found) const;
    QTableWidget* makeTable(const std::vector<ResumeLine>& lines);
};

}  // namespace rw::ui
