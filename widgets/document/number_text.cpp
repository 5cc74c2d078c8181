#include "widgets/document/number_text.h"

#include <QCoreApplication>
#include <array>
#include <cmath>

#include "core/data/text.h"

namespace rw::ui {

namespace {

QString threeDigits(double value) {
    const int decimals = value < 9.95 && std::abs(value - std::round(value)) >= 0.05 ? 1 : 0;
    return QString::number(value, 'f', decimals);
}

}  // namespace

QString rateText(double rate) {
    constexpr std::array units{"", " k", " M", " G"};
    std::size_t unit = 0;
    while (rate >= 999.5 && unit + 1 < units.size()) {
        rate /= 1000;
        ++unit;
    }
    const QString number = unit > 0 && rate < 99.95 ? QString::number(rate, 'f', 1) : threeDigits(rate);
    return QCoreApplication::translate("numbers", "%1%2/s").arg(number, QLatin1String(units[unit]));
}

QString countText(std::uint64_t count) {
    QString text = QString::number(count);
    for (auto at = text.size() - 3; at > 0; at -= 3) text.insert(at, QChar(0x2009));
    return text;
}

QString ageText(Millis age) {
    const double seconds = static_cast<double>(age) / 1000;
    if (seconds < 60)
        return QCoreApplication::translate("numbers", "%1 s").arg(seconds, 0, 'f', seconds < 9.95 ? 1 : 0);
    const std::int64_t whole = age / 1000;
    if (whole < 600)
        return QCoreApplication::translate("numbers", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
    if (whole < 2 * 3600) return QCoreApplication::translate("numbers", "%1 min").arg(whole / 60);
    if (whole < 2 * 86'400) return QCoreApplication::translate("numbers", "%1 h").arg(whole / 3600);
    return QCoreApplication::translate("numbers", "%1 d").arg(whole / 86'400);
}

QString momentText(const QDateTime& at, const QDateTime& now) {
    return at.toString(at.date() == now.date() ? QStringLiteral("HH:mm:ss")
                                               : QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString momentText(Instant at) {
    return at == 0 ? QString() : momentText(QDateTime::fromMSecsSinceEpoch(at));
}

QString eventTimeText(Instant at) {
    constexpr QLatin1String kWhole(".000");
    std::string stamp;
    appendTimestamp(stamp, at);  // 2024-03-01 12:00:11.000
    QString text = QString::fromStdString(stamp);
    if (text.endsWith(kWhole)) text.chop(kWhole.size());
    return text;
}

QString watermarkAge(Instant watermark, Instant now) {
    constexpr Millis kYear = 365LL * 86'400'000;
    if (watermark == kMaxTimestamp) return QCoreApplication::translate("numbers", "end");
    if (watermark == kMinTimestamp || now - watermark > kYear) return QStringLiteral("–");
    return ageText(std::max<Millis>(0, now - watermark));
}

QString watermarkText(Instant watermark, Instant now) {
    const QString age = watermarkAge(watermark, now);
    if (watermark == kMinTimestamp || age != QStringLiteral("–")) return age;
    std::string stamp;
    appendTimestamp(stamp, watermark);  // 2024-03-01 12:00:11.000
    return QString::fromStdString(stamp).section(QLatin1Char(' '), 1).left(8);
}

}  // namespace rw::ui
