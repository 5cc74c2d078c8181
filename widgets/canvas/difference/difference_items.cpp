#include "widgets/canvas/difference/difference_items.h"

#include <QPainterPathStroker>
#include <utility>

#include "widgets/canvas/items/layers.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

using Mark = DifferencePicture::Mark;

constexpr double kEdge = 2, kSign = 8, kReach = 12, kAround = 10;

QColor markColor(const Tokens& tokens, Mark mark) {
    if (mark == Mark::Added) return tokens.ok.line;
    if (mark == Mark::Removed) return tokens.error.line;
    return mark == Mark::Changed ? tokens.warn.line : tokens.line2;
}

BadgeKind badgeOf(Mark mark) {
    if (mark == Mark::Added) return BadgeKind::Good;
    return mark == Mark::Removed ? BadgeKind::Error : BadgeKind::Warning;
}

StripKind stripOf(DifferencePicture::Fate fate, bool removed) {
    switch (fate) {
        case DifferencePicture::Fate::Kept:
            return StripKind::Kept;
        case DifferencePicture::Fate::Lost:
            return removed ? StripKind::Dropped : StripKind::Warning;
        case DifferencePicture::Fate::Impossible:
            return StripKind::Error;
        case DifferencePicture::Fate::Untold:
            break;
    }
    return StripKind::None;
}

}  // namespace

QString markWords(DifferencePicture::Mark mark, int parts) {
    if (mark == Mark::Added) return QStringLiteral("+");
    if (mark == Mark::Removed) return QStringLiteral("−");
    return mark == Mark::Changed ? QStringLiteral("Δ %1").arg(parts) : QString();
}

DifferenceCard::DifferenceCard(const DifferencePicture::Card& card, CardModel model)
    : m_changes(card.changes),
      m_mark(card.mark),
      m_model(std::move(model)),
      m_ports(m_model.ports.size(), PortEmphasis::None) {
    m_model.still = true;
    m_model.badge = markWords(card.mark, card.parts);
    if (m_mark != Mark::Same) m_model.badgeKind = badgeOf(card.mark);
    m_model.stripKind = stripOf(card.fate, card.mark == Mark::Removed);
    m_model.strip = shownText(card.fateWords);
    m_layout = cardLayout(m_model);
    setPos(card.node.at.x, card.node.at.y);
    setZValue(layers::kNode);
    // Painted at once into a picture of its own, which is then thinned.
    setCacheMode(DeviceCoordinateCache);
    if (m_mark == Mark::Same) setOpacity(opacityOf(Shade::Stale));
    if (m_mark == Mark::Removed) setOpacity(opacityOf(Shade::Miniature));
    QStringList told{m_model.title, m_model.typeName, m_model.summary, card.fateWords};
    told.removeAll(QString());
    setToolTip(tipText(told.join(QLatin1Char('\n'))));
}

QPointF DifferenceCard::end(const std::string& port, bool input) const {
    for (std::size_t i = 0; i < m_model.ports.size(); ++i) {
        if (m_model.ports[i].input == input && m_model.ports[i].name == port)
            return mapToScene(m_layout.ports[i]);
    }
    const QRectF rect = cardRect();
    return {input ? rect.left() : rect.right(), rect.top() + card_metrics::kHeader / 2};
}

void DifferenceCard::setDetail(Detail detail) {
    if (detail == m_look.detail) return;
    m_look.detail = detail;
    update();
}

void DifferenceCard::setChosen(bool chosen) {
    if (chosen == m_look.selected) return;
    m_look.selected = chosen;
    setZValue(chosen ? layers::kSelectedNode : layers::kNode);
    update();
}

void DifferenceCard::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Tokens& tokens = Theme::of().tokens();
    CardLook look = m_look;
    look.selected = false;
    paintCard(*painter, m_model, m_layout, look, m_ports);
    if (m_mark == Mark::Same && !m_look.selected) return;
    const QColor color = m_look.selected ? tokens.accent : markColor(tokens, m_mark);
    painter->setPen(QPen(color, kEdge, m_mark == Mark::Removed ? Qt::DashLine : Qt::SolidLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(m_layout.card.adjusted(1, 1, -1, -1), metrics::kCardRadius,
                             metrics::kCardRadius);
}

DifferenceWire::DifferenceWire(const DifferencePicture::Line& line, PortRole role, const DifferenceCard& from,
                               const DifferenceCard& to)
    : m_changes(line.changes), m_mark(line.mark) {
    m_look.role = role;
    const QPointF start = from.end(line.wire.from.port, false), stop = to.end(line.wire.to.port, true);
    m_path = wirePath(start, stop, std::min(from.cardRect().top(), to.cardRect().top()));
    m_course = WireCourse(m_path);
    m_bounds = m_path.boundingRect().adjusted(-kAround, -kAround, kAround, kAround);
    setZValue(isBackward(start, stop) ? layers::kBackwardWire : layers::kWire);
    if (m_mark == Mark::Same) setOpacity(opacityOf(Shade::Stale));
}

QRectF DifferenceWire::middle() const {
    const QPointF at = m_course.middle();
    return {at.x() - kReach, at.y() - kReach, 2 * kReach, 2 * kReach};
}

void DifferenceWire::setChosen(bool chosen) {
    if (chosen == m_look.selected) return;
    m_look.selected = chosen;
    update();
}

QPainterPath DifferenceWire::shape() const {
    QPainterPathStroker stroker;
    stroker.setWidth(kReach);
    return stroker.createStroke(m_path);
}

void DifferenceWire::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (m_mark == Mark::Same) return paintWire(*painter, m_path, m_look, false);
    const Tokens& tokens = Theme::of().tokens();
    const QColor color = m_look.selected ? tokens.accent : markColor(tokens, m_mark);
    QPen pen(color, m_mark == Mark::Removed ? 2 : 3);
    if (m_mark == Mark::Removed) pen.setDashPattern({3, 2});
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(pen);
    painter->drawPath(m_path);
    // The sign stands on the wire.
    const QPointF at = m_course.middle();
    painter->setPen(QPen(color, 1));
    painter->setBrush(tokens.card);
    painter->drawEllipse(at, kSign, kSign);
    painter->setFont(sceneFont(TextStyle::BodyStrong));
    painter->drawText(middle(), Qt::AlignCenter,
                      m_mark == Mark::Changed ? QStringLiteral("Δ") : markWords(m_mark, 0));
}

}  // namespace rw::ui
