#include "widgets/charts/drawing/state_strip.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <optional>

#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kNarrowest = 2;  ///< pixels: a short alert is seen all the same
constexpr int kAroundWords = 2, kBesideWords = 6;

struct BlockLook {
    QColor fill, edge, words;
    Qt::PenStyle line = Qt::SolidLine;
};

// Edges tell them apart where colours do not.
BlockLook blockLook(const Tokens& tokens, RuleSign sign) {
    switch (sign) {
        case RuleSign::Fine:
            break;
        case RuleSign::Spared:
        case RuleSign::Waiting:
            return {tokens.warn.tint, tokens.warn.tint, tokens.warn.text};
        case RuleSign::Quiet:
            return {tokens.panel2, tokens.text, tokens.text, Qt::DashLine};
        case RuleSign::Raised:
            return {tokens.error.tint, tokens.error.line, tokens.error.text};
    }
    return {tokens.ok.tint, tokens.ok.tint, tokens.ok.text};
}

/// The part of a block that is in sight; nothing: none is.
std::optional<QRectF> rectOf(const AlertSpan& span, const QRectF& place,
                             const std::function<double(double)>& placeOf) {
    const double from = placeOf(static_cast<double>(span.from)), to = placeOf(static_cast<double>(span.to));
    if (to <= place.left() || from >= place.right()) return std::nullopt;
    const double left = std::round(std::max(from, place.left()));
    const double right = std::round(std::min(to, place.right()));
    const double wide = std::max(right - left, span.sign == RuleSign::Fine ? 0 : kNarrowest);
    return QRectF(std::min(left, place.right() - wide), place.top(), wide, place.height());
}

void paintBlock(QPainter& painter, const Tokens& tokens, const StateStrip::Block& block, const QRectF& rect) {
    const BlockLook look = blockLook(tokens, block.span.sign);
    painter.fillRect(rect, look.fill);
    if (block.span.sign == RuleSign::Spared)
        painter.fillRect(
            rect, hatchBrush(shaded(tokens.warn.line, Shade::Hatch), painter.device()->devicePixelRatioF()));
    if (rect.width() <= kNarrowest) {
        if (block.span.sign != RuleSign::Fine) painter.fillRect(rect, look.edge);
        return;
    }
    painter.setPen(QPen(look.edge, 1, look.line));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0, 0, -1, -1));
    const QFontMetrics metrics(painter.font());
    for (const QString& words : {block.words, block.fewWords}) {
        if (words.isEmpty() || metrics.horizontalAdvance(words) + kBesideWords > rect.width()) continue;
        painter.setPen(look.words);
        painter.drawText(rect, Qt::AlignCenter, words);
        return;
    }
}

}  // namespace

const StateStrip::Block* StateStrip::at(double time) const {
    const auto found = std::find_if(blocks.begin(), blocks.end(), [time](const Block& block) {
        return time >= static_cast<double>(block.span.from) && time < static_cast<double>(block.span.to);
    });
    return found != blocks.end() ? &*found : nullptr;
}

QString stripTip(const QString& title, const AlertSpan& span, const QTimeZone& zone) {
    const QString lasted = wholeAgeText(span.to - span.from);
    QString words;
    switch (span.sign) {
        case RuleSign::Fine:
            words = QCoreApplication::translate("alerts", "%1: OK for %2");
            break;
        case RuleSign::Spared:
            words = QCoreApplication::translate("alerts", "%1: spared, the condition held for %2 only");
            break;
        case RuleSign::Waiting:
            words = QCoreApplication::translate("alerts", "%1: the condition held for %2, no alert yet");
            break;
        case RuleSign::Quiet:
            words = QCoreApplication::translate("alerts", "%1: no data for %2");
            break;
        case RuleSign::Raised:
            words = QCoreApplication::translate("alerts", "%1: alert for %2");
            break;
    }
    return words.arg(title, lasted) + u'\n' + spanText(span.from, span.to, zone);
}

int stripHeight(const Theme& theme) {
    return theme.lineHeight(TextStyle::Caption) + 2 * kAroundWords;
}

void paintStrip(QPainter& painter, const Theme& theme, const StateStrip& strip, const QRectF& place,
                const std::function<double(double)>& placeOf) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(theme.font(TextStyle::Caption));
    // The worst ones last: no other lies over them.
    for (const RuleSign sign :
         {RuleSign::Fine, RuleSign::Spared, RuleSign::Waiting, RuleSign::Quiet, RuleSign::Raised}) {
        for (const StateStrip::Block& block : strip.blocks) {
            if (block.span.sign != sign) continue;
            if (const auto rect = rectOf(block.span, place, placeOf))
                paintBlock(painter, theme.tokens(), block, *rect);
        }
    }
    painter.restore();
}

}  // namespace rw::ui
