// One aggregate in the table of them: function, column, name of the result. What has no cells, such as
// FILTER, is written as a line of SQL instead.
#pragma once
#include <QWidget>
#include <string>
#include <vector>

#include "core/data/schema.h"
#include "core/pipeline/issue.h"

class QComboBox;
class QHBoxLayout;

namespace rw::ui {

class ExpressionEdit;
class IconButton;
struct AggregateCells;

class AggregateRow : public QWidget {
    Q_OBJECT
 public:
    explicit AggregateRow(QWidget* parent = nullptr);

    const std::string& text() const { return m_text; }
    /// Shows another text without telling edited(); keys not told yet stay.
    void setText(const std::string& text);
    /// `number`: the column taken where “*” does not do; may be empty.
    void setColumns(const Schema& columns, const std::string& number);
    void setIssues(const std::vector<Issue>& issues);
    /// Lays cells and heads of the table out alike.
    static void arrange(QHBoxLayout& line, QWidget& function, QWidget& column, QWidget& name);

 Q_SIGNALS:
    void edited();
    void removeWanted();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

 private:
    void fillFunctions();
    void nameAll();
    void showCells(const AggregateCells& cells);
    void showLine();
    void functionChosen(int index);
    void cellEdited();
    void tell(std::string text);

    std::string m_text;
    std::string m_number;
    QWidget* m_cells;
    QComboBox* m_function;
    ExpressionEdit *m_column, *m_name;
    ExpressionEdit* m_line;
    IconButton* m_remove;
    std::string m_usual;  ///< name that the cells would give
};

}  // namespace rw::ui
