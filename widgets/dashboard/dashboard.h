// The dashboard: the pipeline's charts as cards on a grid, dragged by their heads and sized by their corners.
#pragma once
#include <QScrollArea>
#include <map>

#include "widgets/document/run_session.h"

class QLabel;
class QPushButton;

namespace rw::ui {

class CardGrid;
class ChartScheduler;
class EmptyState;

class Dashboard : public QWidget {
    Q_OBJECT
 public:
    Dashboard(PipelineDocument& document, RunSession& session, ChartScheduler& scheduler,
              QWidget* parent = nullptr);

 Q_SIGNALS:
    void enlargeWanted(const rw::NodeId& node);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void buildBar();
    void refresh();
    void addChart();
    void retranslate();

    PipelineDocument& m_document;
    CardGrid* m_grid;
    EmptyState* m_nothing;
    QWidget* m_bar;
    QLabel* m_words;
    QPushButton *m_freeze, *m_add;
};

}  // namespace rw::ui
