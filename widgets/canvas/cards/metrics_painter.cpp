#include "widgets/canvas/cards/metrics_painter.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <algorithm>

#include "widgets/canvas/cards/card_painter.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

using namespace card_metrics;

namespace {

constexpr std::size_t kSeconds = 60;
constexpr double kLeastTrend =
    16;                          // pixels; a narrower line shows nothing, and would touch the text beside it
constexpr double kBar = 4;       // pixels high, of the share of rows kept
constexpr float kSteady = 0.8F;  // of the largest rate: above, all are alike and a filled area is but a block

void drawPlain(QPainter& painter, const QRectF& rect, const QString& text, const QFont& font,
               const QColor& color, Qt::Alignment align) {
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, static_cast<int>(align | Qt::AlignVCenter | Qt::TextSingleLine), text);
}

// “in 1.6 k/s”: the word dim, the number not.
void drawPair(QPainter& painter, const QRectF& rect, const QString& word, const QString& value, bool right,
              const Tokens& tokens, const QColor& color) {
    const QFont font = sceneFont(TextStyle::CodeSmall);
    const double wordWidth = textWidth(word + QLatin1Char(' '), font);
    const double whole = wordWidth + textWidth(value, font);
    const double left = right ? rect.right() - whole : rect.left();
    const QRectF place(left, rect.top(), whole + 2, rect.height());
    drawPlain(painter, place, word, font, tokens.dim, Qt::AlignLeft);
    drawPlain(painter, place.adjusted(wordWidth, 0, 2, 0), value, font, color, Qt::AlignLeft);
}

void drawAge(QPainter& painter, const QRectF& rect, const QString& age, const Tokens& tokens) {
    const QFont font = sceneFont(TextStyle::CodeSmall);
    const double width = textWidth(age, font);
    drawPlain(painter, rect, age, font, tokens.dim, Qt::AlignRight);
    const double ratio = painter.device()->devicePixelRatioF() * painter.worldTransform().m11();
    const QPixmap clock = Theme::of().pixmap(u"clock", 12, tokens.dim, ratio);
    const QRectF place(rect.right() - width - 16, rect.center().y() - 6, 12, 12);
    painter.drawPixmap(place, clock, clock.rect());
}

// How far the watermark is behind, or that all is from the last run.
void drawAgeOrLastRun(QPainter& painter, const QRectF& rect, const CardLive& live, const QString& lastRun,
                      const Tokens& tokens) {
    if (live.lastRun) {
        drawPlain(painter, rect, lastRun, sceneFont(TextStyle::Caption), tokens.dim, Qt::AlignRight);
    } else {
        drawAge(painter, rect, live.age, tokens);
    }
}

// A sample's figures are never taken for a run's, nor a step's for rates.
QColor figureColor(const CardLive& live, const Tokens& tokens) {
    if (live.dim) return tokens.dim;
    return live.sampled || live.stepped ? tokens.accent : tokens.text;
}

// “▦ sample”, at the right; gives how wide it is.
double drawSampleMark(QPainter& painter, const QRectF& rect, const Tokens& tokens) {
    const QString words = QCoreApplication::translate("card", "sample");
    const QFont font = sceneFont(TextStyle::Caption);
    const double width = textWidth(words, font);
    drawPlain(painter, rect, words, font, tokens.dim, Qt::AlignRight);
    const double ratio = painter.device()->devicePixelRatioF() * painter.worldTransform().m11();
    const QPixmap mark = Theme::of().pixmap(u"sample", 12, tokens.dim, ratio);
    painter.drawPixmap(QRectF(rect.right() - width - 16, rect.center().y() - 6, 12, 12), mark, mark.rect());
    return width + 16;
}

QString listenWords() {
    return QCoreApplication::translate("card", "Listen 5 s");
}

// The share of rows that a node kept in the sample.
void drawKept(QPainter& painter, const QRectF& rect, const CardLive& live, const Tokens& tokens) {
    QRectF bar(rect.left(), rect.center().y() - kBar / 2, rect.width(), kBar);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.line);
    painter.drawRoundedRect(bar, kBar / 2, kBar / 2);
    if (live.kept <= 0) return;
    bar.setWidth(std::max(kBar, bar.width() * live.kept));
    painter.setBrush(figureColor(live, tokens));
    painter.drawRoundedRect(bar, kBar / 2, kBar / 2);
}

// “keeps 88 %”. One row that was dropped shows, however many were kept.
QString keptWords(double kept) {
    constexpr double kNearlyAll = 0.995;  // is rounded to all of them
    const QString share =
        kept >= kNearlyAll && kept < 1 ? QStringLiteral(">") + shareText(0.99) : shareText(kept);
    return QCoreApplication::translate("card", "keeps %1").arg(share);
}

// The longest of the forms, which stand so, that the room holds; else the last.
QString fittingForm(const QStringList& forms, double room) {
    const QFont font = sceneFont(TextStyle::CodeSmall);
    const auto fits = [&](const QString& form) { return textWidth(form, font) <= room; };
    const auto found = std::find_if(forms.begin(), forms.end(), fits);
    return found != forms.end() ? *found : forms.last();
}

// Beside the trend, which has the rest of the room.
void drawBeside(QPainter& painter, QRectF& trend, const QString& words, TextStyle style,
                const QColor& color) {
    const QFont font = sceneFont(style);
    drawPlain(painter, trend, words, font, color, Qt::AlignRight);
    trend.setWidth(std::max(0.0, trend.width() - textWidth(words, font) - kMargin));
}

// Above the figures: how rows came over the last minute, and how old they are.
void drawRun(QPainter& painter, const QRectF& upper, const CardLive& live, NodeGroup group,
             const Tokens& tokens) {
    drawAgeOrLastRun(painter, upper, live, QCoreApplication::translate("card", "last run"), tokens);
    QRectF trend(upper.left(), upper.top(), upper.width() - 72, upper.height());
    if (live.kept >= 0) {
        drawBeside(painter, trend, keptWords(live.kept), TextStyle::Caption, figureColor(live, tokens));
    } else if (!live.held.isEmpty()) {
        drawBeside(painter, trend, fittingForm(live.held, trend.width()), TextStyle::CodeSmall, tokens.dim);
    }
    const bool idle = live.trend.empty() || live.dim;
    if (trend.width() >= kLeastTrend)
        paintTrend(painter, trend, live.trend, idle ? tokens.dim : kindColors(tokens, group).text);
}

}  // namespace

void paintTrend(QPainter& painter, const QRectF& rect, std::span<const float> values, const QColor& color) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const float top = values.empty() ? 0.0F : *most;
    const double base = rect.bottom() - 0.5;
    if (top <= 0) {
        painter.setPen(QPen(color, 1));
        painter.drawLine(QPointF(rect.left(), base), QPointF(rect.right(), base));
        return;
    }
    const double step = rect.width() / static_cast<double>(kSeconds - 1);
    painter.setPen(QPen(shaded(color, Shade::Base), 1));
    painter.drawLine(QPointF(rect.left(), base), QPointF(rect.right(), base));
    QPolygonF line;
    double x = rect.right() - step * static_cast<double>(values.size() - 1);
    for (const float value : values) {
        line << QPointF(x, base - (rect.height() - 2) * 0.85 * static_cast<double>(value / top));
        x += step;
    }
    if (*least < kSteady * top) {
        QPolygonF area = line;
        area << QPointF(line.last().x(), base) << QPointF(line.first().x(), base);
        painter.setPen(Qt::NoPen);
        painter.setBrush(shaded(color, Shade::Area));
        painter.drawPolygon(area);
    }
    painter.setPen(QPen(color, 1.25));
    painter.drawPolyline(line);
}

void paintMetrics(QPainter& painter, const CardLive& live, const CardLayout& layout, NodeGroup group) {
    if (layout.metrics.isNull()) return;
    const Tokens& tokens = Theme::of().tokens();
    const QRectF box = layout.metrics.adjusted(kMargin, 0, -kMargin, 0);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(box.topLeft(), QSizeF(box.width(), 1)), tokens.line);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool whole = box.height() >= kMetrics;  // else the foot of the card has the upper line's place
    const QRectF upper(box.left(), box.top() + 4, box.width(), 18);
    const QRectF lower(box.left(), box.top() + (whole ? 24 : 3), box.width(), 16);
    if (whole && live.sampled) {
        const double mark = drawSampleMark(painter, upper, tokens);
        drawKept(painter, upper.adjusted(0, 0, -mark - kMargin, 0), live, tokens);
    } else if (whole) {
        drawRun(painter, upper, live, group, tokens);
    }
    const QColor color = figureColor(live, tokens);
    if (live.listens) {
        drawPlain(painter, listenPlace(layout), listenWords(), sceneFont(TextStyle::Caption), tokens.accent,
                  Qt::AlignLeft);
    } else {
        drawPair(painter, lower, QCoreApplication::translate("card", "in"), live.in, false, tokens, color);
    }
    drawPair(painter, lower, QCoreApplication::translate("card", "out"), live.out, true, tokens, color);
}

QRectF listenPlace(const CardLayout& layout) {
    if (layout.metrics.isNull()) return {};
    const QRectF box = layout.metrics.adjusted(kMargin, 0, -kMargin, 0);
    const double width = textWidth(listenWords(), sceneFont(TextStyle::Caption)) + 2;
    const double top = box.height() >= kMetrics ? box.top() + 22 : box.top() + 1;
    return {box.left(), top, std::min(width, box.width()), 20};
}

void paintFooter(QPainter& painter, const CardLive& live, const CardLayout& layout) {
    if (layout.footer.isNull()) return;
    const Tokens& tokens = Theme::of().tokens();
    const QRectF box = layout.footer.adjusted(kMargin, 0, -kMargin, 0);
    drawPlain(painter, box, live.in, sceneFont(TextStyle::CodeSmall), figureColor(live, tokens),
              Qt::AlignLeft);
    if (live.sampled) {
        drawSampleMark(painter, box, tokens);
        return;
    }
    drawAgeOrLastRun(painter, box, live, QCoreApplication::translate("card", "from the last run"), tokens);
}

}  // namespace rw::ui
