// Painters of single control parts, shared by ControlStyle and by widgets that draw themselves.
#pragma once
#include <QBrush>
#include <QPainter>
#include <QRect>
#include <QStyle>

#include "widgets/theme/tokens.h"

namespace rw::ui {

class Theme;

// A rounded box whose 1 px edge (or `edgeWidth`) is inside `rect` on whole pixels.
void paintBox(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& edge, double radius,
              double edgeWidth = 1, Qt::PenStyle edgeStyle = Qt::SolidLine);

// The edge and ground of an input; `widget` tells its "state" property (warn, error, unused).
void paintField(QPainter& painter, const QRect& rect, const Tokens& tokens, QStyle::State state,
                const QWidget* widget);

// 2 px accent, inside `rect`.
void paintFocusRing(QPainter& painter, const QRect& rect, const Tokens& tokens, double radius);

void paintCheckMark(QPainter& painter, const QRect& rect, const Tokens& tokens, QStyle::State state);
void paintRadioMark(QPainter& painter, const QRect& rect, const Tokens& tokens, QStyle::State state);

// An icon in the middle of `rect`.
void paintGlyph(QPainter& painter, const QRect& rect, QStringView name, int size, const QColor& color);

// A key cap ("Ctrl K") whose right end is at `right`, in the middle of the height of `rect`.
int keyCapWidth(const Theme& theme, const QString& keys);
void paintKeyCap(QPainter& painter, const Theme& theme, const QRect& rect, int right, const QString& keys);

// Slanted lines in `color` on nothing, for parts that may still change: open windows, provisional spans and bars.
// `ratio`: the device's pixel ratio.
QBrush hatchBrush(const QColor& color, double ratio);

}  // namespace rw::ui
