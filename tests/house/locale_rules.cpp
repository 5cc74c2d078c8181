#include "tests/house/locale_rules.h"

#include <QRegularExpression>

namespace rw::house {

QString goesByLocale(const QString& line) {
    static const QRegularExpression kLetters(QStringLiteral(
        "(?<![\\w.>])(std::|::)?(to(upper|lower)|tow(upper|lower)|is(alpha|alnum|digit|space|upper|"
        "lower|punct|cntrl|print|graph|xdigit|blank)|strn?casecmp|strcasestr|strcoll)\\b\\s*[(,)]|"
        "[<\"](cctype|ctype\\.h|strings\\.h)[>\"]"));
    static const QRegularExpression kNumbers(
        QStringLiteral("(?<![\\w.>])(std::|::)?(strto(d|f|ld)|sto(d|f|ld)|atof)\\s*\\("));
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    const QString code = comment < 0 ? line : line.left(comment);
    if (const auto found = kLetters.match(code); found.hasMatch())
        return QStringLiteral("“%1”: use core/base/ascii.h").arg(found.captured().trimmed());
    if (const auto found = kNumbers.match(code); found.hasMatch())
        return QStringLiteral("“%1”: use std::from_chars").arg(found.captured().trimmed());
    return {};
}

}  // namespace rw::house
