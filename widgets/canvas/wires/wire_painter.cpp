#include "widgets/canvas/wires/wire_painter.h"

#include <QCoreApplication>
#include <QPixmapCache>
#include <vector>

#include "core/base/figures.h"
#include "widgets/canvas/cards/card_state.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kDot = 5;

// A dot drawn once per colour and scale: antialiased circles are slow, copies of a pixmap are not.
QPixmap dotSprite(const QColor& color, double scale) {
    const QString key = QStringLiteral("wire-dot-%1-%2").arg(color.rgba()).arg(qRound(scale * 100));
    QPixmap sprite;
    if (QPixmapCache::find(key, &sprite)) return sprite;
    const int size = qMax(2, qCeil((kDot + 1) * scale));
    sprite = QPixmap(size, size);
    sprite.fill(Qt::transparent);
    QPainter painter(&sprite);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double centre = size / 2.0;
    painter.drawEllipse(QPointF(centre, centre), kDot * scale / 2, kDot * scale / 2);
    painter.end();
    QPixmapCache::insert(key, sprite);
    return sprite;
}

Qt::PenStyle lineStyle(PortRole role) {
    return role == PortRole::Rows ? Qt::SolidLine : Qt::DashLine;
}

}  // namespace

QColor wireColor(const Tokens& tokens, const WireLook& look) {
    if (look.selected || look.target || look.traced) return tokens.accent;
    if (look.broken) return tokens.error.line;
    if (look.role == PortRole::Late) return tokens.warn.line;
    if (look.role == PortRole::Rejected) return tokens.error.text;
    if (look.backpressure >= kBackpressureSeen) return tokens.warn.line;
    return look.flowing ? tokens.wireFlowing : tokens.wireIdle;
}

void paintWire(QPainter& painter, const QPainterPath& path, const WireLook& look, bool plain) {
    const Tokens& tokens = Theme::of().tokens();
    const QColor color = wireColor(tokens, look);
    painter.setRenderHint(QPainter::Antialiasing, !plain);
    painter.setBrush(Qt::NoBrush);
    if (look.hovered || look.target) {
        painter.setPen(QPen(shaded(color, Shade::Halo), 8, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(path);
    }
    const bool strong = look.selected || look.target || look.backpressure >= kBackpressureSeen;
    QPen pen(color, strong ? 3 : 2, look.broken ? Qt::DotLine : lineStyle(look.role));
    if (pen.style() == Qt::DashLine) pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.drawPath(path);
}

double dotSpacing(double rate) {
    if (rate < 100) return 26;
    if (rate < 1000) return 18;
    return rate < 10'000 ? 14 : 9;
}

void paintDots(QPainter& painter, const WireCourse& course, const WireLook& look, double phase) {
    const double scale = painter.device()->devicePixelRatioF() * painter.worldTransform().m11();
    const Tokens& tokens = Theme::of().tokens();
    const bool slow = look.backpressure >= kBackpressureSeen;
    const QPixmap sprite =
        dotSprite(slow || look.role != PortRole::Rows ? wireColor(tokens, look) : tokens.op.text, scale);
    const double spacing = dotSpacing(look.rate);
    std::vector<QPainter::PixmapFragment> dots;
    for (double at = std::fmod(phase, spacing); at < course.length(); at += spacing) {
        dots.push_back(QPainter::PixmapFragment::create(course.at(at), sprite.rect(), 1 / scale, 1 / scale));
    }
    painter.drawPixmapFragments(dots.data(), static_cast<int>(dots.size()), sprite);
}

QString wireLabel(const WireLook& look) {
    if (look.traced)
        return translated(
            figures::counted(*look.traced, RW_TEXT("wire", "1 row"), RW_TEXT("wire", "%1 rows")));
    if (look.stepped)
        return *look.stepped > 0 ? QStringLiteral("+%1").arg(countText(*look.stepped)) : QString();
    if (!look.flowing) return look.sampled ? countText(*look.sampled) : QString();
    const QString rate = rateText(look.rate);
    if (look.backpressure < kReportedBackpressure) return rate;
    return QCoreApplication::translate("wire", "%1 · %2").arg(rate, shareText(look.backpressure));
}

QRectF labelRect(const WireCourse& course, const QString& text) {
    const double width = textWidth(text, sceneFont(TextStyle::CodeSmall)) + 12;
    QPointF centre = course.middle();
    if (width > 0.6 * course.length()) centre -= QPointF(0, 16);
    return {centre.x() - width / 2, centre.y() - 9, width, 18};
}

void paintLabel(QPainter& painter, const QRectF& rect, const QString& text, const WireLook& look) {
    const Tokens& tokens = Theme::of().tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor edge = wireColor(tokens, look);
    const QRectF box = rect.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(mixed(edge, tokens.card, Shade::Edge), 1));
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(box, metrics::kControlRadius, metrics::kControlRadius);
    painter.setFont(sceneFont(TextStyle::CodeSmall));
    painter.setPen(look.flowing && !look.stepped && !look.traced ? tokens.text : tokens.accent);
    painter.drawText(rect, Qt::AlignCenter, text);
}

void paintDraggedWire(QPainter& painter, const QPainterPath& path, QPointF end, bool refused, bool snapped) {
    const Tokens& tokens = Theme::of().tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const QColor color = refused ? tokens.error.line : tokens.accent;
    QPen pen(color, 2, refused ? Qt::DotLine : Qt::DashLine);
    if (!refused) pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.drawPath(path);
    painter.setPen(QPen(color, 2));
    if (refused) {
        painter.drawEllipse(end, 9, 9);
        painter.drawLine(end + QPointF(-6, -6), end + QPointF(6, 6));
    } else if (snapped) {
        painter.drawEllipse(end, 11, 11);
    }
}

}  // namespace rw::ui
