// What is done with rows of the results: they are exported, copied, and asked about.
#include <QMenu>
#include <QPushButton>
#include <QTableView>

#include "widgets/results/results_page.h"

namespace rw::ui {

ExportTarget ResultsPage::exportTarget() const {
    return {m_document, m_exportButton->text()};
}

void ResultsPage::promptForExport(ResultFormat format) {
    // The table may go, and another take its place, while the dialog is open.
    const ResultReader::Match match = m_model.shownMatch();
    if (!match) return;
    const bool csv = format == ResultFormat::Csv;
    const ExportTarget target = exportTarget();
    const QString proposal =
        target.proposal(m_document.folder(), QString::fromStdString(match->query.table.name),
                        csv ? QStringLiteral(".csv") : QStringLiteral(".ndjson"));
    const QString path = target.prompt(this, m_exportButton->text(), proposal,
                                       csv ? tr("CSV files (*.csv)") : tr("JSON lines (*.ndjson)"));
    if (!path.isEmpty()) exportRows(match, path, format);
}

void ResultsPage::exportRows(const ResultReader::Match& match, const QString& path, ResultFormat format) {
    if (!match) return;
    m_export.start(match, path, format, exportTarget());
    refreshTexts();
}

// Most of the chosen rows may never have been on the screen: they are read again.
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
