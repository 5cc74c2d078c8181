// Taking rows: which part of which slice each belongs to, and which leave as late or rejected.
#include <numeric>

#include "core/stream/row_errors.h"
#include "core/stream/windows/slice_assignment.h"
#include "core/stream/windows/window_disorder.h"
#include "core/stream/windows/window_operator.h"

namespace rw {

Status WindowOperator::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    if (batch.combined) return takeCombined(*batch.combined, out);
    if (m_disorder.on()) measureWindows(m_disorder, 0, batch, m_slicing);
    return take(m_input.take(batch), out);
}

Status WindowOperator::take(const Batch& rows, Output& out) {
    RW_TRY(assign(rows, out));
    m_late.emit(rows, out);
    for (const auto& [slice, part] : m_touched) take(slice, *part);
    m_touched.clear();
    m_sum.rowsCame();
    m_report.flush();
    if (m_shown.anyChanged()) {
        m_task = Task::Changed;
    } else {
        RW_TRY(boundState(rows.rows));
    }
    return m_task == Task::None ? Status() : proceed(out);
}

/// Behind so many rows.
Status WindowOperator::boundState(std::size_t rows) {
    if (m_store.wantsToSpill()) {
        m_task = Task::Spill;
        return {};
    }
    // A group is read and written again as often as runs double: at twice the pace they keep up.
    CallBudget budget(2 * rows);
    return m_store.compactSome(budget);
}

Status WindowOperator::assign(const Batch& batch, Output& out) {
    const Column& times = batch.column(m_plan->input.eventTime);
    const auto& errors = m_input.errors();
    if (!errors.empty() || !times.validity().allValid()) {
        auto error = errors.begin();
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            const bool failed = error != errors.end() && error->row == row;
            RW_TRY(place(batch, row, failed ? &*error : nullptr, out));
            if (failed) ++error;
        }
        return {};
    }
    const Instant* const time = times.values<Instant>().data();
    if (m_plan->kind == WindowKind::Input) {
        const Instant* const start = batch.column(m_plan->windowStart).values<Instant>().data();
        const Instant* const end = batch.column(m_plan->windowEnd).values<Instant>().data();
        return assignRuns(
            batch,
            [=](const Window& window, std::uint32_t row) {
                return static_cast<int>(start[row] == window.start) &
                       static_cast<int>(end[row] == window.end) &
                       static_cast<int>(WindowAssigner::inRange(time[row]));
            },
            out);
    }
    return assignRuns(
        batch,
        [time](const Window& slice, std::uint32_t row) {
            // Unsigned: an event time far out of range wraps around instead of overflowing.
            const auto since =
                static_cast<std::uint64_t>(time[row]) - static_cast<std::uint64_t>(slice.start);
            return static_cast<int>(since < static_cast<std::uint64_t>(slice.end - slice.start));
        },
        out);
}

/// Rows one after the other mostly lie in the same slice, and others in one that was there just before:
/// isIn(slice, row) says so (1) or not (0) at less cost than place() takes.
template <class IsIn>
Status WindowOperator::assignRuns(const Batch& batch, IsIn isIn, Output& out) {
    constexpr std::uint32_t kStep = 8;  // rows looked at without a branch on each
    const auto rows = static_cast<std::uint32_t>(batch.rows);
    const Instant* const stamps = batch.stamps ? batch.stamps->data() : nullptr;
    const auto runEnd = [&](const Recent& recent, std::uint32_t row) {
        const auto counts = [&](std::uint32_t at) {
            return isIn(recent.slice, at) & static_cast<int>(!stamps || stamps[at] < recent.passedAt);
        };
        if (counts(row) == 0) return row;
        for (; row + kStep <= rows; row += kStep) {
            int all = 1;
            for (std::uint32_t i = 0; i < kStep; ++i) all &= counts(row + i);
            if (all == 0) break;
        }
        while (row < rows && counts(row) != 0) ++row;
        return row;
    };
    for (std::uint32_t row = 0; row < rows;) {
        const std::uint32_t first = row;
        for (const Recent& recent : m_recent) {
            if (!recent.part) continue;
            row = runEnd(recent, first);
            if (row == first) continue;
            addRows(recent.slice, *recent.part, first, row);
            break;
        }
        if (row == first) RW_TRY(place(batch, row++, nullptr, out));
    }
    return {};
}

Status WindowOperator::place(const Batch& batch, std::uint32_t row, const sql::RowError* error, Output& out) {
    RW_TRY_ASSIGN(const std::optional<SliceAssignment> place,
                  placeInWindows(m_slicing, batch, row, m_late, out));
    if (!place) return {};
    // A withdrawn row that failed was never counted, and has been rejected when it came.
    if (error) return withdraws(batch, row) ? Status() : out.reject(batch, row, error->reason);
    SliceStore::Part& part = m_store.part(place->slice, place->from);
    addRows(place->slice, part, row, row + 1);
    remember(place->slice, part);
    return {};
}

void WindowOperator::addRows(const Window& slice, SliceStore::Part& part, std::uint32_t first,
                             std::uint32_t end) {
    if (part.rows.empty()) {
        m_touched.emplace_back(slice, &part);
        if (!m_spareRows.empty()) {
            part.rows.swap(m_spareRows.back());
            m_spareRows.pop_back();
        }
    }
    const std::size_t before = part.rows.size();
    part.rows.resize(before + (end - first));
    std::iota(part.rows.begin() + static_cast<std::ptrdiff_t>(before), part.rows.end(), first);
}

/// Rows may follow without being looked at one by one: only such that count in all windows of the slice, and
/// only where every time in it is one that windows can hold.
void WindowOperator::remember(const Window& slice, SliceStore::Part& part) {
    const Instant first = m_slicing.firstWindow(slice).end;
    if (part.from != first || !WindowAssigner::inRange(slice.start) || !WindowAssigner::inRange(slice.end))
        return;
    m_recent[m_nextRecent] = {slice, saturatingAdd(first - 1, m_plan->allowedLateness), &part};
    m_nextRecent = (m_nextRecent + 1) % m_recent.size();
}

void WindowOperator::take(const Window& slice, SliceStore::Part& part) {
    m_store.willChange(slice, part);
    const std::size_t known = part.state.keys.size();
    part.state.update(m_input, part.rows);
    m_store.grew(part, part.state.keys.size() - known);
    // In a part of some windows only, a row taken back may be one of another part; or it is in a file.
    if (m_plan->input.updating && !part.spilled() && part.from == m_slicing.firstWindow(slice).end)
        part.state.compact(*m_plan);
    part.counted += static_cast<std::int64_t>(part.rows.size());
    part.rows.clear();
    m_spareRows.push_back(std::move(part.rows));
    m_store.changed(slice, part);
    if (m_report.on()) reportRows(slice, part.from);
    if (m_plan->emitsUpdates()) m_shown.rowsCame(slice, part.from, m_watermark);
}

/// Behind the state: slices that were there before anybody watched are told of, too.
void WindowOperator::reportRows(const Window& slice, Instant from) {
    if (m_report.asksForSlices()) {
        for (const auto& [known, parts] : m_store.slices())
            m_report.rowsCame(known, parts.begin()->first, m_watermark);
    }
    m_report.rowsCame(slice, from, m_watermark);
}

}  // namespace rw
