#include "widgets/canvas/minimap.h"

#include <QMouseEvent>
#include <QPainter>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

Minimap::Minimap(CanvasView& view, QWidget* parent) : QWidget(parent), m_view(view) {
    setFixedSize(kWidth, kHeight);
    setObjectName(QStringLiteral("minimap"));
    retranslate();
    connect(&view, &CanvasView::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&view.canvas(), &CanvasScene::contentMoved, this, [this] {
        m_cards = QPixmap();
        update();
    });
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_cards = QPixmap();
        update();
    });
}

void Minimap::retranslate() {
    setAccessibleName(tr("Minimap"));
    setToolTip(tr("Drag to move, double-click to fit all"));
}

QTransform Minimap::toMap() const {
    const QRectF world = m_content.united(m_view.visibleSceneRect());
    const QRectF room = QRectF(rect()).adjusted(5, 5, -5, -5);
    if (world.isEmpty()) return {};
    const double scale = std::min(room.width() / world.width(), room.height() / world.height());
    QTransform map;
    map.translate(room.center().x(), room.center().y());
    map.scale(scale, scale);
    map.translate(-world.center().x(), -world.center().y());
    return map;
}

const QPixmap& Minimap::cards(const QTransform& map) {
    const double ratio = devicePixelRatioF();
    if (!m_cards.isNull() && map == m_cardsMap && m_cards.devicePixelRatioF() == ratio) return m_cards;
    m_cardsMap = map;
    m_cards = QPixmap(size() * ratio);
    m_cards.setDevicePixelRatio(ratio);
    m_cards.fill(Qt::transparent);
    const Tokens& tokens = Theme::of().tokens();
    QPainter painter(&m_cards);
    // Comments are frames around cards: as on the canvas they lie behind them, and what is inside is seen.
    for (const NoteItem* note : m_view.canvas().notes()) {
        const QRectF frame = map.mapRect(note->frame()).toAlignedRect();
        const NoteTone tone = note->tone();
        painter.fillRect(frame, tone.tint);
        painter.setPen(QPen(tone.line, 1));
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    for (const auto& [id, item] : m_view.canvas().nodes()) {
        const QColor fill = kindColors(tokens, item->card().group).fill;
        painter.fillRect(map.mapRect(item->cardRect()).toAlignedRect(),
                         mixed(fill, tokens.panel, Shade::Miniature));
    }
    return m_cards;
}

void Minimap::paintEvent(QPaintEvent*) {
    if (m_cards.isNull()) m_content = m_view.canvas().contentRect();
    const Tokens& tokens = Theme::of().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.line2, 1));
    painter.setBrush(tokens.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kControlRadius,
                            metrics::kControlRadius);
    const QTransform map = toMap();
    painter.drawPixmap(0, 0, cards(map));
    QRectF seen = map.mapRect(m_view.visibleSceneRect());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(seen.adjusted(0.5, 0.5, -0.5, -0.5), metrics::kBarRadius, metrics::kBarRadius);
}

void Minimap::centreAt(QPoint point) {
    bool invertible = false;
    const QTransform back = toMap().inverted(&invertible);
    if (invertible) m_view.centerOn(back.map(QPointF(point)));
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    m_dragged = true;
    centreAt(event->pos());
}

void Minimap::mouseReleaseEvent(QMouseEvent*) {
    m_dragged = false;
    if (!underMouse()) Q_EMIT left();
}

void Minimap::leaveEvent(QEvent*) {
    if (!m_dragged) Q_EMIT left();
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) centreAt(event->pos());
}

void Minimap::mouseDoubleClickEvent(QMouseEvent*) {
    m_view.fitAll();
}

}  // namespace rw::ui
