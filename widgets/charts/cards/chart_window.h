// A chart in a window of its own.
#pragma once
#include <QDialog>

#include "widgets/session/run_session.h"

namespace rw::ui {

class ChartScheduler;

/// As large as the person makes it. Esc closes it, and so does a question about one of its rows: it would
/// stand over the answer, which is in the main window.
class ChartWindow : public QDialog {
    Q_OBJECT
 public:
    ChartWindow(const NodeId& node, PipelineDocument& document, RunSession& session,
                ChartScheduler& scheduler, QWidget* parent = nullptr);

 Q_SIGNALS:
    void lostRowsRequested(const rw::NodeId& node);  ///< as of its card

 private:
    void refreshTitle();

    const NodeId m_node;
    PipelineDocument& m_document;
};

}  // namespace rw::ui
