// Rows of a database as its client gave them: the chunk that a source hands on to its decoder.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/data/batch.h"

namespace rw {

/// How the values of a column are written.
enum class SqlCellForm : std::uint8_t {
    Text,     ///< as the server writes them for people
    Raw,      ///< bytes as they are: of STRING, of BYTES
    HexText,  ///< bytes as PostgreSQL writes them: \x00ff
    // Of PostgreSQL, in the order of the network.
    OneByte,     ///< a truth value
    TwoBytes,    ///< an integer
    FourBytes,   ///< an integer
    EightBytes,  ///< an integer
    Float,       ///< eight bytes
    Days,        ///< a date, four bytes: days since 2000
    Micros       ///< a time, eight bytes: microseconds since 2000, in UTC
};
using SqlCellForms = std::shared_ptr<const std::vector<SqlCellForm>>;  ///< of each column

/// In the order in which they were added. Built by one thread; from then on immutable, for any thread.
class SqlRows {
 public:
    /// Bytes of all rows of one chunk; of one row PostgreSQL and MariaDB send at most as many.
    static constexpr std::size_t kMostBytes = std::size_t{1} << 30;

    explicit SqlRows(SqlCellForms forms = {}) : m_forms(std::move(forms)) {}

    /// A row of the first columns() of the cells; nothing: NULL.
    void addRow(std::span<const std::optional<std::string_view>> cells);
    // Or the cells of a row, from left to right, and then its end.
    void add(std::string_view cell);
    void addNull() { m_cells.push_back({}); }
    /// `joins`: a part of the change that the row before it is a part of, the row as it was.
    void endRow(RowKind kind = RowKind::Insert, bool joins = false);

    std::size_t columns() const { return m_forms ? m_forms->size() : 0; }
    std::size_t size() const { return m_rows; }
    bool empty() const { return m_rows == 0; }
    /// Rows, or changes of them.
    std::uint32_t changes() const { return m_changes; }
    /// The change, counted from 0, that a row is a part of.
    std::uint32_t change(std::size_t row) const {
        return m_isPlain ? static_cast<std::uint32_t>(row) : m_numbers[row];
    }
    /// All rows are inserts, each a change of its own.
    bool isPlain() const { return m_isPlain; }
    RowKind kind(std::size_t row) const { return m_isPlain ? RowKind::Insert : m_kinds[row]; }
    SqlCellForm form(std::size_t column) const { return (*m_forms)[column]; }
    /// Nothing: NULL.
    std::optional<std::string_view> cell(std::size_t row, std::size_t column) const {
        const Cell& found = m_cells[row * columns() + column];
        if (found.size < 0) return std::nullopt;
        return std::string_view(m_bytes).substr(found.begin, static_cast<std::size_t>(found.size));
    }
    /// That they keep in memory, about.
    std::size_t bytes() const { return m_bytes.size() + m_cells.size() * sizeof(Cell); }

 private:
    struct Cell {
        std::uint32_t begin = 0;
        std::int32_t size = -1;  ///< -1: NULL
    };
    SqlCellForms m_forms;
    std::string m_bytes{};
    std::vector<Cell> m_cells{};
    std::size_t m_rows = 0;
    std::uint32_t m_changes = 0;
    bool m_isPlain = true;  ///< then these two are empty
    std::vector<std::uint32_t> m_numbers{};
    std::vector<RowKind> m_kinds{};
};

}  // namespace rw
