#include "widgets/theme/button_label.h"

#include <QPainter>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kGap = 6;      // icon to words, words to chevron
constexpr int kKeysGap = 8;  // words to key cap

int iconPart(const ButtonLabel& label) {
    if (label.icon.isNull()) return 0;
    return label.iconSize.width() + (label.text.isEmpty() ? 0 : kGap);
}

int tailPart(const Theme& theme, const ButtonLabel& label) {
    const int keys = label.keys.isEmpty() ? 0 : kKeysGap + keyCapWidth(theme, label.keys);
    const int gap = label.text.isEmpty() ? 2 : kGap;
    return keys + (label.chevron ? gap + theme.scaled(metrics::kIconTiny) : 0);
}

// An ampersand marks the letter of a shortcut and takes no room; two of them stand for one.
QString plain(const QString& text) {
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == QLatin1Char('&') && ++i == text.size()) break;
        result += text[i];
    }
    return result;
}

}  // namespace

int labelWidth(const Theme& theme, const QFont& font, const ButtonLabel& label) {
    return iconPart(label) + QFontMetrics(font).horizontalAdvance(plain(label.text)) + tailPart(theme, label);
}

void paintButtonLabel(QPainter& painter, const Theme& theme, const QRect& rect, const ButtonLabel& label,
                      QStyle::State state) {
    const int tail = tailPart(theme, label);
    const int room = std::max(rect.width() - iconPart(label) - tail, 0);
    QString words = plain(label.text);
    int wordsWidth = painter.fontMetrics().horizontalAdvance(words);
    if (wordsWidth > room) {
        words = painter.fontMetrics().elidedText(words, Qt::ElideRight, room);
        wordsWidth = painter.fontMetrics().horizontalAdvance(words);
    }
    const int used = iconPart(label) + wordsWidth + tail;
    int x = rect.x() + (label.spread ? 0 : (rect.width() - used) / 2);

    const bool enabled = state & QStyle::State_Enabled;
    if (!label.icon.isNull()) {
        const QSize size = label.iconSize;
        const QRect box(QPoint(x, rect.y() + (rect.height() - size.height()) / 2), size);
        label.icon.paint(&painter, box, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled,
                         state & QStyle::State_On ? QIcon::On : QIcon::Off);
        x += iconPart(label);
    }
    painter.drawText(QRect(x, rect.y(), wordsWidth + 1, rect.height()), Qt::AlignVCenter | Qt::AlignLeft,
                     words);
    x += wordsWidth;
    if (!label.keys.isEmpty()) {
        const int capEnd = label.spread ? rect.right() : x + kKeysGap + keyCapWidth(theme, label.keys) - 1;
        paintKeyCap(painter, theme, rect, capEnd, label.keys);
        x = capEnd + 1;
    }
    if (label.chevron) {
        const int size = theme.scaled(metrics::kIconTiny);
        const QRect box(x + (label.text.isEmpty() ? 2 : kGap), rect.y(), size, rect.height());
        paintGlyph(painter, box, u"chevron-down", size,
                   enabled ? theme.tokens().dim : theme.tokens().disabled);
    }
}

}  // namespace rw::ui
