// Puts a column together from branches: CASE, IF, COALESCE.
#pragma once
#include <cstdint>
#include <vector>

#include "core/sql/eval/eight_rows.h"
#include "core/sql/eval/evaluate.h"

namespace rw::sql {

/// Every row starts open. Call a when…() to select open rows, then take() to give them the values of a
/// branch; rows never given a value are NULL. Errors count only in rows that a condition or branch was
/// evaluated for.
///
/// Which rows are open and which are selected is kept as a byte a row, and a branch is blended in by masks
/// made of them: no step depends on the content of a row, so that no branch is mispredicted.
class Chooser {
 public:
    Chooser(Type type, std::size_t rows);

    bool open() const { return m_openCount != 0; }          ///< whether any row is still open
    bool selected() const { return m_selectedCount != 0; }  ///< whether the last when…() selected a row

    /// Open rows where `condition` is true; those where it failed are closed with its error.
    void when(const Vector& condition);
    /// Open rows where `value` is not NULL; those where it failed are closed with its error.
    void whenPresent(const Vector& value);
    void whenOpen();
    /// Gives the selected rows the values of `branch`, which has the chooser's type.
    void take(const Vector& branch);

    Vector finish();

 private:
    template <class Wanted>
    void select(const Wanted& wanted);
    void closeFailed(const Vector& vector);
    template <class Unit>
    void blend(const Vector& branch);
    void takeNulls(const Vector& branch);
    void setNulls(std::size_t word, std::uint64_t nulls);

    Type m_type;
    std::size_t m_rows;
    std::size_t m_openCount, m_selectedCount = 0;
    std::vector<Eight> m_open, m_selected;  ///< of all rows; behind the last one 0
    Vector m_whole{};                       ///< the branch that every row takes, if one does
    RawBytes m_values;                      ///< none before the first branch; zero in rows without a value
    std::vector<std::uint64_t> m_nulls;     ///< a bit a row, 1 = NULL; empty: none
    std::vector<BytesRef> m_heaps;
    RowErrors m_errors;
};

}  // namespace rw::sql
