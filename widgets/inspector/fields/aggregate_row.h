// One aggregate in the table of them: function, column, name of the result. An aggregate that needs more, such
// as FILTER, is written as a line of SQL instead.
#pragma once
#include <QWidget>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/schema.h"
#include "core/pipeline/issue.h"
#include "core/sql/parse/ast.h"

class QComboBox;
class QGridLayout;
class QHBoxLayout;

namespace rw::ui {

class Completions;
class ExpressionEdit;
class IconButton;

/// The completions that the rows of a table offer, made once for all of them.
struct AggregateColumns {
    std::shared_ptr<const Completions> plain, withAggregates;
};

/// An aggregate as three cells, “AVG(load) AS mean” as AVG, load, mean: their places in the text. The
/// name may be missing.
struct AggregateCells {
    sql::Span function{}, argument{}, name{};
};

/// Null when the text says more than the cells can: FILTER, a comment, something that is no call.
std::optional<AggregateCells> aggregateCells(std::string_view text);

/// The text of the cells; without a name, without AS.
std::string aggregateText(std::string_view function, std::string_view argument, std::string_view name);

/// The name of a result until the user gives one, as SQL: “n” for COUNT(*), “avg_load” for AVG(load); empty
/// for arguments that are no name.
std::string usualName(std::string_view function, std::string_view argument);

class AggregateRow : public QWidget {
    Q_OBJECT
 public:
    explicit AggregateRow(QWidget* parent = nullptr);

    const std::string& text() const { return m_text; }
    /// Shows another text without telling edited(); keys not told yet stay.
    void setText(const std::string& text);
    /// `number`: the column taken where “*” does not do; may be empty.
    void setColumns(const AggregateColumns& columns, const std::string& number);
    void setIssues(const std::vector<Issue>& issues);
    /// Lays cells and heads of the table out alike.
    static void arrange(QHBoxLayout& line, QWidget& function, QWidget& column, QWidget& name);

 Q_SIGNALS:
    void edited();
    void removeRequested();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    void fillFunctions();
    void nameAll();
    void showCells(const AggregateCells& cells);
    void showLine();
    void functionChosen(int index);
    void cellEdited();
    /// `alone`: the function has a line for itself; `stacked`: the name stands below the column.
    void place(bool alone, bool stacked);
    bool functionFits() const;
    bool fits() const;
    void giveRoom();  ///< so that no cell is cut
    void notifyEdited(std::string text);

    std::string m_text;
    std::string m_number;
    QWidget* m_cells;
    QGridLayout* m_grid = nullptr;
    bool m_alone = false, m_stacked = false;
    QComboBox* m_function;
    ExpressionEdit *m_column, *m_name;
    ExpressionEdit* m_line;
    IconButton* m_remove;
    std::string m_usual;  ///< name that the cells would give
};

}  // namespace rw::ui
