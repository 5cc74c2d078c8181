// The part of a card that changes while a run goes on: rates, trend, watermark age, or a sink's picture.
#pragma once
#include <QGraphicsItem>
#include <memory>

#include "core/stream/live_view.h"
#include "widgets/canvas/cards/card_painter.h"
#include "widgets/canvas/cards/metrics_painter.h"
#include "widgets/charts/recent_rows.h"

namespace rw::ui {

class LiveItem : public QGraphicsItem {
 public:
    explicit LiveItem(QGraphicsItem* card);

    void setPlace(const CardLayout& layout, const CardModel& card);
    void setShown(Detail detail);
    /// Whether they are others than before.
    bool setLive(CardLive live);
    /// A chart's picture; null: none.
    void setView(std::shared_ptr<LiveView> view);
    /// A file's or table's last rows; none: nothing came.
    void setRows(RecentRows rows);
    /// The text while there is no picture.
    void setEmptyText(const QString& words);
    /// Repaints the picture if its view has changed since.
    void refreshPicture();
    const CardLive& live() const { return m_live; }
    const RecentRows& rows() const { return m_rows; }
    bool hasPicture() const { return !m_layout.thumbnail.isNull(); }

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    void paintPicture(QPainter& painter);

    CardLayout m_layout;
    NodeGroup m_group = NodeGroup::Transform;
    bool m_off = false;
    QRectF m_bounds;
    CardLive m_live;
    std::shared_ptr<LiveView> m_view;
    std::uint64_t m_viewVersion = 0;
    RecentRows m_rows;
    QString m_emptyText;
};

}  // namespace rw::ui
