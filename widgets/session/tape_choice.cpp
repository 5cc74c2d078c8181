#include "widgets/session/tape_choice.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <string>
#include <string_view>

#include "core/data/utf8.h"

namespace rw::ui {

QString tapesFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/rillwright/tapes");
}

QString newestInputFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/rillwright/newest-input");
}

QString tapeName(const QString& document, const QDateTime& began) {
    constexpr std::size_t kLongest = 200;  // bytes: a name has 255, with the moment and the ending
    static const QRegularExpression kNotInNames(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]"));
    const std::string whole = QFileInfo(document).completeBaseName().toStdString();
    const std::string_view beginning = wholeCharacters(whole, kLongest);
    QString name = QString::fromUtf8(beginning.data(), static_cast<qsizetype>(beginning.size()));
    name.replace(kNotInNames, QStringLiteral("_"));
    return name + began.toString(QStringLiteral(" yyyy-MM-dd HH-mm-ss.zzz")) + QStringLiteral(".tape");
}

}  // namespace rw::ui
