// The left side of the results: which database is looked into, how large it is, and its tables.
#pragma once
#include <QWidget>
#include <functional>

#include "core/connect/sqlite/kept_results.h"
#include "widgets/document/result_databases.h"
#include "widgets/results/compare_menu.h"
#include "widgets/results/table_list.h"

class QComboBox;
class QLabel;
class QListView;
class QPushButton;

namespace rw::ui {

class IconButton;
class KeptList;

class ResultSide : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 264;

    explicit ResultSide(QWidget* parent = nullptr);
    /// Tells the run that wrote the tables of the pipeline last; results that are kept say it.
    void setRun(std::function<KeptRun()> run) { m_run = std::move(run); }

    /// The databases of the pipeline; one that was opened by hand stays in the list, and the chosen one
    /// chosen.
    void setDatabases(std::vector<ResultDatabase> databases);
    /// Adds a file and chooses it.
    void openFile(const QString& path);
    void promptForFile();
    QString path() const;  ///< of the chosen database; empty: none

    /// Keeps the chosen table chosen, else chooses one that the pipeline writes.
    void setListing(SqliteListing listing);
    void clearListing();
    const SqliteEntry* table() const;  ///< the chosen one; null: none
    KeptList& kept() const { return *m_kept; }
    CompareMenu& compareMenu() const { return *m_compareMenu; }
    /// What the pipeline writes into it; nothing: it does not.
    ResultTable writtenTable() const;

 Q_SIGNALS:
    void databaseChosen();
    void tableChosen();
    void refreshRequested();
    void compareRequested(const rw::ui::ComparedWith& with);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    QWidget* makeFoot();
    void connectKept();
    KeptRun runOfTable() const;
    void showFoot();
    void showSize();
    void fillCombo(const QString& chosen);
    QMap<QString, ResultTable> written() const;
    void retranslate();

    std::vector<ResultDatabase> m_databases;  ///< of the pipeline, then those opened by hand
    std::vector<ResultDatabase> m_opened;
    std::function<KeptRun()> m_run{};  ///< empty: nothing is known of it
    TableListModel m_model;
    QComboBox* m_choice;
    QLabel* m_size;
    IconButton *m_open, *m_refresh;
    QListView* m_list;
    KeptList* m_kept;
    CompareMenu* m_compareMenu;
    QPushButton *m_keep, *m_compare;
};

}  // namespace rw::ui
