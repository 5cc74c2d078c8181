// The rows of an updating stream as they stand now, by key.
#pragma once
#include <span>
#include <vector>

#include "core/data/batch.h"
#include "core/stream/key_table.h"

namespace rw {

/// A changelog turned back into its table. Rows stay in the batches that brought them; those are rewritten
/// when most of their rows have been replaced. Single-threaded.
class RowTable {
 public:
    /// `key`: the columns that name a row, of the types `keyTypes`.
    RowTable(std::vector<int> key, std::span<const Type> keyTypes)
        : m_key(std::move(key)), m_keys(keyTypes) {}

    /// Applies rows `rows` of the batch, in order: an insert or update-after sets the row of its key, an
    /// update-before or delete takes it away.
    void apply(const Batch& batch, std::span<const std::uint32_t> rows);
    /// The rows that stand lie in batches 0 … batches()-1.
    std::size_t batches() const { return m_batches.size(); }
    /// Those of a batch; it may have none.
    Batch standing(std::size_t batch) const;
    std::size_t size() const { return m_size; }
    std::size_t memoryBytes() const;

 private:
    struct Place {
        std::uint32_t batch = kNowhere, row = 0;
    };
    /// Rows as they came, and which of them stand.
    struct Held {
        Batch batch;
        std::vector<bool> stands;
        std::size_t bytes;
    };
    static constexpr std::uint32_t kNowhere = 0xffffffff;

    void compact();

    std::vector<int> m_key;
    KeyTable m_keys;
    std::vector<Place> m_places;  ///< one a key
    std::vector<Held> m_batches;
    std::size_t m_size = 0, m_held = 0;  ///< rows that stand, and rows in m_batches
    std::size_t m_bytes = 0;             ///< of m_batches
};

}  // namespace rw
