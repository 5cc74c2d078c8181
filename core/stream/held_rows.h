// Rows that wait until the watermark has passed their stamps: what a session over several wires or producers
// needs to take them in an order that no thread decides (event-time rules, 14 b).
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "core/data/batch.h"

namespace rw {

class HeldRows {
 public:
    /// Keeps rows `rows` of a batch with stamps.
    void hold(const Batch& batch, std::span<const std::uint32_t> rows);
    /// Takes out the rows with stamps below `watermark`, ordered by stamp, wire, position.
    std::vector<Batch> release(Instant watermark);
    std::size_t memoryBytes() const;

 private:
    struct Row {
        Instant stamp;
        int wire;
        std::int64_t position;
        std::uint64_t batch;  ///< its number
        std::uint32_t row;    ///< in the batch
        auto operator<=>(const Row&) const = default;
    };
    struct Held {
        Batch batch;
        std::size_t left;  ///< rows that still wait
    };
    std::map<std::uint64_t, Held> m_batches;  ///< by number, in the order in which they came
    std::vector<Row> m_rows;                  ///< a heap, the first to be released on top
};

}  // namespace rw
