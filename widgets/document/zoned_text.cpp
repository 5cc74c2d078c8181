#include "widgets/document/zoned_text.h"

#include <QDateTime>
#include <QTimeZone>
#include <optional>

#include "core/base/time.h"

namespace rw::ui {

namespace {

/// Nothing: UTC, or no zone.
std::optional<QTimeZone> otherZone(const std::string& name) {
    if (name == "UTC") return std::nullopt;
    const QTimeZone zone =
        name == "local" ? QTimeZone::systemTimeZone() : QTimeZone(QByteArray::fromStdString(name));
    // Axes call it UTC as well; it is that of most servers.
    const bool utc = zone == QTimeZone::utc() || zone.id() == "UTC" || zone.id() == "Etc/UTC";
    if (!zone.isValid() || utc) return std::nullopt;
    return zone;
}

QString textIn(const std::string& name, Instant time) {
    const std::optional<QTimeZone> zone = otherZone(name);
    const QDateTime at = zone ? QDateTime::fromMSecsSinceEpoch(time, *zone) : QDateTime();
    if (!at.isValid()) return {};
    return at.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")) + u' ' + QString::fromUtf8(zone->id());
}

}  // namespace

QString zonedText(const Column& column, std::size_t row, const std::string& zone) {
    if (!column.type().is(TypeId::Timestamp) || column.isNull(row)) return {};
    return textIn(zone, column.at<Instant>(row));
}

QString zonedText(const Value& value, Type type, const std::string& zone) {
    const auto* time = type.is(TypeId::Timestamp) ? std::get_if<Instant>(&value) : nullptr;
    return time == nullptr ? QString() : textIn(zone, *time);
}

QString withUtc(const QString& words, Type type, const std::string& zone) {
    return type.is(TypeId::Timestamp) && otherZone(zone) ? words + QStringLiteral(", UTC") : words;
}

QString withZoned(const QString& whole, const Column& column, std::size_t row, const std::string& zone) {
    const QString zoned = zonedText(column, row, zone);
    return zoned.isEmpty() ? whole : whole + u'\n' + zoned;
}

}  // namespace rw::ui
