// The dashboard: the pipeline's charts as cards on a grid, dragged by their heads and sized by their corners.
// They share the times that they show; all of them can be exported, and shown alone on the whole screen.
#pragma once
#include <QPointer>

#include "widgets/pane/pane.h"
#include "widgets/session/run_session.h"

class QMenu;
class QPushButton;
class QScrollArea;

namespace rw::ui {

class CardGrid;
class ElidedLabel;
class EmptyState;
class FilterBar;
class FullScreen;
class IconButton;
class ProvisionalChoice;
class TimeBar;

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
    void onDeactivated() override;
    void retranslate() override;

 private:
    void buildBar();
    void onDocument(const DocumentChange& change);
    void onNewRun();
    void refresh();
    void refreshCharts();
    void showEmptyReason();
    void addChart();
    void enlarge(const NodeId& chart);
    void showAlone();
    void takeBack();
    void fillExports();
    void exportAs(const QString& suffix, const QString& filter, double scale);

    const PaneParts m_parts;
    CardGrid* m_grid;
    EmptyState* m_nothing;
    QWidget* m_bar;
    QWidget* m_board;  ///< the cards, and what filters them
    FilterBar* m_filter;
    QScrollArea* m_scroll;
    TimeBar* m_times;
    ProvisionalChoice* m_provisional;
    ElidedLabel* m_words;
    QPushButton *m_freeze, *m_add;
    IconButton *m_export, *m_whole;
    QMenu* m_exports;
    QPointer<FullScreen> m_alone;  ///< has the cards while it is there
    bool m_behind = true;   ///< cards may be others than those of the document
    bool m_newRun = false;  ///< begun since the page was on
};

}  // namespace rw::ui
