// The cards themselves: kept in step with the document, moved and sized with the mouse.
#pragma once
#include <QWidget>
#include <map>
#include <optional>
#include <vector>

#include "widgets/charts/shared_times.h"
#include "widgets/charts/sharing/provisional.h"
#include "widgets/charts/sharing/shared_filter.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

class ChartCard;
class ChartScheduler;

class CardGrid : public QWidget {
    Q_OBJECT
 public:
    CardGrid(PipelineDocument& document, RunSession& session, ChartScheduler& scheduler,
             QWidget* parent = nullptr);

    void refresh();
    /// While nobody sees it: a menu of a card may still be open, and must not be about a node that is gone.
    void dropGone();
    /// The parent is the page whose height the rows fill from now on.
    void followPage();
    bool empty() const { return m_cards.empty(); }
    /// Chart nodes that have no card.
    std::vector<NodeId> missing() const;
    void add(const NodeId& node);  ///< a node that is gone: nothing
    /// Of all cards, and of those that come.
    void setFrozen(bool frozen);
    std::size_t count() const { return m_cards.size(); }
    SharedTimes& times() { return m_times; }
    SharedFilter& filter() { return m_filter; }
    /// How many charts follow the filter.
    std::size_t filtered() const;
    /// Whether a chart has results that may still change.
    bool isFedEarly() const;
    /// Of all cards, and of those that come.
    void setProvisional(Provisional how);
    /// Draws the cards as they are laid out, at their places.
    void paintCards(QPainter& painter);
    /// What they cover.
    QSize covered() const;

 Q_SIGNALS:
    void chartsChanged();  ///< a card has another chart, or none
    void enlargeRequested(const rw::NodeId& node);
    void lostRowsRequested(const rw::NodeId& node);

 protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    struct Drag {
        NodeId node;
        bool sizing = false;
        QPoint from;
        DashboardCard before, now;
    };
    std::vector<DashboardCard> wanted() const;
    std::vector<NodeId> chartNodes() const;
    void arrange();
    void onFilter();
    void discard(ChartCard& card);
    void remove(const NodeId& node);
    DashboardCard dragged(QPoint to) const;
    int rowHeight() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    ChartScheduler& m_scheduler;
    SharedTimes m_times;
    SharedFilter m_filter;
    std::optional<Range> m_keptTimes;  ///< of the filter, as the charts show them
    Provisional m_provisional = Provisional::Dimmed;
    std::vector<DashboardCard> m_places;
    std::map<NodeId, ChartCard*> m_cards;
    std::optional<Drag> m_drag;
    bool m_frozen = false;
};

}  // namespace rw::ui
