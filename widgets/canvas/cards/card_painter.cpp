#include "widgets/canvas/cards/card_painter.h"

#include <QPainterPath>

#include "widgets/canvas/cards/summary_line.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/verdict_appearance.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

using namespace card_metrics;

namespace {

constexpr double kRadius = metrics::kCardRadius;
constexpr double kBadge = 18, kBadgeGap = 4;

double ratioOf(const QPainter& painter) {
    return painter.device()->devicePixelRatioF() * painter.worldTransform().m11();
}

void drawIcon(QPainter& painter, const QString& name, QPointF topLeft, int size, const QColor& color) {
    const QPixmap pixmap = Theme::of().pixmap(name, size, color, ratioOf(painter));
    if (!pixmap.isNull()) painter.drawPixmap(QRectF(topLeft, QSizeF(size, size)), pixmap, pixmap.rect());
}

void drawText(QPainter& painter, const QRectF& rect, const QString& text, TextStyle style,
              const QColor& color, Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter,
              Qt::TextElideMode mode = Qt::ElideMiddle) {
    const QFont font = sceneFont(style);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, static_cast<int>(align | Qt::TextSingleLine),
                     elided(text, font, rect.width(), mode));
}

void drawDot(QPainter& painter, const QRectF& rect, DotState state, const Tokens& tokens) {
    painter.setPen(Qt::NoPen);
    switch (state) {
        case DotState::Idle:
            painter.setPen(QPen(tokens.dim, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(rect.adjusted(0.75, 0.75, -0.75, -0.75));
            return;
        case DotState::Paused:
            painter.setBrush(tokens.warn.line);
            painter.drawRect(QRectF(rect.left() + 0.5, rect.top(), 2.5, rect.height()));
            painter.drawRect(QRectF(rect.right() - 3, rect.top(), 2.5, rect.height()));
            return;
        case DotState::Running:
            painter.setBrush(tokens.ok.line);
            break;
        case DotState::Look:
            painter.setBrush(tokens.warn.line);
            break;
        case DotState::Failed:
            painter.setBrush(tokens.error.line);
            break;
    }
    painter.drawEllipse(rect);
}

const StateColors* badgeColors(const Tokens& tokens, BadgeKind kind) {
    if (kind == BadgeKind::Good) return &tokens.ok;
    if (kind == BadgeKind::Warning) return &tokens.warn;
    return kind == BadgeKind::Error ? &tokens.error : nullptr;
}

void drawVerdict(QPainter& painter, const CardModel& card, const CardLayout& layout, const Tokens& tokens) {
    if (!card.verdict) return;
    const VerdictSign sign = verdictSign(*card.verdict);
    drawIcon(painter, sign.icon, layout.verdict.topLeft(), qRound(kSign), colorOf(tokens, sign.role));
}

double badgeWidth(const CardModel& card) {
    const double words = textWidth(card.badge, sceneFont(TextStyle::Caption));
    return words + 12 + (card.badgeIcon.isEmpty() ? 0 : 16);
}

/// Where the dot and the verdict leave room in the header.
double headerEnd(const CardLayout& layout) {
    return (layout.verdict.isNull() ? layout.dot : layout.verdict).left() - kSignGap;
}

void drawBadge(QPainter& painter, const CardModel& card, const CardLayout& layout, const QRectF& box,
               const Tokens& tokens) {
    const StateColors* colors = badgeColors(tokens, card.badgeKind);
    const QColor words = colors != nullptr ? colors->text : tokens.dim;
    if (box.isNull()) {
        if (card.badgeIcon.isEmpty()) return;
        const double left = headerEnd(layout) - kSign;
        drawIcon(painter, card.badgeIcon, {left, layout.header.center().y() - kSign / 2}, qRound(kSign),
                 words);
        return;
    }
    const bool icon = !card.badgeIcon.isEmpty();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors != nullptr ? colors->tint : tokens.panel2);
    painter.drawRoundedRect(box, metrics::kControlRadius, metrics::kControlRadius);
    if (icon) drawIcon(painter, card.badgeIcon, {box.left() + 5, box.top() + 3}, 12, words);
    drawText(painter, box.adjusted(icon ? 20 : 6, 0, -4, 0), card.badge, TextStyle::Caption, words);
}

void drawHeader(QPainter& painter, const CardModel& card, const CardLayout& layout, Detail detail,
                const Tokens& tokens) {
    const KindColors& kind = kindColors(tokens, card.group);
    QPainterPath shape;
    shape.addRoundedRect(layout.card, kRadius, kRadius);
    painter.save();
    painter.setClipPath(shape, Qt::IntersectClip);
    painter.fillRect(layout.header, kind.tint);
    painter.restore();
    if (!card.collapsed) {
        painter.fillRect(QRectF(0, layout.header.bottom() - 1, layout.header.width(), 1), tokens.line);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(kind.fill);
    painter.drawRoundedRect(layout.icon, metrics::kControlRadius, metrics::kControlRadius);
    drawIcon(painter, card.icon, layout.icon.topLeft() + QPointF(3, 3), 14, tokens.onKind);
    if (!card.still) drawDot(painter, layout.dot, card.dot, tokens);
    drawVerdict(painter, card, layout, tokens);
    drawBadge(painter, card, layout, badgeBox(card, layout, detail), tokens);
    drawText(painter, titleBox(card, layout, detail), card.title, TextStyle::BodyStrong, tokens.text,
             Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideRight);
}

void drawSettings(QPainter& painter, const CardModel& card, const CardLayout& layout, const Tokens& tokens) {
    if (layout.settings.isNull()) return;
    QRectF line(layout.settings.left(), layout.settings.top(), layout.settings.width(), 16);
    QRectF type = line;
    if (const QRectF badge = badgeBox(card, layout, Detail::Plain); badge.top() >= layout.header.bottom())
        type.setRight(badge.left() - kBadgeGap);
    drawText(painter, type, card.typeName, TextStyle::Caption, tokens.dim);
    line.translate(0, 17);
    const TextStyle style = card.code ? TextStyle::CodeSmall : TextStyle::Caption;
    drawText(painter, line, summaryLine(card.summary, sceneFont(style), line.width()), style, tokens.text);
}

void drawPortNames(QPainter& painter, const CardModel& card, const CardLayout& layout, const Tokens& tokens) {
    bool first = true;
    for (std::size_t i = 0; i < card.ports.size(); ++i) {
        if (layout.portNames[i].isNull()) continue;
        const CardPort& port = card.ports[i];
        const bool told = card.picture && first && !card.summary.isEmpty();
        QRectF rect = layout.portNames[i];
        if (told) rect.setWidth(layout.card.width() - 2 * kMargin);
        first = false;
        const QString words =
            told ? summaryLine(card.summary, sceneFont(TextStyle::Caption), rect.width()) : port.label;
        drawText(painter, rect, words, TextStyle::Caption, tokens.dim,
                 Qt::AlignVCenter | (port.input ? Qt::AlignLeft : Qt::AlignRight), Qt::ElideRight);
    }
}

void drawQueue(QPainter& painter, const CardModel& card, const CardLayout& layout, const Tokens& tokens) {
    if (layout.queue.isNull()) return;
    const QString words = QCoreApplication::translate("card", "Queue ahead");
    const double width = textWidth(words, sceneFont(TextStyle::Caption));
    drawText(painter, layout.queue, words, TextStyle::Caption, tokens.warn.text);
    const QRectF bar(layout.queue.left() + width + 8, layout.queue.center().y() - 2,
                     layout.queue.width() - width - 8, 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.line);
    painter.drawRoundedRect(bar, metrics::kBarRadius, metrics::kBarRadius);
    painter.setBrush(tokens.warn.line);
    painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(bar.width() * qMin(card.queueAhead, 1.0), 4)),
                            metrics::kBarRadius, metrics::kBarRadius);
}

struct StripLook {
    QString icon;
    QColor ground, sign, words;
};

StripLook stripLook(StripKind kind, const Tokens& tokens) {
    if (kind == StripKind::Error)
        return {QStringLiteral("error"), tokens.error.tint, tokens.error.text, tokens.error.text};
    if (kind == StripKind::Warning)
        return {QStringLiteral("warning"), tokens.warn.tint, tokens.warn.text, tokens.warn.text};
    if (kind == StripKind::Blocked)
        return {QStringLiteral("lock"), tokens.warn.tint, tokens.warn.text, tokens.warn.text};
    if (kind == StripKind::Unplugged)
        return {QStringLiteral("unplugged"), tokens.warn.tint, tokens.warn.text, tokens.warn.text};
    if (kind == StripKind::Kept)
        return {QStringLiteral("check"), tokens.ok.tint, tokens.ok.text, tokens.ok.text};
    if (kind == StripKind::Dropped)
        return {QStringLiteral("trash"), tokens.error.tint, tokens.error.text, tokens.error.text};
    if (kind == StripKind::Assured)
        return {QStringLiteral("shield"), tokens.ok.tint, tokens.ok.text, tokens.ok.text};
    if (kind == StripKind::Unassured)
        return {QStringLiteral("shield"), tokens.warn.tint, tokens.warn.text, tokens.warn.text};
    if (kind == StripKind::Path)
        return {QStringLiteral("why"), mixed(tokens.accent, tokens.panel2, Shade::Zone), tokens.accent,
                tokens.text};
    if (kind == StripKind::ToDo) return {QStringLiteral("edit"), tokens.panel2, tokens.dim, tokens.dim};
    if (kind == StripKind::Note) return {QStringLiteral("info"), tokens.panel2, tokens.accent, tokens.text};
    return {QStringLiteral("hourglass"), tokens.panel2, tokens.accent, tokens.text};
}

void drawStrip(QPainter& painter, const CardModel& card, const CardLayout& layout, const Tokens& tokens) {
    if (layout.strip.isNull()) return;
    const StripLook look = stripLook(card.stripKind, tokens);
    QPainterPath shape;
    shape.addRoundedRect(layout.card, kRadius, kRadius);
    painter.save();
    painter.setClipPath(shape, Qt::IntersectClip);
    painter.fillRect(layout.strip, look.ground);
    painter.fillRect(QRectF(layout.strip.topLeft(), QSizeF(layout.strip.width(), 1)), tokens.line);
    painter.restore();
    drawIcon(painter, look.icon, layout.strip.topLeft() + QPointF(9, 6), 12, look.sign);
    drawText(painter, layout.strip.adjusted(28, 0, -8, 0), card.strip, TextStyle::Caption, look.words,
             Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideRight);
}

void drawEdge(QPainter& painter, const CardModel& card, const CardLayout& layout, const CardLook& look,
              const Tokens& tokens) {
    const bool strong = look.selected || look.target || card.stripKind == StripKind::Error;
    QColor color = look.hovered ? tokens.dim : tokens.line2;
    if (card.stripKind == StripKind::Error) color = tokens.error.line;
    if (look.selected || look.target) color = tokens.accent;
    const double width = strong ? 2 : 1;
    QPen pen(color, width, card.disabled ? Qt::DashLine : Qt::SolidLine);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const double in = width / 2;
    painter.drawRoundedRect(layout.card.adjusted(in, in, -in, -in), kRadius, kRadius);
    if (look.focused && !look.selected) {
        painter.setPen(QPen(tokens.accent, 2, Qt::DotLine));
        painter.drawRoundedRect(layout.card.adjusted(1, 1, -1, -1), kRadius, kRadius);
    }
}

}  // namespace

QRectF titleBox(const CardModel& card, const CardLayout& layout, Detail detail) {
    QRectF title = layout.title;
    title.setRight(headerEnd(layout));
    const QRectF badge = badgeBox(card, layout, detail);
    if (badge.isNull() && !card.badgeIcon.isEmpty()) title.setRight(title.right() - kSign - kBadgeGap);
    if (!badge.isNull() && badge.top() < layout.header.bottom()) title.setRight(badge.left() - kBadgeGap);
    return title;
}

QRectF badgeBox(const CardModel& card, const CardLayout& layout, Detail detail) {
    if (card.badge.isEmpty()) return {};
    const double width = badgeWidth(card), right = headerEnd(layout);
    const QRectF inHeader(right - width, layout.header.center().y() - kBadge / 2, width, kBadge);
    const double room = inHeader.left() - kBadgeGap - layout.title.left();
    const bool fits = textWidth(card.title, sceneFont(TextStyle::BodyStrong)) <= room;
    if (fits || detail == Detail::Header || layout.settings.isNull()) return inHeader;
    return {layout.settings.right() - width, layout.settings.top() - 1, width, kBadge};
}

Detail detailAt(double scale) {
    if (scale < 0.35) return Detail::Header;
    return scale < kFullDetailFrom ? Detail::Plain : Detail::Full;
}

void paintCard(QPainter& painter, const CardModel& card, const CardLayout& layout, const CardLook& look,
               const std::vector<PortEmphasis>& ports) {
    const Tokens& tokens = Theme::of().tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(layout.card, kRadius, kRadius);
    if (card.disabled) painter.setOpacity(opacityOf(Shade::Off));
    drawHeader(painter, card, layout, look.detail, tokens);
    if (!card.collapsed && look.detail != Detail::Header) {
        drawSettings(painter, card, layout, tokens);
        if (look.detail == Detail::Full) drawPortNames(painter, card, layout, tokens);
        drawQueue(painter, card, layout, tokens);
        drawStrip(painter, card, layout, tokens);
    }
    painter.setOpacity(1);
    drawEdge(painter, card, layout, look, tokens);
    for (std::size_t i = 0; i < card.ports.size() && i < ports.size(); ++i) {
        paintPort(painter, layout.ports[i], card.ports[i], card.group, ports[i], tokens);
    }
}

}  // namespace rw::ui
