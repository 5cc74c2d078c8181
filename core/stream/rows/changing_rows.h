// Rows of windows whose results change: the present ones, until the watermark says that they are final.
#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "core/data/batch.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// The present row of each key of an updating stream. When the watermark has reached its event time no change
/// of it can come any more (event-time rules, 15). Copies rows in. Single-threaded.
class ChangingRows {
 public:
    /// `key`: the columns that name a row of the stream; `eventTime`: that of its event time.
    ChangingRows(SchemaRef schema, std::vector<int> key, int eventTime);

    /// Applies rows `rows` of a batch of changes, in their order. A row replaces the one of its key also
    /// where that was not taken back.
    void apply(const Batch& batch, std::span<const std::uint32_t> rows);
    /// Whether a row is final.
    bool due(Instant watermark) const { return !m_order.empty() && m_order.begin()->first <= watermark; }
    /// Takes out at most `atMost` rows that are final: inserts without a place, by event time, those of one
    /// time in no order.
    Batch release(Instant watermark, std::size_t atMost);
    /// The largest event time of the rows; kMinTimestamp: there are none.
    Instant newest() const { return m_order.empty() ? kMinTimestamp : m_order.rbegin()->first; }
    /// All rows, in an order that does not tell how they came. apply() takes them again.
    Batch rows() const;
    std::size_t memoryBytes() const;

 private:
    void remove(RowSlot slot);

    const std::vector<int> m_key;
    const int m_eventTime;
    RowStore m_rows;
    RowsByKey m_byKey;
    std::set<std::pair<Instant, RowSlot>> m_order{};  ///< by event time
    // Of one call; kept for their memory
    std::vector<const Column*> m_columns{};
    std::vector<std::uint64_t> m_hashes{};
};

}  // namespace rw
