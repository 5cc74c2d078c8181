// Rows that an operator keeps for long: in columns, each in a slot of its own until it is taken out, found by
// key. Joins, over aggregates and updating nodes keep their rows in it.
#pragma once
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/data/batch.h"

namespace rw {

using RowSlot = std::uint32_t;
inline constexpr RowSlot kNoRow = 0xffffffff;

/// Copies rows in, so that no batch is kept alive; slots of rows that were taken out are used again. Memory
/// goes by the most rows that were there at a time, and the texts of those that are. Single-threaded.
class RowStore {
 public:
    explicit RowStore(SchemaRef schema);

    const SchemaRef& schema() const { return m_schema; }
    RowSlot add(const Batch& batch, std::uint32_t row);
    /// Several rows; their slots go behind those in `slots`. Column by column, which costs a fraction of
    /// adding them one by one.
    void add(const Batch& batch, std::span<const std::uint32_t> rows, std::vector<RowSlot>& slots);
    /// A row of another store, which has the same columns.
    RowSlot add(const RowStore& other, RowSlot row);
    void remove(RowSlot slot) { remove({&slot, 1}); }
    void remove(std::span<const RowSlot> slots);
    std::size_t size() const { return m_used.size() - m_free.size(); }
    /// Slots are below this.
    std::size_t slots() const { return m_used.size(); }
    bool contains(RowSlot slot) const { return slot < m_used.size() && m_used[slot] != 0; }

    bool isNull(int column, RowSlot slot) const { return at(column).isNull(slot); }
    /// The value; T is the memory type that types.def gives, but for STRING. Zero bytes where it is NULL.
    /// Not of a column that no row ever had.
    template <class T>
    T value(int column, RowSlot slot) const {
        T out;
        std::memcpy(&out, at(column).values.data() + slot * sizeof(T), sizeof(T));
        return out;
    }
    /// Of a value that is not NULL.
    std::string_view text(int column, RowSlot slot) const { return at(column).texts[slot]; }
    /// Of all texts of the row.
    std::size_t textBytes(RowSlot slot) const;
    /// Whether SQL's “=” holds between the value of a slot and that of a row; never with NULL. Of two integer
    /// types, or of one type. Doubles as keys: −0.0 is 0.0, NaN is NaN.
    bool equals(int column, RowSlot slot, const Column& other, std::size_t row) const;

    /// The rows of these slots as columns; kNoRow gives NULL. Null where no row ever had the column.
    std::vector<ColumnRef> gather(std::span<const RowSlot> slots) const;
    /// One of these columns.
    ColumnRef gather(int column, std::span<const RowSlot> slots) const {
        return gatherOne(at(column), slots);
    }
    /// The same as a batch, without stamps and positions.
    Batch batchOf(std::span<const RowSlot> slots) const;
    std::size_t memoryBytes() const;
    /// How many bytes more it takes with so many rows more, at most; those of long texts come besides.
    std::size_t growth(std::size_t rows) const;

 private:
    /// A column by slots. One without any value, which is not read, takes no memory.
    struct Stored {
        Type type{};
        std::size_t width = 0;
        std::vector<std::byte> values{};
        std::vector<std::string> texts{};   ///< STRING only
        std::vector<std::uint8_t> nulls{};  ///< 1: NULL; none before a row had one
        bool built = false;                 ///< a row had it

        bool isNull(RowSlot slot) const { return nulls.empty() ? !built : nulls[slot] != 0; }
    };
    const Stored& at(int column) const { return m_columns[static_cast<std::size_t>(column)]; }
    /// Rows `rows` of a batch get the slots `slots`, which this sets.
    void place(const Batch& batch, std::span<const std::uint32_t> rows, std::span<RowSlot> slots);
    void takeSlots(std::span<RowSlot> slots);
    void put(Stored& stored, const Column* column, std::span<const std::uint32_t> rows,
             std::span<const RowSlot> slots);
    void putTexts(Stored& stored, const Column& column, std::span<const std::uint32_t> rows,
                  std::span<const RowSlot> slots);
    /// The value of row `row` in a column of another store, for the slot `slot`.
    void put(Stored& stored, const Stored& other, RowSlot row, RowSlot slot);
    static ColumnRef gatherOne(const Stored& stored, std::span<const RowSlot> slots);
    static ColumnRef gatherTexts(const Stored& stored, std::span<const RowSlot> slots);

    SchemaRef m_schema;
    std::vector<Stored> m_columns{};
    std::vector<std::uint8_t> m_used{};  ///< 1: the slot has a row
    std::vector<RowSlot> m_free{};
    std::size_t m_textBytes = 0;  ///< of texts that do not fit into their string
};

/// A value in a slot, for compareCells().
struct KeptCell {
    const RowStore& rows;
    int column;
    RowSlot slot;

    bool isNull() const { return rows.isNull(column, slot); }
    template <class T>
    T value() const {
        return rows.value<T>(column, slot);
    }
    std::string_view text() const { return rows.text(column, slot); }
};

/// Finds the rows of a store by the columns `keys`. Adding a row to the store or removing it must be told to
/// this index, too. Rows with NULL in their key are never found, and need not be told, unless NULLs are equal.
/// Chained hashing over the slots.
class RowsByKey {
 public:
    /// `rows` outlives this. `nullsMeet`: in keys NULL equals NULL, as where rows are grouped.
    RowsByKey(const RowStore& rows, std::vector<int> keys, bool nullsMeet = false)
        : m_rows(rows), m_keys(std::move(keys)), m_nullsMeet(nullsMeet) {}

    /// `hash`: as hashKeys() gives it for the key columns of the row.
    void add(RowSlot slot, std::uint64_t hash);
    /// Before the row leaves the store. Nothing happens when it was not added.
    void remove(RowSlot slot);
    bool empty() const { return m_size == 0; }
    /// No row is in it any more, and it takes no memory.
    void clear() {
        m_heads = {};
        m_links = {};
        m_size = 0;
    }
    /// Calls take(slot) for each row whose key equals that of `row` in `columns`, whose hash is `hash`, in no
    /// order that anybody may rely on. `take` may not add or take out rows.
    template <class Take>
    void forEach(std::uint64_t hash, std::span<const Column* const> columns, std::size_t row,
                 Take take) const {
        for (RowSlot slot = first(hash); slot != kNoRow; slot = behind(slot)) {
            if (has(slot, hash, columns, row)) take(slot);
        }
    }

    // The same step by step, for callers that may have to stop on the way. While no row is added or taken out,
    // the rows of a key are among first(hash), the one behind it and so on up to kNoRow: those for which has()
    // is true.
    RowSlot first(std::uint64_t hash) const { return m_heads.empty() ? kNoRow : m_heads[placeOf(hash)]; }
    RowSlot behind(RowSlot slot) const { return m_links[slot].next; }
    bool has(RowSlot slot, std::uint64_t hash, std::span<const Column* const> columns,
             std::size_t row) const {
        return m_links[slot].hash == hash && matches(slot, columns, row);
    }

    std::uint64_t hash(RowSlot slot) const { return m_links[slot].hash; }
    std::size_t memoryBytes() const {
        return m_heads.capacity() * sizeof(RowSlot) + m_links.capacity() * sizeof(Link);
    }

 private:
    struct Link {
        std::uint64_t hash = 0;
        RowSlot next = kNoRow, previous = kNoRow;
        bool in = false;
    };
    /// The low bits: exchanges deal rows out by the high ones.
    std::size_t placeOf(std::uint64_t hash) const { return hash & (m_heads.size() - 1); }
    bool matches(RowSlot slot, std::span<const Column* const> columns, std::size_t row) const;
    void link(RowSlot slot);
    void grow();

    const RowStore& m_rows;
    std::vector<int> m_keys;
    bool m_nullsMeet;
    std::vector<RowSlot> m_heads{};  ///< a power of two, or none
    std::vector<Link> m_links{};     ///< by slot
    std::size_t m_size = 0;
};

}  // namespace rw
