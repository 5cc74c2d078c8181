// The list of lanes and watermarks, below an axis of event time.
#pragma once
#include <QListView>
#include <QStyledItemDelegate>

#include "widgets/timeline/timeline_painter.h"

namespace rw::ui {

/// For lists with a TimelineModel.
class TimelineDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
};

/// Keys: , and . go from window to window of the lane, Home and End to its first and last one, Up and Down
/// from lane to lane; Enter selects the node. Left, Right, and the wheel with Shift move the axis.
class TimelineView : public QListView {
    Q_OBJECT
 public:
    explicit TimelineView(TimelineModel& model, QWidget* parent = nullptr);

    /// Where event time lies in lines of this list, of that width.
    static TimeScale scaleOf(const TimelineModel& model, int width);
    TimeScale scale() const { return scaleOf(m_model, viewport()->width()); }

 Q_SIGNALS:
    /// A window was chosen, or it is another one now: its words are those of the model.
    void windowChosen();
    void nodeActivated(const rw::NodeId& node);
    /// A menu of that window is to be shown there, on the screen: it takes rows still.
    void menuRequested(const rw::NodeId& node, const rw::Window& window, QPoint at);
    /// To begin there; nothing: to follow the newest rows.
    void moved(std::optional<rw::Instant> from);

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

 private:
    void step(int by, bool toEnd);
    void shift(double share);
    void choose(const TimelineLine& line, const LaneWindow& window, const QString& key);

    TimelineModel& m_model;
};

/// “Event time, UTC”, with the zone of the pipeline, and the times of its ticks.
class TimelineAxis : public QWidget {
    Q_OBJECT
 public:
    /// Both outlive it.
    TimelineAxis(const TimelineModel& model, const TimelineView& view, QWidget* parent = nullptr);
    QSize sizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    const TimelineModel& m_model;
    const TimelineView& m_view;
};

/// The looks of bars and what they mean, beside the tab.
class TimelineLegend : public QWidget {
    Q_OBJECT
 public:
    explicit TimelineLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    static std::vector<std::pair<std::optional<BarLook>, QString>> entries();
};

}  // namespace rw::ui
