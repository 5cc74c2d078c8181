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

#include "core/data/type.h"

namespace rw {

/// Bytes that string values point into, and how many there are. Kept alive by every column that refers to
/// them, all of them even for the sake of one value.
class BytesRef {
 public:
    BytesRef(std::shared_ptr<const void> bytes, std::size_t size) : m_bytes(std::move(bytes)), m_size(size) {}
    std::size_t size() const { return m_size; }
    /// By address: the same bytes are equal.
    friend bool operator==(const BytesRef& a, const BytesRef& b) { return a.m_bytes == b.m_bytes; }
    friend bool operator<(const BytesRef& a, const BytesRef& b) { return a.m_bytes < b.m_bytes; }

 private:
    std::shared_ptr<const void> m_bytes;
    std::size_t m_size;
};

/// A string value of a column: up to 12 bytes lie inside, longer ones in one of the column's shared buffers.
/// Equal lengths and prefixes decide most comparisons without touching the buffer.
class StringRef {
 public:
    static constexpr std::uint32_t kInline = 12;
    StringRef() = default;
    /// Refers to `bytes`; they must outlive the value unless they are at most kInline long.
    StringRef(const char* bytes, std::size_t size) : m_size(static_cast<std::uint32_t>(size)) {
        if (size <= kInline) {
            if (size > 0) std::memcpy(m_tail.chars, bytes, size);  // nothing may lie at no address
        } else {
            std::memcpy(m_tail.far.prefix, bytes, 4);
            std::memcpy(m_tail.far.pointer, &bytes, sizeof bytes);
        }
    }
    explicit StringRef(std::string_view text) : StringRef(text.data(), text.size()) {}

    /// As the constructor, where at least kInline bytes can be read at `bytes` whatever the size: no copy of
    /// varying length for short strings.
    static StringRef fromPadded(const char* bytes, std::size_t size) {
        if (size > kInline) return StringRef(bytes, size);
        StringRef ref;
        ref.m_size = static_cast<std::uint32_t>(size);
        std::uint64_t low = 0;
        std::uint32_t high = 0;
        std::memcpy(&low, bytes, 8);
        std::memcpy(&high, bytes + 8, 4);
        low = size >= 8 ? low : low & ((std::uint64_t{1} << (8 * size)) - 1);
        high = size <= 8 ? 0 : size == kInline ? high : high & ((1U << (8 * (size - 8))) - 1);
        std::memcpy(ref.m_tail.chars, &low, 8);
        std::memcpy(ref.m_tail.chars + 8, &high, 4);
        return ref;
    }

    std::uint32_t size() const { return m_size; }
    bool isInline() const { return m_size <= kInline; }
    const char* data() const {
        if (isInline()) return m_tail.chars;
        const char* pointer = nullptr;
        std::memcpy(&pointer, m_tail.far.pointer, sizeof pointer);
        return pointer;
    }
    std::string_view view() const { return {data(), m_size}; }
    friend bool operator==(const StringRef& a, const StringRef& b) {
        std::uint64_t headA = 0, headB = 0;  // size and the first four bytes
        std::memcpy(&headA, &a, 8);
        std::memcpy(&headB, &b, 8);
        return headA == headB && (a.m_size <= 4 || a.view() == b.view());
    }

 private:
    std::uint32_t m_size = 0;
    union {
        char chars[kInline] = {};
        struct {
            char prefix[4];
            char pointer[8];
        } far;
    } m_tail;
};
static_assert(sizeof(StringRef) == 16);

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
    Column(Type type, std::size_t rows, std::vector<std::byte> values, Validity validity,
           std::vector<BytesRef> heaps = {});

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

    /// The values; T is the memory type that TypeId documents.
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
    std::vector<std::byte> m_values;
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

    /// Appends a value of the memory type that TypeId documents.
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
    std::vector<std::byte> m_values;  ///< sized to the room there is, not to the rows
    std::vector<std::size_t> m_nulls;
    std::vector<BytesRef> m_heaps;
    std::size_t m_sharedFrom = 0;  ///< the last shared column's heaps stand from here in m_heaps
    std::size_t m_sharedCount = 0;
    std::size_t m_blockLeft = 0;  ///< bytes left in the newest own block of string bytes
    std::size_t m_blockSize = 0;
    char* m_block = nullptr;
};

}  // namespace rw
