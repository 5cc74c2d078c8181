// The inside of a button: icon, words, key cap and chevron in one line.
#pragma once
#include <QIcon>
#include <QRect>
#include <QStyle>

class QFont;
class QPainter;

namespace rw::ui {

class Theme;

struct ButtonLabel {
    QIcon icon;
    QSize iconSize;
    QString text;
    QString keys;          // shown as a key cap; may be empty
    bool chevron = false;  // it opens a menu
    bool spread = false;   // words at the left, key cap at the right; else all of it in the middle
};

int labelWidth(const Theme& theme, const QFont& font, const ButtonLabel& label);

// With the painter's font and pen. Words that find no room are cut off with an ellipsis.
void paintButtonLabel(QPainter& painter, const Theme& theme, const QRect& rect, const ButtonLabel& label,
                      QStyle::State state);

}  // namespace rw::ui
