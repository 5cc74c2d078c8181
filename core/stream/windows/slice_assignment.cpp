#include "core/stream/windows/slice_assignment.h"

#include <numeric>

namespace rw {

Result<std::optional<SliceAssignment>> placeInWindows(const WindowSlicing& slicing, const Batch& batch,
                                                      std::uint32_t row, LateRows& late, Output& out) {
    const Column& times = batch.column(slicing.eventTime());
    if (times.isNull(row)) {
        RW_TRY(out.reject(batch, row, RW_TEXT("window", "The event time is NULL")));
        return std::optional<SliceAssignment>();
    }
    const Instant time = times.at<Instant>(row);
    if (!WindowAssigner::inRange(time)) {
        RW_TRY(out.reject(batch, row, RW_TEXT("window", "The event time is too far from 1970")));
        return std::optional<SliceAssignment>();
    }
    SliceAssignment place;
    place.slice = slicing.sliceOf(batch, row);
    place.from = slicing.firstWindow(place.slice).end;
    const Instant stamp = batch.stamps ? (*batch.stamps)[row] : kCleanStamp;
    // Rows of windows are made rows: always clean. So is, by definition, a time two past its stamp.
    if (stamp == kCleanStamp || time >= saturatingAdd(stamp, 2)) return std::optional(place);
    const Instant passed = slicing.passedAt(stamp);
    const Window last = slicing.lastWindow(place.slice);
    if (last.end <= passed) {
        late.add(row, stamp, last.end - 1, last.end);
        return std::optional<SliceAssignment>();
    }
    if (place.from <= passed) place.from = slicing.windowAfter(place.slice, passed).end;
    return std::optional(place);
}

Result<std::uint32_t> PlacedRows::take(const Batch& batch, std::uint32_t row, LateRows& late, Output& out) {
    m_used = 0;
    while (row < batch.rows) {
        RW_TRY_ASSIGN(const auto place, placeInWindows(m_slicing, batch, row, late, out));
        if (!place) {
            ++row;
            continue;
        }
        Group* const group = groupAt(*place);
        if (!group) break;
        const std::uint32_t end = endOfRun(batch, *place, row + 1);
        const std::size_t before = group->rows.size();
        group->rows.resize(before + (end - row));
        std::iota(group->rows.begin() + static_cast<std::ptrdiff_t>(before), group->rows.end(), row);
        row = end;
    }
    return row;
}

PlacedRows::Group* PlacedRows::groupAt(const SliceAssignment& place) {
    for (std::size_t i = 0; i < m_used; ++i) {
        if (m_groups[i].place == place) return &m_groups[i];
    }
    if (m_used == kPlaces) return nullptr;
    Group& group = m_groups[m_used++];
    group.place = place;
    group.rows.clear();
    return &group;
}

/// The first row from `row` on that may have another place than `place`, which is that of the one before.
std::uint32_t PlacedRows::endOfRun(const Batch& batch, const SliceAssignment& place,
                                   std::uint32_t row) const {
    const Window first = m_slicing.firstWindow(place.slice);
    // Which windows have passed for one row says nothing of the next: each goes by its own stamp.
    if (place.from != first.end) return row;
    const std::uint32_t end = m_slicing.endOfRun(batch, place.slice, row);
    const Column& times = batch.column(m_slicing.eventTime());
    if (times.validity().allValid() && !batch.stamps) return end;
    const Instant lateFrom = m_slicing.lateFrom(first);
    const auto inTime = [&](std::uint32_t at) { return !batch.stamps || (*batch.stamps)[at] < lateFrom; };
    while (row < end && !times.isNull(row) && inTime(row)) ++row;
    return row;
}

}  // namespace rw
