#include "tests/house/promise_rules.h"

#include <QFile>
#include <QRegularExpression>
#include <QStringList>

#include "tests/house/checkout.h"

namespace rw::house {

namespace {

/// What stands in back quotes and means a test, rightly written or not: “look/test_look::aRow”, “test_look”,
/// “::aRow”. A path with its suffix, “tests/house/test_files.cpp”, means the file.
QStringList testsNamed(const QString& line) {
    static const QRegularExpression kQuoted(QStringLiteral("`([^`]+)`"));
    static const QRegularExpression kTest(QStringLiteral("^[^.]*(::|\\b(test|bench|gui)_)[^.]*$"));
    QStringList tests;
    auto quoted = kQuoted.globalMatch(line);
    while (quoted.hasNext()) {
        const QString text = quoted.next().captured(1);
        if (kTest.match(text).hasMatch()) tests << text;
    }
    return tests;
}

/// The texts of the test files of this name in the room: of unit, and beside it.
QStringList textsOf(const QString& room, const QString& file) {
    QStringList texts;
    for (const QString& folder : {QStringLiteral("tests/unit/"), QStringLiteral("tests/")}) {
        QFile source(top() + QLatin1Char('/') + folder + room + QLatin1Char('/') + file +
                     QStringLiteral(".cpp"));
        if (source.open(QIODevice::ReadOnly)) texts << QString::fromUtf8(source.readAll());
    }
    return texts;
}

QString testFault(const QString& test) {
    static const QRegularExpression kName(QStringLiteral("^(\\w+)/((?:test|bench|gui)_\\w+)(?:::(\\w+))?$"));
    const auto name = kName.match(test);
    if (!name.hasMatch()) return QStringLiteral("“%1”: write `room/test_file::function`").arg(test);
    const QString room = name.captured(1), file = name.captured(2), function = name.captured(3);
    const QStringList texts = textsOf(room, file);
    if (texts.isEmpty()) {
        return QStringLiteral(
                   "“%1”: there is neither tests/unit/%2/%3.cpp nor tests/%2/%3.cpp; name the test "
                   "that holds the promise now")
            .arg(test, room, file);
    }
    for (const QString& text : texts)
        if (function.isEmpty() || definesFunction(text, function)) return {};
    return QStringLiteral("“%1”: %2.cpp has no function %3; name the one that holds the promise now")
        .arg(test, file, function);
}

}  // namespace

bool isPromise(const QString& line) {
    static const QRegularExpression kEntry(QStringLiteral("^\\s*[-*+] "));
    return kEntry.match(line).hasMatch();
}

bool definesFunction(const QString& text, const QString& name) {
    const QRegularExpression definition(QStringLiteral("^\\s*(static )?void (\\w+::)?%1\\(").arg(name),
                                        QRegularExpression::MultilineOption);
    return definition.match(text).hasMatch();
}

QString promiseFault(const QString& line) {
    const QStringList tests = testsNamed(line);
    if (tests.isEmpty() && isPromise(line))
        return QStringLiteral("names no test: write `room/test_file::function` behind it, on the same line");
    for (const QString& test : tests) {
        const QString fault = testFault(test);
        if (!fault.isEmpty()) return fault;
    }
    return {};
}

}  // namespace rw::house
