#include "widgets/document/number_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/data/text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

QString countText(std::uint64_t count) {
    return QString::fromStdString(figures::count(count));
}

QString roundedText(double value) {
    return QString::fromStdString(figures::rounded(value));
}

QString shownNumber(double value) {
    const std::string digits = figures::shown(value);
    return QString::fromStdString(digits.find('e') == std::string::npos ? grouped(digits) : digits);
}

QString markText(double at, double step, double farthest) {
    return QString::fromStdString(figures::mark(at, step, farthest));
}

QString rateText(double rowsPerSecond) {
    return QString::fromStdString(figures::rate(rowsPerSecond));
}

QString sizeText(std::uint64_t bytes) {
    return QString::fromStdString(byteSizeText(bytes));
}

QString shareText(double ofOne) {
    return QString::fromStdString(figures::share(ofOne));
}

QString ageText(Millis age) {
    return translated(figures::age(age));
}

QString wholeAgeText(Millis age) {
    return translated(figures::wholeAge(age));
}

QString tookText(double seconds) {
    return seconds < 0 ? QStringLiteral("–") : translated(figures::took(seconds));
}

QString lastingText(Millis duration) {
    return translated(durationText(duration));
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
