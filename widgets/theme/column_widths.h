// The one policy of the widths of a table's columns, for tables whose rows come and go: a figure, a time or a
// state is whole, for one that is cut would be another one; of a name or a sentence at least a dozen
// characters are seen; no column is narrower than its head. The rest of the room goes to the words. Where
// there is too little of it for all of that, the table is scrolled.
#pragma once
#include <QObject>
#include <QTimer>
#include <map>
#include <vector>

class QTableView;

namespace rw::ui {

class ColumnWidths : public QObject {
    Q_OBJECT
 public:
    enum class Of { Figures, Words };
    struct Column {
        Of of = Of::Words;
        int width = 0;  ///< pixels at 100 % text zoom, where there is room
        int share = 0;  ///< of what is left over
    };

    /// From now on, by the text size, the language, the width of the table and its rows: once more when any
    /// of them is another, at the next turn of the event loop. Nothing while the table is hidden. A width
    /// that a person has chosen stays. The table has its model and its headers, and owns this.
    static void keep(QTableView& table, std::vector<Column> columns);
    /// Of a table whose columns come with its rows: all of them are figures, which share what is left over.
    static ColumnWidths& keepFigures(QTableView& table);

    /// Of a hidden table that is about to be painted, by its first rows.
    void fitHidden();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    ColumnWidths(QTableView& table, std::vector<Column> columns);
    void fit();
    void setWidths();
    void startOver();
    int room() const;
    int leastOf(int column) const;
    int shareOf(std::size_t column) const;
    /// Widths by the wishes, `room` pixels in all where they can be.
    std::vector<int> shared(std::vector<int> least, int room) const;

    QTableView& m_table;
    std::vector<Column> m_columns;
    const bool m_allFigures;        ///< m_columns is made from the model
    std::map<int, int> m_grown{};   ///< the widest least width of each column since startOver()
    std::map<int, int> m_byHand{};  ///< the width that a person has given it
    bool m_fitting = false;
    QTimer m_soon;
};

}  // namespace rw::ui
