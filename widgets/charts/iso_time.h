// Values as exported charts write them: exact, and with the zone's offset.
#pragma once
#include <QString>
#include <QTimeZone>

#include "core/base/time.h"

namespace rw::ui {

QString isoTime(Instant at, const QTimeZone& zone);  ///< 2024-03-01T12:00:00.000+01:00
QString csvNumber(double value);                     ///< the shortest text that reads back

}  // namespace rw::ui
