// Where rows belong among windows, as their own stamps say (event-time rules, 12 and 13).
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/stream/late_rows.h"
#include "core/stream/windows/window_slicing.h"

namespace rw {

struct SliceAssignment {
    Window slice{};
    Instant from = 0;  ///< the end of the first window that the row counts for
    auto operator<=>(const SliceAssignment&) const = default;
};

/// The place of row `row`. It has none without an event time that windows can hold: it is rejected then; nor
/// when all its windows have passed: it is added to `late`.
Result<std::optional<SliceAssignment>> placeInWindows(const WindowSlicing& slicing, const Batch& batch,
                                                      std::uint32_t row, LateRows& late, Output& out);

/// The same for all rows of a batch, gathered by their places. Rows that follow each other mostly lie in one
/// slice: that a row lies in that of the one before is seen at once, while finding it takes divisions.
class PlacedRows {
 public:
    struct Group {
        SliceAssignment place{};
        std::vector<std::uint32_t> rows{};  ///< in the order of the batch
    };

    /// `slicing` outlives this.
    explicit PlacedRows(const WindowSlicing& slicing) : m_slicing(slicing) {}

    /// Places the rows of a batch from `row` on, up to the first that would need a group more than kPlaces,
    /// and returns that row; batch.rows: all are placed. groups() has them until the next call.
    Result<std::uint32_t> take(const Batch& batch, std::uint32_t row, LateRows& late, Output& out);
    /// None is empty.
    std::span<const Group> groups() const { return std::span(m_groups).first(m_used); }

    /// Few, for they are searched from end to end.
    static constexpr std::size_t kPlaces = 8;

 private:
    Group* groupAt(const SliceAssignment& place);
    std::uint32_t endOfRun(const Batch& batch, const SliceAssignment& place, std::uint32_t row) const;

    const WindowSlicing& m_slicing;
    std::array<Group, kPlaces> m_groups{};
    std::size_t m_used = 0;
};

}  // namespace rw
