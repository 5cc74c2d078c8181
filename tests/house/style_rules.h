// One place for the look: colours, opacities, fonts, radii and paddings are written in widgets/theme, and a
// widget only names its role.
#pragma once
#include <QString>

namespace rw::house {

/// The part of the look that this line writes itself, “what: what to do instead”; empty when none.
QString writesItsOwnLook(const QString& line);

}  // namespace rw::house
