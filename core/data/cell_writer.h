// The values of a column as text, as appendCell() writes it, to raw memory. The writer is chosen once for a
// column, not for each row.
#pragma once
#include "core/data/column.h"
#include "core/data/time_text.h"

namespace rw {

/// For a batch: must not outlive the column. Not thread-safe. Texts of STRING columns are left to the caller,
/// who knows which texts are quoted; BYTES columns are given as base64Texts(), once for a batch.
class CellWriter {
 public:
    static constexpr std::size_t kRoom = kNumberRoom;  ///< bytes that write() touches at most

    explicit CellWriter(const Column& column);

    bool isText() const { return !m_write; }
    bool isNull(std::size_t row) const {
        return m_validity && ((m_validity[row / 64] >> (row % 64)) & 1U) == 0;
    }
    std::string_view text(std::size_t row) const { return value<StringRef>(row).view(); }
    /// Of a row that is not NULL, in a column that is no text. Gives the end of the text.
    char* write(char* at, std::size_t row) { return m_write(*this, at, row); }
    template <class T>
    const T& value(std::size_t row) const {
        return reinterpret_cast<const T*>(m_values)[row];
    }

 private:
    using Write = char* (*)(CellWriter& self, char* at, std::size_t row);
    static Write writeOf(TypeId id);
    template <class Integer>
    static char* writeInteger(CellWriter& self, char* at, std::size_t row) {
        return putInteger(at, self.value<Integer>(row));
    }

    const std::byte* m_values;
    const std::uint64_t* m_validity;  ///< null: no row is NULL
    Write m_write;                    ///< null: a text
    PutDecimal m_decimal = nullptr;
    TimestampText m_times{};
    DateText m_dates{};
};

/// A column of BYTES as the STRINGs that appendCell() writes; any other column as it is.
ColumnRef base64Texts(ColumnRef column);

}  // namespace rw
