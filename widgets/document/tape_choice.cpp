#include "widgets/document/tape_choice.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace rw::ui {

QString tapesFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/rillwright/tapes");
}

QString tapeName(const QString& document, const QDateTime& began) {
    constexpr qsizetype kLongest = 80;
    static const QRegularExpression kNotInNames(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]"));
    QString name = QFileInfo(document).completeBaseName().left(kLongest);
    name.replace(kNotInNames, QStringLiteral("_"));
    return name + began.toString(QStringLiteral(" yyyy-MM-dd HH-mm-ss.zzz")) + QStringLiteral(".tape");
}

}  // namespace rw::ui
