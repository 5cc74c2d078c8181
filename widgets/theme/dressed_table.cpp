#include "widgets/theme/dressed_table.h"

#include <QAction>
#include <QHeaderView>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace rw::ui {

void dressTable(QTableView& table, int rowHeight) {
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.verticalHeader()->hide();
    table.horizontalHeader()->setStretchLastSection(true);
    table.horizontalHeader()->setHighlightSections(false);
    const auto sizeRows = [&table, rowHeight] {
        table.verticalHeader()->setDefaultSectionSize(Theme::of(&table).scaled(rowHeight));
    };
    sizeRows();
    QObject::connect(&Theme::of(&table), &Theme::changed, &table, sizeRows);
}

void fitColumns(QTableView& table, int widest) {
    QHeaderView& head = *table.horizontalHeader();
    const bool stretched = head.stretchLastSection();
    head.setStretchLastSection(false);  // a stretched column that is given a width keeps it
    table.resizeColumnsToContents();
    if (widest > 0) {
        for (int column = 0; column < head.count(); ++column)
            table.setColumnWidth(column, std::min(table.columnWidth(column), widest));
    }
    head.setStretchLastSection(stretched);
}

QAction* copyAction(QTableView& table) {
    auto* action = new QAction(&table);
    action->setShortcut(QKeySequence::Copy);
    action->setShortcutContext(Qt::WidgetShortcut);
    table.addAction(action);
    return action;
}

}  // namespace rw::ui
