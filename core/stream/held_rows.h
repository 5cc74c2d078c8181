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

/// Keeps copies, gathered into batches of its own: what a row came with is not kept alive. Single-threaded.
class HeldRows {
 public:
    /// `eventTime`: the column of the event time. `batchRows`: rows in such a batch.
    HeldRows(int eventTime, std::size_t batchRows) : m_eventTime(eventTime), m_batchRows(batchRows) {}

    /// Rows that are let go: batches, each of one wire, and the order in which to take their rows.
    struct Released {
        struct Place {
            std::uint32_t batch, row;
        };
        std::vector<Batch> batches;
        std::vector<Place> order;
    };

    /// Keeps rows `rows` of a batch with stamps.
    void hold(const Batch& batch, std::span<const std::uint32_t> rows);
    /// Whether rows have stamps below `watermark`.
    bool due(Instant watermark) const { return !m_rows.empty() && m_rows.front().stamp < watermark; }
    /// Takes out at most `atMost` of them, ordered by stamp, wire, position. Behind a late port several wires
    /// are one: rows that are equal in all go by event time.
    Released release(Instant watermark, std::size_t atMost);
    /// All that wait, in the order in which they will be let go, in batches of one wire each, with their
    /// stamps and positions: what a snapshot keeps, however they came. hold() takes them again.
    std::vector<Batch> waiting() const;
    std::size_t memoryBytes() const;

 private:
    struct Row {
        Instant stamp;
        WireNumber wire;
        std::int64_t position;
        Instant time;
        std::uint64_t batch;  ///< its number
        std::uint32_t row;    ///< in the batch
        auto operator<=>(const Row&) const = default;
    };
    /// A batch that rows of a wire are still added to.
    struct Open {
        std::uint64_t number = 0;
        Batch batch;  ///< without columns and stamps
        std::vector<ColumnBuilder> columns;
        std::vector<Instant> stamps;
        std::vector<std::uint32_t> offsets;  ///< of positions
        std::size_t textBytes = 0;           ///< in `columns`
    };
    struct Held {
        Batch batch;
        std::size_t bytes = 0;
        std::size_t left = 0;  ///< rows that still wait
    };

    Open& openFor(const Batch& batch, std::int64_t position);
    void close(Open& open);
    static Batch batchOf(Open open);

    int m_eventTime;
    std::size_t m_batchRows;
    std::map<WireNumber, Open> m_open;     ///< by wire
    std::map<std::uint64_t, Held> m_held;  ///< by number, in the order in which they came
    std::uint64_t m_numbers = 0;
    std::vector<Row> m_rows;  ///< a heap, the first to be released on top
    std::size_t m_bytes = 0;  ///< of m_held
};

}  // namespace rw
