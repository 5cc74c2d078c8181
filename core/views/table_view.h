// Data behind a table: the last rows that came, or of an updating stream the table that it describes.
#pragma once
#include <deque>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/value.h"
#include "core/views/chart_column.h"
#include "core/views/view_state.h"

namespace rw {

struct TableOrder {
    std::size_t column = 0;  ///< among the columns shown
    bool descending = false;
};

struct TableInfo {
    std::vector<ChartColumn> columns;  ///< shown, in this order
    int eventTime = -1;                ///< in the sink's input
    std::size_t keep = 1000;
    std::vector<TableOrder> order{};  ///< empty: newest first
    bool updating = false;
    std::vector<ChartColumn> key{};  ///< updating: the key of a row; none: there is one row at most
    bool multiset = false;           ///< updating: no columns name a row, equal ones are several
    std::string timeZone = "UTC";
    bool chosen = false;  ///< the person chose the columns and their order; else they are those of the rows
};

using TableRow = std::vector<Value>;  ///< one per column shown
using TableRowRef = std::shared_ptr<const TableRow>;

struct TableSnapshot {
    ViewTotals totals;
    std::vector<TableRowRef> rows;
    /// How many of the rows are results of windows that may still change.
    std::size_t provisional = 0;
    std::vector<bool> open{};  ///< which they are; empty: none is
    std::size_t kept = 0;      ///< rows there are to show, before maxRows cut them
    /// Rows given up although they were to be kept: those of an updating stream beyond TableView::kMaxKeys,
    /// and those beyond kMaxBytes.
    std::size_t forgotten = 0;
};

class TableView final : public ViewState {
 public:
    static constexpr std::size_t kMaxKeys = 20'000;                  ///< of an updating stream
    static constexpr std::size_t kMaxBytes = std::size_t{32} << 20;  ///< of all rows kept
    static constexpr std::size_t kLongestCell = 1024;  ///< bytes of a text; of BYTES one more is kept

    explicit TableView(TableInfo info);
    const TableInfo& info() const { return m_info; }

    void add(const Batch& batch);
    TableSnapshot snapshot(std::size_t maxRows = SIZE_MAX) const;

 private:
    TableRowRef rowAt(const Batch& batch, std::size_t row) const;
    void append(const Batch& batch);
    void update(const Batch& batch);
    void fields(StateFields& state) override;

    const TableInfo m_info;
    struct Keyed {
        std::string key;
        TableRowRef row;
        Instant time = kMinTimestamp;  ///< of the event, where rows have one
        std::size_t times = 1;         ///< that the row is there: of a multiset perhaps several
    };
    /// A row of the picture, perhaps several times.
    struct Shown {
        TableRowRef row;
        std::size_t times;
        bool open;
    };
    void takeBack(const std::string& key);
    void put(std::string key, const Batch& batch, std::size_t row);
    bool isOpen(const Keyed& keyed) const;
    std::vector<Shown> shown() const;
    static std::size_t keyedBytes(const Keyed& keyed);
    void keep(TableRowRef row);
    void keep(Keyed keyed);
    /// All rows that there are, the keyed ones last.
    std::vector<ColumnRef> keptColumns() const;
    /// Rows that were restored, of an updating stream with their keys; false: they can't be.
    bool take(const std::vector<ColumnRef>& columns, std::list<Keyed> table);
    void dropOldest();

    std::deque<TableRowRef> m_rows;  ///< insert-only: newest last
    std::list<Keyed> m_table;        ///< updating: most recently changed last
    std::unordered_map<std::string, std::list<Keyed>::iterator> m_byKey;
    std::size_t m_forgotten = 0;  ///< updating
    std::size_t m_bytes = 0;      ///< of all rows and keys
};

/// -1, 0 or 1 for values of one column; NULL sorts lowest.
int compareValues(const Value& a, const Value& b);

}  // namespace rw
