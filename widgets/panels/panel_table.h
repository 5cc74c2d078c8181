// What the tables of all panels have in common.
#pragma once
#include <QTableView>

namespace rw::ui {

/// Whole rows are chosen, nothing is edited or wrapped, Tab leaves the table, the last column takes the rest.
void dressPanelTable(QTableView& table);

}  // namespace rw::ui
