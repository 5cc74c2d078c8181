// Puts a column together from branches, row by row: CASE, IF, COALESCE.
#pragma once
#include <cstdint>
#include <vector>

#include "core/sql/eval/evaluate.h"

namespace rw::sql {

/// Every row starts open. Call a when…() to select open rows, then take() to give them the values of a
/// branch; rows never given a value are NULL. Errors count only in rows that a condition or branch was
/// evaluated for.
class Chooser {
 public:
    Chooser(Type type, std::size_t rows);

    bool open() const { return m_open != 0; }          ///< whether any row is still open
    bool selected() const { return !m_rows.empty(); }  ///< whether the last when…() selected a row

    /// Open rows where `condition` is true; those where it failed are closed with its error.
    void when(const Vector& condition);
    /// Open rows where `value` is not NULL; those where it failed are closed with its error.
    void whenPresent(const Vector& value);
    void whenOpen();
    /// Gives the selected rows the values of `branch`, which has the chooser's type.
    void take(const Vector& branch);

    Vector finish();

 private:
    void closeFailed(const Vector& vector);
    void select(std::size_t row);

    Type m_type;
    std::size_t m_width;
    std::size_t m_open;
    std::vector<std::uint8_t> m_isOpen;
    std::vector<std::uint32_t> m_rows;  ///< selected
    RawBytes m_values;
    Validity m_validity;
    std::vector<BytesRef> m_heaps;
    RowErrors m_errors;
};

}  // namespace rw::sql
