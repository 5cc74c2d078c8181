// A small table of rows to try something on: typed by hand, or taken from the input. Each cell is read as its
// column's type; an empty one is NULL.
#pragma once
#include <QColor>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/base/status.h"
#include "core/data/batch.h"

class QPushButton;
class QTableWidget;

namespace rw::ui {

/// The cells as they were typed; kept while another node is selected.
struct TypedCells {
    Schema columns{};
    std::vector<std::vector<QString>> rows{};
};

/// What was found of a row, before its cells.
struct RowMark {
    QString words{};
    QColor color{};
    QString tip{};
};

class TypedRows : public QWidget {
    Q_OBJECT
 public:
    /// `cells`: shown and changed. `marksHead`: of a column before the others that has marks; empty: none.
    TypedRows(std::shared_ptr<TypedCells> cells, const QString& marksHead, QWidget* parent = nullptr);

    /// Cells of columns that stay, by name and type, stay. Where there is none yet, `rows` rows begin with
    /// simple values.
    void setColumns(const Schema& columns, int rows);
    /// The first rows of these batches, `most` at most, in place of those that are there.
    void take(const std::vector<Batch>& batches, std::size_t most);
    /// Of each row; fewer: the others have none.
    void setMarks(const std::vector<RowMark>& marks);
    /// A failure names the row and the column whose text is not of its type.
    Result<Batch> batch() const;
    QTableWidget& table() { return *m_table; }

 Q_SIGNALS:
    void changed();  ///< a cell, or the number of rows

 private:
    void show();
    void addRow();
    void removeRow();
    int marksColumns() const { return m_marked ? 1 : 0; }

    const std::shared_ptr<TypedCells> m_cells;
    const bool m_marked;
    const QString m_marksHead;
    QTableWidget* m_table;
    QPushButton *m_add, *m_remove;
    bool m_showing = false;
};

/// What a new row begins with: numbers and times that grow with the row, so that rows differ.
QString simpleValue(Type type, int row);

}  // namespace rw::ui
