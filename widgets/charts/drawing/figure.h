// A number in large type with its unit behind it.
#pragma once
#include <QPainter>
#include <QString>

namespace rw::ui {

class Theme;

struct Figure {
    QString number{}, unit{};
    bool beyond = false;  ///< a threshold: in the colour of errors
};

/// At the left of `rect` or in its middle. Gives the width that both take.
double paintFigure(QPainter& painter, const QRectF& rect, const Figure& figure, const Theme& theme,
                 Qt::AlignmentFlag align = Qt::AlignLeft);

}  // namespace rw::ui
