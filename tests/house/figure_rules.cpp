#include "tests/house/figure_rules.h"

#include <QRegularExpression>

namespace rw::house {

namespace {

const char* const kThings =
    "(rows?|bytes|nodes?|files?|columns?|windows?|keys?|values?|cells?|charts?|lines?|tasks?|jobs?|"
    "problems?|groups?|points?|others?|checkpoints?|streams?|results?|slots?|notes?|tables?|reasons?|"
    "errors?|warnings?|items?|threads?|comments?|wires?|savepoints?|stages?)\\b";

/// Of limits, which are never one; of so many there are; a kind of file.
const char* const kLimits = "(at most|[Mm]ore than|[Oo]f|the first|All of its|an?) $";

/// Said only where there are many.
const char* const kMany =
    "%1 rows selected|Delete %1 nodes|Delete %1 items|%1 notes: %2|Starting %1 of|The (row|text) has %1 "
    "bytes|has %2 bytes in quotes|%1 keys, and ever more|It "
    "keeps %1 keys|%1 keys are kept|falls into %1 windows|"
    "has %1 cells";

QString lineOf(const QString& source, qsizetype at, const QString& why) {
    return QString::number(source.left(at).count(QLatin1Char('\n')) + 1) + QStringLiteral(": ") + why;
}

/// Where the call whose bracket opens at `open` ends; texts and characters are passed over.
qsizetype endOfCall(const QString& source, qsizetype open) {
    int depth = 0;
    for (qsizetype i = open; i < source.size(); ++i) {
        const QChar c = source[i];
        if (c == QLatin1Char('"') || (c == QLatin1Char('\'') && !source[i - 1].isDigit())) {
            for (++i; i < source.size() && source[i] != c; ++i) i += source[i] == QLatin1Char('\\') ? 1 : 0;
        } else if (c == QLatin1Char('(')) {
            ++depth;
        } else if (c == QLatin1Char(')') && --depth == 0) {
            return i;
        }
    }
    return source.size();
}

/// The texts of a piece of code, as one.
QString textsIn(const QString& code) {
    static const QRegularExpression kText(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
    QString all;
    for (auto texts = kText.globalMatch(code); texts.hasNext();) all += texts.next().captured(1);
    return all;
}

/// “%2 rows”, but for limits; empty when there is none.
QString countedThing(const QString& text, const QString& place) {
    static const QRegularExpression kLimit(QLatin1String{kLimits}), kOfMany(QLatin1String{kMany});
    if (kOfMany.match(text).hasMatch()) return {};
    const QRegularExpression thing(place + QStringLiteral("[ \\x{2009}](more |older )?") +
                                   QLatin1String(kThings));
    for (auto things = thing.globalMatch(text); things.hasNext();) {
        const auto found = things.next();
        if (!kLimit.match(text.left(found.capturedStart())).hasMatch()) return found.captured();
    }
    return {};
}

void findFormats(const QString& source, QStringList& strays) {
    static const QRegularExpression kFormats(
        QStringLiteral("QString::number\\([^;]*?,\\s*'[efgEFG]'|\\.arg\\([^;]*?,\\s*'[efgEFG]'|"
                       "formattedDataSize|QLocale\\([^)]*\\)\\.toString\\([^)]*[dD]ouble|%L[1-9n]"));
    for (auto found = kFormats.globalMatch(source); found.hasNext();) {
        const auto one = found.next();
        strays << lineOf(
            source, one.capturedStart(),
            QStringLiteral("“%1”: use widgets/document/number_text.h").arg(one.captured().simplified()));
    }
}

void findPlurals(const QString& path, const QString& source, QStringList& strays) {
    static const QRegularExpression kCall(QStringLiteral("\\b(tr|translate|RW_TEXT|fmt::format(?:_to)?)\\("));
    for (auto calls = kCall.globalMatch(source); calls.hasNext();) {
        const auto call = calls.next();
        const qsizetype end = endOfCall(source, call.capturedEnd() - 1);
        const QString code = source.mid(call.capturedEnd(), end - call.capturedEnd());
        const QString name = call.captured(1);
        if (name == QLatin1String("RW_TEXT")) {
            // The statement begins behind the last of these.
            const qsizetype begin =
                std::max(source.lastIndexOf(QLatin1Char(';'), call.capturedStart()),
                         source.lastIndexOf(QLatin1String("return"), call.capturedStart()));
            const QString before = source.mid(begin + 1, call.capturedStart() - begin - 1);
            const QString thing = countedThing(textsIn(code), QStringLiteral("%[1-9]"));
            const bool chosen = before.contains(QLatin1String("counted")) ||
                                before.contains(QLatin1String("\"1 "));  // the text for one is given, too
            if (!thing.isEmpty() && !chosen)
                strays << lineOf(source, call.capturedStart(),
                                 QStringLiteral("“%1”: use figures::counted()").arg(thing));
        } else if (name.startsWith(QLatin1String("fmt"))) {
            if (!path.startsWith(QLatin1String("app/cli/"))) continue;
            static const QRegularExpression kEnding(QStringLiteral("[a-z]\\{\\}(?![\\w.])"));
            const QString text = textsIn(code);
            QString thing = countedThing(text, QStringLiteral("\\{[^}]*\\}"));
            if (thing.isEmpty()) thing = kEnding.match(text).captured();
            if (!thing.isEmpty())
                strays << lineOf(source, call.capturedStart(),
                                 QStringLiteral("“%1”: use figures::counted()").arg(thing));
        } else {
            const QString thing = countedThing(textsIn(code), QStringLiteral("%[1-9n]"));
            if (!thing.isEmpty() && !code.contains(QLatin1String("nullptr")))
                strays << lineOf(source, call.capturedStart(),
                                 QStringLiteral("“%1” has no plural: use figures::counted()").arg(thing));
        }
    }
}

/// “%1 %”: the number and its sign may stand in two lines.
void findShares(const QString& source, QStringList& strays) {
    static const QRegularExpression kCall(QStringLiteral("\\b(tr|translate|RW_TEXT|fmt::format(?:_to)?)\\("));
    static const QRegularExpression kShare(QStringLiteral("(%[1-9]|[0-9]) %(?![0-9a-z])"));
    static const QRegularExpression kMadeShare(QStringLiteral("\\} %(?! )"));  // “{} % {}” is a remainder
    for (auto calls = kCall.globalMatch(source); calls.hasNext();) {
        const auto call = calls.next();
        const qsizetype end = endOfCall(source, call.capturedEnd() - 1);
        const QString text = textsIn(source.mid(call.capturedEnd(), end - call.capturedEnd()));
        const bool made = call.captured(1).startsWith(QLatin1String("fmt"));
        const auto found = (made ? kMadeShare : kShare).match(text);
        if (found.hasMatch())
            strays << lineOf(source, call.capturedStart(),
                             QStringLiteral("“%1”: use figures::share()").arg(found.captured()));
    }
}

void findPlainFormats(const QString& source, QStringList& strays) {
    static const QRegularExpression kDecimals(QStringLiteral("\\{:[^{}]*\\.[^}]*[efg]\\}"));
    for (auto found = kDecimals.globalMatch(source); found.hasNext();) {
        const auto one = found.next();
        strays << lineOf(source, one.capturedStart(),
                         QStringLiteral("“%1”: use core/base/figures.h").arg(one.captured()));
    }
}

}  // namespace

QStringList strayFigures(const QString& path, const QString& source) {
    if (path.startsWith(QLatin1String("core/base/"))) return {};
    const bool window = path.startsWith(QLatin1String("widgets/")) || path.startsWith(QLatin1String("app/"));
    QStringList strays;
    if (window) findFormats(source, strays);
    if (path.startsWith(QLatin1String("app/cli/"))) findPlainFormats(source, strays);
    findPlurals(path, source, strays);
    findShares(source, strays);
    return strays;
}

}  // namespace rw::house
