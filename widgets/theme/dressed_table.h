// What the tables of all panels, pages and charts have in common.
#pragma once
#include <QTableView>

#include "widgets/theme/metrics.h"

class QAction;

namespace rw::ui {

/// Whole rows are chosen, nothing is edited or wrapped, Tab leaves the table, the last column takes the rest.
/// Rows are `rowHeight` pixels high at 100 % text zoom, and follow it. After the table has got its headers.
void dressTable(QTableView& table, int rowHeight = metrics::kTableRowHeight);

/// As wide as what is in them, `widest` pixels at most (0: no bound); the last still takes the rest if it
/// did.
void fitColumns(QTableView& table, int widest = 0);

/// Triggered by Ctrl+C while the table has the keyboard; the table owns it.
QAction* copyAction(QTableView& table);

}  // namespace rw::ui
