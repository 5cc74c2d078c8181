#include "tests/house/type_rules.h"

#include <QRegularExpression>

namespace rw::house {

QString switchesOnType(const QString& line) {
    static const QRegularExpression kCase(QStringLiteral("\\bcase\\s+(rw::)?TypeId::\\w+"));
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    return kCase.match(comment < 0 ? line : line.left(comment)).captured();
}

}  // namespace rw::house
