#include "tests/house/timer_rules.h"

#include <QRegularExpression>

namespace rw::house {

namespace {

const QRegularExpression& otherClocks() {
    static const QRegularExpression kWords(QStringLiteral(
        "\\b(startTimer|timerEvent|QBasicTimer|QTimeLine|setLoopCount|callOnTimeout|QMovie)\\b"));
    return kWords;
}

/// The timers that a line declares or makes, by their names; “this” of a class that is one.
QStringList timersOf(const QString& line) {
    static const QRegularExpression kClass(QStringLiteral("\\bclass [\\w:]+[^;]*\\bpublic QTimer\\b"));
    static const QRegularExpression kDeclared(
        QStringLiteral("\\bQTimer\\b\\s*\\*?\\s*(\\w+(\\{\\})?(\\s*,\\s*\\*?\\w+(\\{\\})?)*)\\s*[;({=]"));
    static const QRegularExpression kMade(QStringLiteral("(\\w+)(\\(|\\{|\\s*=\\s*)new QTimer\\b"));
    static const QRegularExpression kName(QStringLiteral("\\w+"));
    if (line.contains(kClass)) return {QStringLiteral("this")};
    QStringList names;
    for (auto all = kName.globalMatch(kDeclared.match(line).captured(1)); all.hasNext();)
        names << all.next().captured();
    if (const auto made = kMade.match(line); made.hasMatch()) names << made.captured(1);
    return names;
}

/// Each time that it is started. A class that is a timer may leave out whose call it is.
bool ticksOnce(const QString& name, const QString& code) {
    const QString call = name == QLatin1String("this") ? QStringLiteral("(^|[;{}]|this->)\\s*")
                                                       : QStringLiteral("\\b%1(\\.|->)").arg(name);
    return code.contains(QRegularExpression(call + QStringLiteral("setSingleShot\\(true\\)"),
                                            QRegularExpression::MultilineOption));
}

/// Empty when nothing is.
QString refused(const QString& line, const QString& code) {
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    const QString words = comment < 0 ? line : line.left(comment);
    if (const auto found = otherClocks().match(words); found.hasMatch()) return found.captured();
    for (const QString& name : timersOf(words)) {
        if (!ticksOnce(name, code)) return name;
    }
    return {};
}

}  // namespace

QStringList filesOfTimers() {
    return {
        // The beat of all that tick at one rate.
        QStringLiteral("widgets/background/ticker.cpp"),
        // A run goes on unseen, and its end must be heard of: it is looked at once a second then, and not at
        // all when it is over.
        QStringLiteral("widgets/session/run_session.h"),
        QStringLiteral("widgets/session/cluster_session.h"),
        // Belongs to a document, not to a widget: it rests while no window of the program is in use.
        QStringLiteral("widgets/document/file_watch.h"),
        // Work in slices while a wire is drawn, which ends by itself.
        QStringLiteral("widgets/canvas/tools/fit_finder.h"),
    };
}

QString ticksByItself(const QString& path, const QString& line, const QString& code) {
    const QString what = filesOfTimers().contains(path) ? QString() : refused(line, code);
    return what.isEmpty()
               ? QString()
               : QStringLiteral(
                     "“%1”: a Ticker (widgets/background/ticker.h), which rests while nobody sees what it "
                     "is for, or setSingleShot(true)")
                     .arg(what);
}

bool needsATimer(const QString& line, const QString& code) {
    return !refused(line, code).isEmpty();
}

}  // namespace rw::house
