#include "widgets/charts/iso_time.h"

#include <QDateTime>

#include "core/data/text.h"

namespace rw::ui {

QString isoTime(Instant at, const QTimeZone& zone) {
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(at, zone);
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODateWithMs);
}

QString csvField(const QString& text) {
    const bool plain = !text.isEmpty() && !text.contains(QLatin1Char(',')) &&
                       !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n')) &&
                       !text.contains(QLatin1Char('\r'));
    if (plain) return text;
    QString inside = text;
    return QLatin1Char('"') + inside.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString csvNumber(double value) {
    std::string text;
    appendDouble(text, value);
    return QString::fromStdString(text);
}

}  // namespace rw::ui
