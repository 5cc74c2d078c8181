// The words that widgets paint, as a person sees them, with the room that each has: elided and cut words and
// figures are found wherever they come from, be it a label, a delegate or a painter.
#pragma once
#include <QList>
#include <QRectF>
#include <QString>
#include <functional>

class QPainter;
class QWidget;

namespace rw::ui {

struct PaintedWords {
    QString words;
    QRectF place;  ///< of the words
    QRectF room;   ///< the part of the surface that is painted there
};

/// In the order of painting. Words side by side that no gap parts are one, whatever their fonts are.
QList<PaintedWords> paintedBy(const std::function<void(QPainter&)>& paint, QSize size);
/// Without its children.
QList<PaintedWords> paintedIn(QWidget& widget);

}  // namespace rw::ui
