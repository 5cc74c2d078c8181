// One place for the look: colours, opacities, fonts, radii and paddings are written in widgets/theme, and a
// widget says what something is.
#pragma once
#include <QString>

namespace rw::house {

/// What of the look this line writes itself, “what: what to do instead”; empty when nothing.
QString writesItsOwnLook(const QString& line);

}  // namespace rw::house
