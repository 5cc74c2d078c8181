#include "tests/house/type_rules.h"

#include <QRegularExpression>

namespace rw::house {

QString switchesOnType(const QString& line) {
    static const QRegularExpression kCase(QStringLiteral("\\bcase\\s+(rw::)?TypeId::\\w+"));
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    return kCase.match(comment < 0 ? line : line.left(comment)).captured();
}

// As clang-format leaves them: what is in a namespace stands at the beginning of its line.
QStringList definedTypes(const QStringList& lines) {
    static const QRegularExpression kOpens(QStringLiteral("^namespace\\s*([\\w:]*)\\s*\\{$")),
        kCloses(QStringLiteral("^\\}\\s*// namespace")),
        kDefines(QStringLiteral("^(?:struct|class|enum class|enum|union)\\s+(\\w+)(?:\\s+final)?"
                                "(?:\\s*:\\s*[^:;\\s][^;]*)?(?:\\s*\\{.*)?$"));
    QStringList spaces, found;
    for (const QString& line : lines) {
        if (const auto opens = kOpens.match(line); opens.hasMatch()) {
            spaces << opens.captured(1);
        } else if (kCloses.match(line).hasMatch()) {
            if (!spaces.isEmpty()) spaces.removeLast();
        } else if (const auto defines = kDefines.match(line); defines.hasMatch()) {
            if (!spaces.isEmpty() && !spaces.contains(QString()))
                found << spaces.join(QLatin1String("::")) + QLatin1String("::") + defines.captured(1);
        }
    }
    return found;
}

}  // namespace rw::house
