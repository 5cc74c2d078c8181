#include "widgets/document/zoned_text.h"

#include <QDateTime>
#include <QTimeZone>

#include "core/base/time.h"

namespace rw::ui {

QString zonedText(const Column& column, std::size_t row, const std::string& zone) {
    if (!column.type().is(TypeId::Timestamp) || column.isNull(row) || zone == "UTC") return {};
    const QTimeZone shown =
        zone == "local" ? QTimeZone::systemTimeZone() : QTimeZone(QByteArray::fromStdString(zone));
    if (!shown.isValid() || shown == QTimeZone::utc()) return {};
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(column.at<Instant>(row), shown);
    if (!at.isValid()) return {};
    return at.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")) + u' ' + QString::fromUtf8(shown.id());
}

QString withZoned(const QString& whole, const Column& column, std::size_t row, const std::string& zone) {
    const QString zoned = zonedText(column, row, zone);
    return zoned.isEmpty() ? whole : whole + u'\n' + zoned;
}

}  // namespace rw::ui
