#include "tests/house/run_rules.h"

#include <QRegularExpression>

namespace rw::house {

QString asksWhereTheRunIs(const QString& path, const QString& line) {
    static const QRegularExpression kQuestion(QStringLiteral(
        "[sS]ession(\\(\\))?(\\.|->)shown\\(\\)\\s*([!=]=\\s*nullptr|\\?|->|&&|\\|\\|)|!\\s*[\\w.>()-]*"
        "[sS]ession(\\(\\))?(\\.|->)shown\\(\\)|nullptr\\s*[!=]=\\s*[\\w.>()-]*[sS]ession(\\(\\))?(\\.|->)"
        "shown\\(\\)"));
    if (path.startsWith(QLatin1String("widgets/session/"))) return {};
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    const auto found = kQuestion.match(comment < 0 ? line : line.left(comment));
    return found.hasMatch() ? QStringLiteral(
                                  "“%1”: ask shownRun() for the ability that is needed, and show "
                                  "its reason (widgets/session/shown/shown_run.h)")
                                  .arg(found.captured().trimmed())
                            : QString();
}

}  // namespace rw::house
