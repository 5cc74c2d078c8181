// Rows that wait until the watermark has passed their stamps: what a session over several wires or producers
// needs to take them in an order that no thread decides (event-time rules, 14 b).
#pragma once
#include <vector>

#include "core/data/batch.h"

namespace rw {

class HeldRows {
 public:
    /// Keeps rows `rows` of a batch with stamps.
    void hold(const Batch& batch, std::span<const std::uint32_t> rows);
    /// Takes out the rows with stamps below `watermark`, ordered by stamp, wire, position.
    std::vector<Batch> release(Instant watermark);
    std::size_t size() const { return m_rows.size(); }
    std::size_t memoryBytes() const;

 private:
    struct Row {
        Instant stamp;
        int wire;
        std::int64_t position;
        std::uint32_t batch, row;
        bool operator<(const Row& other) const;
    };
    std::vector<Batch> m_batches;
    std::vector<Row> m_rows;
    Instant m_smallest = kMaxTimestamp;  ///< stamp
};

}  // namespace rw
