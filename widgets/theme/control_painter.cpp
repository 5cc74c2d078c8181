#include "widgets/theme/control_painter.h"

#include <QPainter>
#include <QPixmapCache>
#include <QVariant>
#include <QWidget>

#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

// Puts antialiasing on and everything back afterwards.
class Scope {
 public:
    explicit Scope(QPainter& painter) : m_painter(painter) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Scope() { m_painter.restore(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

 private:
    QPainter& m_painter;
};

}  // namespace

void paintBox(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& edge, double radius,
              double edgeWidth, Qt::PenStyle edgeStyle) {
    const Scope scope(painter);
    const double inset = edgeWidth / 2;
    painter.setPen(edge.isValid() && edge.alpha() > 0 ? QPen(edge, edgeWidth, edgeStyle) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - inset,
                            radius - inset);
}

void paintFocusRing(QPainter& painter, const QRect& rect, const Tokens& tokens, double radius) {
    paintBox(painter, rect, Qt::transparent, tokens.accent, radius, metrics::kFocusRing);
}

void paintField(QPainter& painter, const QRect& rect, const Tokens& tokens, QStyle::State state,
                const QWidget* widget) {
    const QString mark = widget ? widget->property("state").toString() : QString();
    QColor fill = tokens.field;
    QColor edge = tokens.line;
    Qt::PenStyle pen = Qt::SolidLine;
    if (mark == QLatin1String("unused") || !(state & QStyle::State_Enabled)) {
        fill = Qt::transparent;
        pen = Qt::DashLine;
    } else if (mark == QLatin1String("warn")) {
        edge = tokens.warn.line;
    } else if (mark == QLatin1String("error")) {
        edge = tokens.error.line;
    } else if (state & QStyle::State_MouseOver) {
        edge = tokens.line2;
    }
    const bool cell = widget && widget->property("cell").toBool();  // of a table: edges only for a reason
    if (!cell || !mark.isEmpty())
        paintBox(painter, rect, cell ? Qt::transparent : fill, edge, metrics::kControlRadius, 1, pen);
    if ((state & QStyle::State_HasFocus) && mark.isEmpty())
        paintFocusRing(painter, rect, tokens, metrics::kControlRadius);
    else if (state & QStyle::State_HasFocus)
        paintBox(painter, rect, Qt::transparent, edge, metrics::kControlRadius, metrics::kFocusRing);
}

void paintCheckMark(QPainter& painter, const QRect& rect, const Tokens& tokens, QStyle::State state) {
    const bool enabled = state & QStyle::State_Enabled;
    const bool marked = state & (QStyle::State_On | QStyle::State_NoChange);
    const QColor edge = (state & QStyle::State_MouseOver) && enabled ? tokens.accent : tokens.line2;
    if (!marked) {
        paintBox(painter, rect, enabled ? tokens.field : QColor(Qt::transparent),
                 enabled ? edge : tokens.line, 3);
        return;
    }
    paintBox(painter, rect, enabled ? tokens.accent : tokens.line, Qt::transparent, 3);
    const QStringView glyph = (state & QStyle::State_NoChange) ? u"minus" : u"check";
    paintGlyph(painter, rect, glyph, rect.height() * 3 / 4, enabled ? tokens.onAccent : tokens.disabled);
}

void paintRadioMark(QPainter& painter, const QRect& rect, const Tokens& tokens, QStyle::State state) {
    const bool enabled = state & QStyle::State_Enabled;
    const double radius = rect.height() / 2.0;
    if (!(state & QStyle::State_On)) {
        const QColor edge = (state & QStyle::State_MouseOver) && enabled ? tokens.accent : tokens.line2;
        paintBox(painter, rect, enabled ? tokens.field : QColor(Qt::transparent),
                 enabled ? edge : tokens.line, radius);
        return;
    }
    paintBox(painter, rect, enabled ? tokens.accent : tokens.line, Qt::transparent, radius);
    const Scope scope(painter);
    painter.setPen(Qt::NoPen);
    painter.setBrush(enabled ? tokens.onAccent : tokens.disabled);
    painter.drawEllipse(QRectF(rect).center(), rect.width() * 0.19, rect.height() * 0.19);
}

void paintGlyph(QPainter& painter, const QRect& rect, QStringView name, int size, const QColor& color) {
    const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    const QPoint at(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2);
    painter.drawPixmap(at, renderIcon(name, size, color, ratio));
}

int keyCapWidth(const Theme& theme, const QString& keys) {
    const int words = QFontMetrics(theme.font(TextStyle::CodeSmall)).horizontalAdvance(keys);
    return std::max(words + 10, theme.scaled(17));
}

void paintKeyCap(QPainter& painter, const Theme& theme, const QRect& rect, int right, const QString& keys) {
    const int width = keyCapWidth(theme, keys);
    const int height = theme.scaled(18);
    const QRect cap(right - width + 1, rect.y() + (rect.height() - height) / 2, width, height);
    const Scope scope(painter);
    paintBox(painter, cap, theme.tokens().panel2, theme.tokens().line, 3);
    painter.setFont(theme.font(TextStyle::CodeSmall));
    painter.setPen(theme.tokens().dim);
    painter.drawText(cap, Qt::AlignCenter, keys);
}

QBrush hatchBrush(const QColor& color, double ratio) {
    constexpr int kTile = 8;
    const QString key = QStringLiteral("hatch-%1-%2").arg(color.rgba()).arg(qRound(ratio * 100));
    QPixmap tile;
    if (!QPixmapCache::find(key, &tile)) {
        tile = QPixmap(QSize(kTile, kTile) * ratio);
        tile.setDevicePixelRatio(ratio);
        tile.fill(Qt::transparent);
        QPainter painter(&tile);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 1));
        for (const int shift : {-kTile, 0, kTile}) painter.drawLine(shift, kTile, shift + kTile, 0);
        painter.end();
        QPixmapCache::insert(key, tile);
    }
    return QBrush(tile);
}

}  // namespace rw::ui
