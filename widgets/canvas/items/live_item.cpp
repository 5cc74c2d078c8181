#include "widgets/canvas/items/live_item.h"

#include <QStyleOptionGraphicsItem>

#include "widgets/charts/thumbnail.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

LiveItem::LiveItem(QGraphicsItem* card) : QGraphicsItem(card) {
    setAcceptedMouseButtons(Qt::NoButton);
    setFlag(ItemUsesExtendedStyleOption);
}

void LiveItem::setPlace(const CardLayout& layout, const CardModel& card) {
    prepareGeometryChange();
    m_layout = layout;
    m_group = card.group;
    m_off = card.disabled;
    m_bounds = layout.thumbnail.united(layout.footer).united(layout.metrics);
    setOpacity(m_off ? opacityOf(Shade::Off) : 1);
}

void LiveItem::setShown(Detail detail) {
    setVisible(detail == Detail::Full || (detail == Detail::Plain && hasPicture()));
}

bool LiveItem::setLive(CardLive live) {
    if (live == m_live) return false;
    m_live = std::move(live);
    update(m_layout.footer.united(m_layout.metrics));
    return true;
}

void LiveItem::setView(std::shared_ptr<LiveView> view) {
    if (view == m_view) return;
    m_view = std::move(view);
    m_viewVersion = 0;
    update(m_layout.thumbnail);
}

void LiveItem::setRows(RecentRows rows) {
    if (rows == m_rows) return;
    m_rows = std::move(rows);
    update(m_layout.thumbnail);
}

void LiveItem::setEmptyText(const QString& words) {
    if (words == m_emptyText) return;
    m_emptyText = words;
    update(m_layout.thumbnail);
}

void LiveItem::refreshPicture() {
    if (!m_view || m_view->version() == m_viewVersion) return;
    m_viewVersion = m_view->version();
    update(m_layout.thumbnail);
}

void LiveItem::paintPicture(QPainter& painter) {
    const Tokens& tokens = Theme::of().tokens();
    const QRectF box = m_layout.thumbnail;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.line, 1));
    painter.setBrush(tokens.field);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), metrics::kBarRadius, metrics::kBarRadius);
    if (m_live.dim) painter.setOpacity(opacityOf(Shade::Stale) * painter.opacity());
    if (m_view && paintThumbnail(painter, box, *m_view)) return;
    if (m_rows.rows.empty()) {
        paintEmptyThumbnail(painter, box, m_emptyText);
    } else {
        paintRows(painter, box, m_rows);
    }
}

// Dots of wires pass ten times as often as a picture changes.
void LiveItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    if (hasPicture()) {
        if (option->exposedRect.intersects(m_layout.thumbnail)) {
            painter->save();
            paintPicture(*painter);
            painter->restore();
        }
        if (option->exposedRect.intersects(m_layout.footer)) paintFooter(*painter, m_live, m_layout);
    } else {
        paintMetrics(*painter, m_live, m_layout, m_group);
    }
}

}  // namespace rw::ui
