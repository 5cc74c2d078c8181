// The theme's fonts in scene units: the canvas follows the text zoom by scaling the whole scene, not by
// larger fonts on cards of the same size.
#pragma once
#include <QFont>
#include <QString>

#include "widgets/theme/theme.h"

namespace rw::ui {

QFont sceneFont(TextStyle style);
/// `text` shortened in its middle, or at its end, to fit `width` scene units.
QString elided(const QString& text, const QFont& font, double width,
               Qt::TextElideMode mode = Qt::ElideMiddle);
double textWidth(const QString& text, const QFont& font);

}  // namespace rw::ui
