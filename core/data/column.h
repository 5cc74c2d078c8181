// A column of values: a validity bitmap, fixed-width values and, for strings, 16-byte references into shared
// bytes.
//
// Columns are immutable once built and shared by reference between batches and threads. ColumnBuilder makes
// them.
#pragma once
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/data/raw_bytes.h"
#include "core/data/string_arena.h"
#include "core/data/string_ref.h"
#include "core/data/type.h"

namespace rw {

/// One bit per row, 1 = the row has a value. Empty: no row is NULL.
class Validity {
 public:
    Validity() = default;
    explicit Validity(std::vector<std::uint64_t> words) : m_words(std::move(words)) {}
    bool allValid() const { return m_words.empty(); }
    bool valid(std::size_t row) const {
        return m_words.empty() || ((m_words[row / 64] >> (row % 64)) & 1U) != 0;
    }
    const std::vector<std::uint64_t>& words() const { return m_words; }
    /// Marks `row` NULL in a bitmap for `rows` rows, making the bitmap when there is none.
    void setNull(std::size_t row, std::size_t rows);
    std::size_t nullCount(std::size_t rows) const;

 private:
    std::vector<std::uint64_t> m_words;
};

class Column;
using ColumnRef = std::shared_ptr<const Column>;

class Column {
 public:
    /// `values` holds rows × widthOf(type) bytes; values of NULL rows are zero bytes, so that hashing and
    /// comparing may read them.
    Column(Type type, std::size_t rows, RawBytes values, Validity validity, std::vector<BytesRef> heaps = {});

    Type type() const { return m_type; }
    std::size_t size() const { return m_rows; }
    bool isNull(std::size_t row) const { return !m_validity.valid(row); }
    const Validity& validity() const { return m_validity; }
    const std::vector<BytesRef>& heaps() const { return m_heaps; }
    const std::byte* raw() const { return m_values.data(); }
    /// Bytes of values and validity, without those that strings point into.
    std::size_t ownBytes() const { return m_values.size() + m_validity.words().size() * 8; }
    /// Bytes that this column keeps in memory: its own and all of its heaps, also where it is a part of
    /// another column and points at few of their bytes.
    std::size_t memoryBytes() const;

    /// The values; T is the memory type that types.def gives.
    template <class T>
    std::span<const T> values() const {
        return {reinterpret_cast<const T*>(m_values.data()), m_rows};
    }
    template <class T>
    const T& at(std::size_t row) const {
        return values<T>()[row];
    }
    std::string_view string(std::size_t row) const { return at<StringRef>(row).view(); }

    /// The rows `rows` of this column, in that order; strings share this column's bytes.
    ColumnRef select(std::span<const std::uint32_t> rows) const;
    ColumnRef slice(std::size_t from, std::size_t count) const;
    /// `rows` times the value at `row`.
    ColumnRef repeat(std::size_t row, std::size_t rows) const;
    static ColumnRef nulls(Type type, std::size_t rows);

 private:
    Type m_type;
    std::size_t m_rows;
    RawBytes m_values;
    Validity m_validity;
    std::vector<BytesRef> m_heaps;
};

/// Appends values and gives an immutable column. Not thread-safe; finish() leaves an empty builder of the
/// same type.
class ColumnBuilder {
 public:
    explicit ColumnBuilder(Type type) : m_type(type), m_width(widthOf(type.id)) {}

    Type type() const { return m_type; }
    std::size_t size() const { return m_rows; }
    /// Makes room for `rows` rows in all.
    void reserve(std::size_t rows);

    /// Appends a value of the memory type that types.def gives.
    template <class T>
    void append(const T& value) {
        static_assert(!std::is_same_v<T, std::string_view>);
        const std::size_t at = m_rows * sizeof(T);
        if (at + sizeof(T) > m_values.size()) grow();
        std::memcpy(m_values.data() + at, &value, sizeof(T));
        ++m_rows;
    }
    void appendNull();
    /// Copies the text into the builder's own bytes.
    void appendString(std::string_view text);
    /// The value at `row` of a column of the same type; bytes of long strings are copied.
    void appendFrom(const Column& column, std::size_t row);
    /// As appendFrom, but strings keep pointing into the column's bytes, which are kept alive.
    void appendSharing(const Column& column, std::size_t row);
    /// Keeps `bytes` alive with the finished column, for StringRef values appended as they are.
    void keepAlive(BytesRef bytes) { m_heaps.push_back(std::move(bytes)); }

    ColumnRef finish();

 private:
    void grow();
    void share(const std::vector<BytesRef>& heaps);

    Type m_type;
    std::size_t m_width;
    std::size_t m_rows = 0;
    RawBytes m_values;  ///< sized to the room there is, not to the rows
    std::vector<std::size_t> m_nulls;
    std::vector<BytesRef> m_heaps;
    std::size_t m_sharedFrom = 0;  ///< the last shared column's heaps stand from here in m_heaps
    std::size_t m_sharedCount = 0;
    StringArena m_texts;  ///< copied ones
};

}  // namespace rw
