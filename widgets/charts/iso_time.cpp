#include "widgets/charts/iso_time.h"

#include <QDateTime>

#include "core/data/text.h"

namespace rw::ui {

QString isoTime(Instant at, const QTimeZone& zone) {
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(at, zone);
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODateWithMs);
}

QString csvNumber(double value) {
    std::string text;
    appendDouble(text, value);
    return QString::fromStdString(text);
}

}  // namespace rw::ui
