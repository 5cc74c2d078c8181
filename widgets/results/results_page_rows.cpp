// What is done with single rows of the results: they are copied, and asked about.
#include <QTableView>

#include "widgets/results/results_page.h"

namespace rw::ui {

void ResultsPage::copy() {
    const QItemSelection chosen = m_grid->selectionModel()->selection();
    if (!chosen.isEmpty()) m_reader.copy(m_model.shownMatch(), chosen.first().top(), chosen.first().height());
}

std::optional<ShownRow> ResultsPage::currentRow(const QTableView& table) const {
    const SqliteRow* const cells = m_model.rowAt(table.currentIndex().row());
    if (cells == nullptr || !m_model.shownMatch()) return std::nullopt;
    const ResultTable written = m_side->writtenTable();
    std::optional<Batch> row = rowTaken(written, m_model.shownMatch()->query.table, *cells);
    if (!row) return std::nullopt;
    return ShownRow{written.from, *std::move(row), !m_session.startedAt().isNull()};
}

}  // namespace rw::ui
