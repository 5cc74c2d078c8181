// Where a source and its thread write how far they are, for whoever looks at a run.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/stream/partition_state.h"

namespace rw {

/// For Source::partitionProgress(), of sources whose positions are numbers. Its source says what it gives,
/// with each chunk; the reader says where the rows end, from time to time. Shared by both, for a reader may
/// outlive its source. Any thread; nothing here is done for each row.
class ProgressBoard {
 public:
    using Words = std::string (*)(std::int64_t position);
    /// `words`: how people write a position; null: as a number.
    explicit ProgressBoard(PartitionProgress::Unit unit = PartitionProgress::Unit::Rows,
                           Words words = nullptr)
        : m_unit(unit), m_words(words) {}

    /// The next row that the source gives is there. No name: a source without partitions.
    void place(const std::string& partition, std::int64_t next);
    /// The rows that are there end before it.
    void end(const std::string& partition, std::int64_t end);
    /// The outside world can't be reached, and this is the wall time of the next try; 0: it can.
    void retryAt(Instant next);

    /// In the order of their names.
    std::vector<PartitionProgress> all() const;

 private:
    struct Place {
        std::optional<std::int64_t> next{}, end{};
    };
    const PartitionProgress::Unit m_unit;
    const Words m_words;
    mutable std::mutex m_mutex;  ///< guards the members below
    std::map<std::string, Place> m_places{};
    Instant m_retryAt = 0;
};

}  // namespace rw
