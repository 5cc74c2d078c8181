// What the table of the results can be compared with: results of it that were kept, other tables of its
// database, and tables of other files.
#pragma once
#include <QMenu>
#include <vector>

#include "core/connect/sqlite/kept_results.h"
#include "core/connect/sqlite/table_difference.h"
#include "widgets/background/latest.h"

namespace rw::ui {

/// A table, and what people know it by.
struct ComparedWith {
    ComparedTable table;
    QString words;
    QString csv{};  ///< a CSV file in place of a table
};
ComparedWith comparedWith(const KeptResult& kept);

class CompareMenu : public QMenu {
    Q_OBJECT
 public:
    explicit CompareMenu(QWidget* parent = nullptr);

    /// Fills the menu for a table of the database.
    void set(const QString& database, const SqliteEntry& table, const std::vector<SqliteEntry>& tables,
             const std::vector<KeptResult>& kept);
    /// Lists the tables of the file in the background, and asks which, where it is not clear.
    void chooseFrom(const QString& file);

 Q_SIGNALS:
    void chosen(const rw::ui::ComparedWith& with);

 private:
    void promptForFile();
    void promptForCsv();
    void onListed(const QString& file, const Result<SqliteListing>& listing);

    QString m_database{};
    SqliteEntry m_table{};
    Latest m_listing{this};
};

}  // namespace rw::ui
