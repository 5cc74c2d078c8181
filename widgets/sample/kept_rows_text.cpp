#include "widgets/sample/kept_rows_text.h"

#include <QCoreApplication>
#include <QDir>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

QString rowsText(std::uint64_t rows) {
    return translated(
        figures::counted(rows, RW_TEXT("sample rows", "1 row"), RW_TEXT("sample rows", "%1 rows")));
}

QString keptTitle(const KeptSource& source) {
    if (source.type.empty()) return QCoreApplication::translate("KeptRows", "(cannot be read)");
    return shownText(QString::fromStdString(source.by.title));
}

QString keptText(const KeptSource& source) {
    return QCoreApplication::translate("KeptRows", "%1: %2 heard %3, %4")
        .arg(keptTitle(source), rowsText(source.rows), momentText(source.at), sizeText(source.bytes));
}

QString folderText(const std::string& folder) {
    const QString path = QString::fromStdString(folder), home = QDir::homePath() + u'/';
    return path.startsWith(home) ? QStringLiteral("~/") + path.mid(home.size()) : path;
}

}  // namespace rw::ui
