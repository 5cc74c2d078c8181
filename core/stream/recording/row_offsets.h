// The places of rows in a partition of the outside world that counts them, such as one of a Kafka topic.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rw {

/// The offsets of rows in their order, as runs of such that follow each other without a gap. Nearly all rows
/// of a partition are one run: only rows that are not there any more, or are not for readers, leave gaps.
class RowOffsets {
 public:
    struct Run {
        std::int64_t first = 0;    ///< offset; not negative
        std::uint64_t before = 0;  ///< rows of the runs before
    };

    /// Those of the next rows: `first` and, of more than one row, those behind it.
    void add(std::int64_t first, std::uint64_t rows = 1);
    void add(const RowOffsets& next);

    std::uint64_t rows() const { return m_rows; }
    /// Of a row, counted from 0; nothing: there is no such row.
    std::optional<std::int64_t> at(std::uint64_t row) const;

    const std::vector<Run>& runs() const { return m_runs; }
    std::uint64_t rowsOf(std::size_t run) const;  ///< how many, one at least
    /// Besides this object.
    std::size_t memoryBytes() const { return m_runs.capacity() * sizeof(Run); }

 private:
    std::vector<Run> m_runs{};
    std::uint64_t m_rows = 0;
};

}  // namespace rw
