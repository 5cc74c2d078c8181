// Rows whose keys may have their state in files: they wait until many of those are read together.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/store/mini_batch.h"
#include "core/stream/keys/key_bytes.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/rows/held_state.h"

namespace rw {

/// Single-threaded.
class WaitingRows {
 public:
    /// `kept`: the columns of the rows that they keep, as far as these have them. `bytes`: about so many rows
    /// wait at most, by the types of their columns; 0: as few as possible. Not by the memory that is free:
    /// when rows go on depends on rows and on time alone.
    WaitingRows(HeldShape shape, ColumnSet kept, std::uint64_t bytes, std::size_t batchRows);

    /// `keys` and `hashes`: of the rows of the batch; those of `rows` wait from now on. `moments`: of each of
    /// these, by which it is judged whether its key has ended, which are its stamp when it is taken; none
    /// where keys do not end.
    void add(const Batch& batch, std::span<const Column* const> keys, std::span<const std::uint64_t> hashes,
             std::span<const std::uint32_t> rows, std::span<const Instant> moments, std::int64_t now);
    bool any() const { return m_rows.waiting() > 0; }
    std::size_t count() const { return m_rows.waiting(); }
    bool hasRoom() const { return m_rows.room() > 0 && m_bytes < m_mostBytes; }
    /// Whether those that wait are to go on; the steady milliseconds of that, where no other row comes.
    bool due(std::int64_t now) const { return m_rows.due(now) || (any() && m_bytes >= m_mostBytes); }
    std::int64_t dueAt() const { return m_rows.dueAt(); }

    /// Those that wait are to be taken, until !hasMore(). Those that come meanwhile are among them, where
    /// their key group has not begun.
    void close();
    bool hasMore() const { return m_rows.hasMore(); }
    /// Whether rows are left of the key group that was taken from at last: none may come before they are
    /// taken.
    bool amidKeyGroup() const { return m_rows.hasMore() && !m_rows.atEndOfKeyGroup(); }
    /// All rows of some keys of one key group.
    struct Taken {
        std::span<const StoreKey> keys;  ///< valid until the next call
        std::vector<Batch> batches{};    ///< of one wire each
        std::size_t rows = 0;
    };
    /// Of at most `keys` keys.
    Taken take(std::size_t keys);

    void write(StateWriter& out) const;
    /// Rows that were written so: they wait again.
    Status restore(const StateReader& state, const KeyGroups& own, std::int64_t now);
    std::size_t memoryBytes() const { return m_rows.memoryBytes(); }

 private:
    struct Head;
    std::vector<Batch> batchesOf(std::span<const std::string_view> rows) const;
    Batch batchOf(std::span<const std::string_view> rows) const;

    std::vector<Type> keptTypes() const;
    MiniBatch::Limits limits(std::uint64_t bytes) const;

    const HeldShape m_shape;
    const ColumnSet m_kept;
    ColumnSet m_had;  ///< those of them that a row had
    const KeyBytes m_keyCoder, m_rowCoder;
    MiniBatch m_rows;
    std::size_t m_bytes = 0;  ///< of rows that came since close()
    const std::size_t m_mostBytes, m_batchRows;
};

}  // namespace rw
