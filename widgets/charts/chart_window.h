// A chart in a window of its own, as large as the person makes it. Esc closes it.
#pragma once
#include <QDialog>

#include "widgets/document/run_session.h"

namespace rw::ui {

class ChartScheduler;

class ChartWindow : public QDialog {
    Q_OBJECT
 public:
    ChartWindow(const NodeId& node, PipelineDocument& document, RunSession& session,
                ChartScheduler& scheduler, QWidget* parent = nullptr);

 private:
    void refreshTitle();

    const NodeId m_node;
    PipelineDocument& m_document;
};

}  // namespace rw::ui
