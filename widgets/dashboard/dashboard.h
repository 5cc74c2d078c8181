// The dashboard: the pipeline's charts as cards on a grid, dragged by their heads and sized by their corners.
#pragma once
#include "widgets/pane/pane.h"
#include "widgets/session/run_session.h"

class QLabel;
class QPushButton;
class QScrollArea;

namespace rw::ui {

class CardGrid;
class EmptyState;

class Dashboard final : public Pane {
    Q_OBJECT
 public:
    explicit Dashboard(const PaneParts& parts);

    QString title() const override;

 Q_SIGNALS:
    /// The late and rejected rows of a node; empty: of all.
    void lostRowsRequested(const rw::NodeId& node);

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void buildBar();
    void onDocument(const DocumentChange& change);
    void onNewRun();
    void refresh();
    void showEmptyReason();
    void addChart();
    void enlarge(const NodeId& chart);

    const PaneParts m_parts;
    CardGrid* m_grid;
    EmptyState* m_nothing;
    QWidget* m_bar;
    QScrollArea* m_scroll;
    QLabel* m_words;
    QPushButton *m_freeze, *m_add;
    bool m_behind = true;   ///< cards may be others than those of the document
    bool m_newRun = false;  ///< begun since the page was on
};

}  // namespace rw::ui
