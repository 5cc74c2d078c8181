// What is done with rows of the results: they are exported, copied, compared, and asked about.
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>

#include "widgets/document/translated.h"
#include "widgets/results/comparison_panel.h"
#include "widgets/results/difference_export.h"
#include "widgets/results/results_page.h"
#include "widgets/theme/shown_text.h"

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
    m_exportedTable.reset();
    m_export.start(match, path, format, exportTarget());
    refreshTexts();
}

QStringList ResultsPage::databasesWritten() const {
    QStringList paths;
    for (const ResultDatabase& each : databasesOf(m_document))
        if (!each.tables.isEmpty()) paths << each.path;
    return paths;
}

// A database that is there gets one more table: nothing of it is overwritten, and the dialog does not ask.
void ResultsPage::promptForDatabase() {
    const ResultReader::Match match = m_model.shownMatch();
    if (!match) return;
    const QString proposal = exportTarget().proposal(
        m_document.folder(), QString::fromStdString(match->query.table.name), QStringLiteral(".sqlite"));
    QFileDialog dialog(
        this, m_exportButton->text(), QFileInfo(proposal).absolutePath(),
        tr("SQLite databases (*.db *.sqlite *.sqlite3 *.db3)") + QStringLiteral(";;") + tr("All files (*)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setOption(QFileDialog::DontConfirmOverwrite);
    dialog.setDefaultSuffix(QStringLiteral("sqlite"));
    dialog.selectFile(QFileInfo(proposal).fileName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
    exportTable(match, dialog.selectedFiles().front(), false);
}

void ResultsPage::exportTable(const ResultReader::Match& match, const QString& path, bool replace) {
    if (!match || m_export.isBusy()) return;
    m_exportedTable = match;
    m_replaces = replace;
    m_export.startInto(match, path, replace, exportTarget(), databasesWritten());
    refreshTexts();
}

void ResultsPage::onExported(const Result<UnreadRows>& written, const QString& path) {
    refreshTexts();
    if (written.ok()) return showUnreadRows(this, *written);
    const Error& error = written.error();
    if (error.code == ErrorCode::Cancelled) return;
    if (!m_exportedTable || m_replaces || error.code != ErrorCode::Refused)
        return showExportError(this, error);
    const ResultReader::Match match = m_exportedTable;  // another export may begin while the box is open
    QMessageBox box(QMessageBox::Question, tr("Replace the table"), translated(error.message),
                    QMessageBox::NoButton, this);
    box.setInformativeText(tr("Replacing it deletes the rows that it has now."));
    const QPushButton* yes = box.addButton(tr("Replace the table"), QMessageBox::DestructiveRole);
    box.addButton(tr("Cancel"), QMessageBox::RejectRole);
    box.exec();
    if (box.clickedButton() == yes) exportTable(match, path, true);
}

// Most of the chosen rows may never have been on the screen: they are read again.
void ResultsPage::copy() {
    const QItemSelection chosen = m_grid->selectionModel()->selection();
    if (!chosen.isEmpty()) m_reader.copy(m_model.shownMatch(), chosen.first().top(), chosen.first().height());
}

void ResultsPage::compareWith(const ComparedWith& with) {
    const SqliteEntry* const table = m_side->table();
    if (table == nullptr) return;
    TableComparison asked{{m_side->path().toStdString(), *table}, with.table};
    asked.proposed = m_side->writtenTable().key;
    m_comparison->compare(std::move(asked), shownText(shownTable(*table)), with.words, with.csv);
    m_rows->hide();
    m_comparison->show();
    m_comparison->setFocus();
}

void ResultsPage::promptForDifference(ResultFormat format) {
    const SqliteEntry* const table = m_side->table();
    if (table == nullptr) return;
    const bool csv = format == ResultFormat::Csv;
    const QString title = tr("Export the differences");
    const ExportTarget target(m_document, title);
    const QString name = tr("%1 differences").arg(QString::fromStdString(table->name));
    const QString proposal =
        target.proposal(m_document.folder(), name, csv ? QStringLiteral(".csv") : QStringLiteral(".ndjson"));
    const QString path =
        target.prompt(this, title, proposal, csv ? tr("CSV files (*.csv)") : tr("JSON lines (*.ndjson)"));
    if (!path.isEmpty()) exportDifference(path, format);
}

void ResultsPage::exportDifference(const QString& path, ResultFormat format) {
    const auto difference = m_comparison->rows().difference();
    if (!difference || m_export.isBusy()) return;
    m_exportedTable.reset();
    m_export.startOther(path, {m_document, tr("Export the differences")},
                        [difference, kind = m_comparison->shownKind(), path, format](CancelFlag cancel) {
                            return writeDifference(*difference, kind, path, format, cancel);
                        });
    refreshTexts();
}

void ResultsPage::endComparison() {
    if (m_comparison->isHidden()) return;
    m_comparison->stop();
    m_comparison->hide();
    m_rows->show();
    m_grid->setFocus();
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
