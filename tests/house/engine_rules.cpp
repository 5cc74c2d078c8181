#include "tests/house/engine_rules.h"

#include <QFile>
#include <QMap>
#include <QRegularExpression>

#include "tests/house/checkout.h"

namespace rw::house {

namespace {

/// Code that writes for an engine, runs there, and fetches rows from there is in files that bear its
/// word; these parts of core/cluster are Flink's, too.
const QStringList& moreOfFlink() {
    static const QStringList folders{QStringLiteral("core/cluster/jobs/"),
                                     QStringLiteral("core/cluster/layout/"),
                                     QStringLiteral("core/cluster/plans/")};
    return folders;
}

bool beginsWithOneOf(const QString& path, const QStringList& folders) {
    for (const QString& folder : folders) {
        if (path.startsWith(folder)) return true;
    }
    return false;
}

}  // namespace

QStringList engineNames() {
    QFile file(top() + QStringLiteral("/core/deploy/engines.def"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    static const QRegularExpression line(QStringLiteral("^RW_ENGINE\\((\\w+), \\w+\\)"),
                                         QRegularExpression::MultilineOption);
    QStringList names;
    auto match = line.globalMatch(QString::fromUtf8(file.readAll()));
    while (match.hasNext()) names << match.next().captured(1);
    return names;
}

bool isOfEngine(const QString& path, const QString& engine) {
    const QString word = engine.toLower();
    if (word == QLatin1String("flink") && beginsWithOneOf(path, moreOfFlink())) return true;
    return path.startsWith(QStringLiteral("core/deploy/%1/").arg(word)) ||
           path.startsWith(QStringLiteral("core/cluster/%1/").arg(word)) ||
           path.startsWith(QStringLiteral("core/compare/%1_").arg(word));
}

QString engineNamedIn(const QString& line, const QString& engine) {
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    const QString code = comment < 0 ? line : line.left(comment);
    static QMap<QString, QRegularExpression> kNamed;
    QRegularExpression& named = kNamed[engine];
    if (named.pattern().isEmpty())
        named.setPattern(
            QStringLiteral(
                "\\bEngine::%1\\b|\\bis(Of)?%1\\w*\\s*\\(|\\b%2(Writer|Backend|Dialect|Forms)\\s*\\(|"
                "\\btarget(\\.|->)%2\\b|==\\s*\"%2\"")
                .arg(engine, engine.toLower()));
    return named.match(code).captured().trimmed();
}

}  // namespace rw::house
