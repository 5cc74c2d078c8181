// A chart with its frame: title, subtitle, freeze, export, enlarge; and words where there is nothing to see
// yet. As a card, or in a window of its own
// (cards/chart_window.h).
#pragma once
#include <QElapsedTimer>
#include <QFrame>
#include <QPointer>
#include <memory>
#include <optional>

#include "widgets/charts/questions/chart_ask.h"
#include "widgets/charts/sharing/provisional.h"
#include "widgets/session/run_session.h"

class QLabel;
class QMenu;
class QStackedLayout;

namespace rw::ui {

class AlertChip;
class ChartScheduler;
class ChartWidget;
class Chip;
class DataTable;
class ElidedLabel;
class EmptyState;
class IconButton;
class LostRowsChip;
class RowCount;
class SharedFilter;
class SharedTimes;
class SteppedChip;

class ChartCard : public QFrame {
    Q_OBJECT
 public:
    /// All must outlive the card. `large`: in a window of its own, without the button that enlarges.
    ChartCard(const NodeId& node, PipelineDocument& document, RunSession& session, ChartScheduler& scheduler,
              bool large, QWidget* parent = nullptr);
    ~ChartCard() override;

    const NodeId& node() const { return m_node; }
    ChartWidget* chart() const { return m_chart; }  ///< null before the first run
    /// As of its chart while that is shown; nothing of a run elsewhere.
    std::optional<ChartAsk> rowAsked() const;
    QString rowMissed() const;
    void setFrozen(bool frozen);
    /// Its chart shows the times of its neighbours from now on.
    void share(SharedTimes& times);
    /// Its chart keeps the rows that its neighbours keep; its title is dim where it does not follow.
    void share(SharedFilter& filter);
    void setProvisional(Provisional how);
    /// Draws the card as it is laid out, without its buttons, with its top left at `at`.
    void paintCard(QPainter& painter, const QPointF& at);
    /// Height of the head, by which a card is dragged on the dashboard.
    int headHeight() const;

 Q_SIGNALS:
    void enlargeRequested(const rw::NodeId& node);
    void chartChanged();  ///< chart() is another, or of another view, or follows the filter now or no more
    void removeRequested(const rw::NodeId& node);
    void lostRowsRequested(const rw::NodeId& node);  ///< which lost them; empty: of all nodes

 protected:
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void buildHead(bool large);
    void catchUp();
    void attachView();
    void refreshTexts();
    void refreshFreeze();
    void refreshStandstill();
    void refreshFilter();
    void refreshCounts();
    void refreshStates();
    bool isSmall() const;
    void showSpan();
    void showCount();
    void placeTitle();
    int wantedByTitle() const;
    int roomOfTitle(bool besideSpan) const;
    void showTable(bool on);
    void choosePage();
    void refreshTable();
    // In questions/chart_questions.cpp.
    bool mayAsk() const;
    void fillQuestions(QMenu& menu);
    void openMenu(void (ChartCard::*fill)(QMenu&), const QPoint& at);
    void fillExports(QMenu& menu);
    void fillLargeMenu(QMenu& menu);
    void fillCardMenu(QMenu& menu);
    void save(const QString& filter, const QString& suffix, double scale);

    const NodeId m_node;
    PipelineDocument& m_document;
    RunSession& m_session;
    ChartScheduler& m_scheduler;
    SharedTimes* m_times = nullptr;  ///< null: the card stands alone
    QPointer<SharedFilter> m_filter{};
    Provisional m_provisional = Provisional::Dimmed;
    QWidget* m_head;
    ElidedLabel *m_title, *m_subtitle;
    RowCount* m_count;
    Chip* m_span;     ///< how much of the run the chart shows
    SteppedChip* m_stepped;
    LostRowsChip* m_lost;
    AlertChip* m_alert;
    QLabel* m_still;  ///< why a chart of a run elsewhere stands still, and since when
    QLabel* m_frozen;
    IconButton *m_freeze, *m_asTable, *m_export;
    IconButton *m_enlarge = nullptr, *m_more = nullptr;  ///< null: large
    QStackedLayout* m_body;
    EmptyState* m_nothing;
    DataTable* m_table;
    QElapsedTimer m_tableAge;  ///< since the table was last filled
    ChartWidget* m_chart = nullptr;
    QString m_blank;  ///< why the chart shows nothing of what it holds
    int m_frames = 0;
    bool m_otherRun = false, m_behind = false;  ///< since the card was seen
};

}  // namespace rw::ui
