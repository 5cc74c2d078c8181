#include "widgets/results/compare_menu.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <algorithm>

#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/results/kept_list.h"
#include "widgets/results/table_list.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

bool haveColumnInCommon(const SqliteEntry& a, const SqliteEntry& b) {
    return std::any_of(a.columns.begin(), a.columns.end(), [&](const SqliteColumn& one) {
        return std::any_of(b.columns.begin(), b.columns.end(),
                           [&](const SqliteColumn& other) { return sameSqliteName(one.name, other.name); });
    });
}

QString shownName(const SqliteEntry& entry) {
    return shownText(shownTable(entry));
}

}  // namespace

ComparedWith comparedWith(const KeptResult& kept) {
    const QString at = momentText(kept.kept);
    ComparedWith with{{kept.file, {}},
                      kept.name.empty() ? CompareMenu::tr("the result of %1").arg(at)
                                        : CompareMenu::tr("“%1” of %2").arg(nameOfKept(kept), at)};
    with.table.table.name = kept.table;
    with.table.table.rows = kept.rows;
    return with;
}

CompareMenu::CompareMenu(QWidget* parent) : QMenu(parent) {}

void CompareMenu::set(const QString& database, const SqliteEntry& table,
                      const std::vector<SqliteEntry>& tables, const std::vector<KeptResult>& kept) {
    clear();
    m_database = database;
    m_table = table;
    bool any = false;
    for (const KeptResult& each : kept) {
        if (each.table != table.name) continue;
        any = true;
        const ComparedWith with = comparedWith(each);
        addAction(labelText(with.words), this, [this, with] { Q_EMIT chosen(with); });
    }
    if (!any) addAction(tr("None of this table was kept yet"))->setEnabled(false);
    addSeparator();
    QMenu* others = addMenu(tr("Another table"));
    for (const SqliteEntry& each : tables) {
        if (each.name == table.name || !haveColumnInCommon(table, each)) continue;
        const ComparedWith with{{database.toStdString(), each}, shownName(each)};
        others->addAction(labelText(with.words), this, [this, with] { Q_EMIT chosen(with); });
    }
    others->setEnabled(!others->isEmpty());
    addAction(tr("Another database…"), this, &CompareMenu::promptForFile);
    addAction(tr("A CSV file…"), this, &CompareMenu::promptForCsv);
}

void CompareMenu::promptForFile() {
    const QString file = QFileDialog::getOpenFileName(
        parentWidget(), tr("Compare with a table of"), QFileInfo(m_database).absolutePath(),
        tr("SQLite databases (*.db *.sqlite *.sqlite3 *.db3)") + QStringLiteral(";;") + tr("All files (*)"));
    if (!file.isEmpty()) chooseFrom(file);
}

void CompareMenu::promptForCsv() {
    const QString file = QFileDialog::getOpenFileName(
        parentWidget(), tr("Compare with a CSV file"), QFileInfo(m_database).absolutePath(),
        tr("CSV files (*.csv *.tsv *.txt)") + QStringLiteral(";;") + tr("All files (*)"));
    if (!file.isEmpty()) Q_EMIT chosen({{}, shownText(QFileInfo(file).fileName()), file});
}

void CompareMenu::chooseFrom(const QString& file) {
    m_listing.ask([path = file.toStdString()](
                      const Latest::Question& question) { return listSqlite(path, question.flag()); },
                  [this, file](const Result<SqliteListing>& listing) { onListed(file, listing); });
}

void CompareMenu::onListed(const QString& file, const Result<SqliteListing>& listing) {
    const auto refuse = [this](const QString& why, const QString& fix) {
        QMessageBox box(QMessageBox::Warning, tr("Not compared"), why, QMessageBox::NoButton, parentWidget());
        box.setInformativeText(fix);
        box.addButton(QMessageBox::Close);
        box.exec();
    };
    if (!listing.ok()) return refuse(translated(listing.error().message), translated(listing.error().fix));
    QStringList names;
    std::vector<const SqliteEntry*> fitting;
    int same = -1;
    for (const SqliteEntry& each : listing->entries) {
        if (!haveColumnInCommon(m_table, each)) continue;
        if (sameSqliteName(each.name, m_table.name)) same = static_cast<int>(fitting.size());
        names << shownName(each);
        fitting.push_back(&each);
    }
    const QString title = shownText(QFileInfo(file).fileName());
    if (fitting.empty())
        return refuse(tr("No table of “%1” has a column of “%2”.").arg(title, shownName(m_table)),
                      tr("Choose another file."));
    int at = same >= 0 ? same : 0;
    if (same < 0 && fitting.size() > 1) {
        bool taken = false;
        const QString chosenName = QInputDialog::getItem(parentWidget(), tr("Compare with a table of"), title,
                                                         names, 0, false, &taken);
        if (!taken) return;
        at = static_cast<int>(names.indexOf(chosenName));
    }
    const SqliteEntry& entry = *fitting[static_cast<std::size_t>(at)];
    Q_EMIT chosen({{file.toStdString(), entry}, QStringLiteral("%1: %2").arg(title, shownName(entry))});
}

}  // namespace rw::ui
