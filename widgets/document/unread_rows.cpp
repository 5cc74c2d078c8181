#include "widgets/document/unread_rows.h"

#include <QCoreApplication>
#include <QMessageBox>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

void UnreadRows::add(const sql::RowErrors& errors, std::size_t written) {
    if (count == 0 && !errors.empty()) {
        first = rows + errors.front().row + 1;
        reason = errors.front().reason;
    }
    rows += written;
    count += errors.size();
}

void showUnreadRows(QWidget* parent, const UnreadRows& unread) {
    if (unread.count == 0) return;
    const Text what = figures::counted(
        unread.count,
        RW_TEXT("export", "All rows were exported, but a CSV source can't read 1 of them back."),
        RW_TEXT("export", "All rows were exported, but a CSV source can't read %1 of them back."));
    QMessageBox box(QMessageBox::Warning, QCoreApplication::translate("export", "Exported"), translated(what),
                    QMessageBox::NoButton, parent);
    box.setInformativeText(QCoreApplication::translate("export", "The first is row %1: %2")
                               .arg(countText(unread.first), translated(unread.reason)));
    box.addButton(QCoreApplication::translate("export", "Close"), QMessageBox::RejectRole);
    box.exec();
}

}  // namespace rw::ui
