#include "core/stream/joins/window_side.h"

#include <algorithm>
#include <utility>

#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/state_columns.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {

constexpr std::uint32_t kSideVersion = 1;
constexpr std::size_t kPartBytes = 128;  // a part in its map, about

/// Start and end of the slice, and the end of the first window: a row's place in a state.
const std::vector<Type>& placeTypes() {
    static const std::vector<Type> kTypes(3, Type::of(TypeId::Timestamp));
    return kTypes;
}

}  // namespace

WindowSide::WindowSide(const WindowPlan& plan, std::vector<int> keys, ColumnSet looked, bool keepsKeyless)
    : m_slicing(plan),
      m_keys(std::move(keys)),
      m_looked(std::move(looked)),
      m_keepsKeyless(keepsKeyless),
      m_rows(plan.input.schema),
      m_placed(m_slicing) {}

bool WindowSide::hasKey(RowSlot slot) const {
    return std::none_of(m_keys.begin(), m_keys.end(), [&](int key) { return m_rows.isNull(key, slot); });
}

bool WindowSide::isKeyless(const Batch& batch, std::uint32_t row) const {
    return std::any_of(m_keys.begin(), m_keys.end(), [&](int key) { return batch.column(key).isNull(row); });
}

Status WindowSide::add(const Batch& batch, std::span<const std::uint64_t> hashes, LateRows& late,
                       Output& out) {
    for (std::uint32_t row = 0; row < batch.rows;) {
        RW_TRY_ASSIGN(row, m_placed.take(batch, row, late, out));
        for (const auto& [place, rows] : m_placed.groups()) addTo(place, batch, kept(batch, rows), hashes);
    }
    return {};
}

void WindowSide::addTo(const SliceAssignment& place, const Batch& batch, std::span<const std::uint32_t> rows,
                       std::span<const std::uint64_t> hashes) {
    if (rows.empty()) return;
    if (!m_last || m_last->first != place) {
        const auto [part, added] = m_parts.try_emplace(place);
        m_last = &*part;
        if (added) m_new.push_back(place);
    }
    std::vector<RowSlot>& slots = m_last->second;
    const std::size_t before = slots.size();
    m_rows.add(batch, rows, slots);
    m_hashes.resize(m_rows.slots());
    for (std::size_t i = 0; i < rows.size(); ++i) m_hashes[slots[before + i]] = hashes[rows[i]];
}

/// Those of the rows that are needed.
std::span<const std::uint32_t> WindowSide::kept(const Batch& batch, std::span<const std::uint32_t> rows) {
    const auto allValid = [&](int key) { return batch.column(key).validity().allValid(); };
    if (m_keepsKeyless || std::all_of(m_keys.begin(), m_keys.end(), allValid)) return rows;
    m_kept.clear();
    for (const std::uint32_t row : rows) {
        if (!isKeyless(batch, row)) m_kept.push_back(row);
    }
    return m_kept;
}

void WindowSide::tellParts(bool all, std::vector<SliceAssignment>& places) {
    if (all) {
        for (const auto& [place, slots] : m_parts) places.push_back(place);
    } else {
        places.insert(places.end(), m_new.begin(), m_new.end());
    }
    m_new.clear();
}

std::int64_t WindowSide::rowsIn(const Window& window) const {
    std::int64_t rows = 0;
    for (Walk walk = rowsOf(window); !over(walk); ++walk.part) {
        if (counts(walk.part->first, window)) rows += static_cast<std::int64_t>(walk.part->second.size());
    }
    return rows;
}

std::optional<Window> WindowSide::nextWindow(const Window& fired) const {
    std::optional<Window> next;
    for (const auto& [part, slots] : m_parts) {
        if (m_slicing.lastWindow(part.slice) <= fired) continue;
        // No slice behind this one is in an earlier window; but this one's rows may count from a later one
        // on.
        if (next && *next <= m_slicing.windowAfter(part.slice, fired.end)) break;
        const Window window = m_slicing.windowAfter(part.slice, std::max(fired.end, part.from - 1));
        if (!next || window < *next) next = window;
    }
    return next;
}

WindowSide::Walk WindowSide::rowsOf(const Window& window) const {
    const SliceAssignment before = m_slicing.sliceIsWindow()
                                       ? SliceAssignment{window, kMinTimestamp}
                                       : SliceAssignment{{window.start, kMaxTimestamp}, kMaxTimestamp};
    return {window, m_parts.upper_bound(before), 0};
}

bool WindowSide::over(const Walk& walk) const {
    if (walk.part == m_parts.end()) return true;
    const Window& slice = walk.part->first.slice;
    return m_slicing.sliceIsWindow() ? slice > walk.window : slice.end > walk.window.end;
}

bool WindowSide::counts(const SliceAssignment& part, const Window& window) const {
    if (m_slicing.sliceIsWindow()) return part.slice == window;
    return part.slice.start >= window.start && part.slice.end <= window.end && part.from <= window.end;
}

void WindowSide::take(Walk& walk, std::size_t atMost, std::vector<RowSlot>& slots) const {
    slots.clear();
    for (std::size_t looked = 0; looked < atMost && !over(walk);) {
        const auto& [part, inPart] = *walk.part;
        const std::size_t left = counts(part, walk.window) ? inPart.size() - walk.row : 0;
        const std::size_t count = std::min(left, atMost - looked);
        const auto from = inPart.begin() + static_cast<std::ptrdiff_t>(walk.row);
        slots.insert(slots.end(), from, from + static_cast<std::ptrdiff_t>(count));
        looked += std::max<std::size_t>(count, 1);
        walk.row += count;
        if (count < left) continue;
        ++walk.part;
        walk.row = 0;
    }
}

bool WindowSide::retire(const Window& fired, CallBudget& budget) {
    while (!m_parts.empty() && m_slicing.lastWindow(m_parts.begin()->first.slice) <= fired) {
        if (budget.spent()) return false;
        budget.spend(1);
        m_last = nullptr;
        m_retired.push_back(std::move(m_parts.begin()->second));
        m_parts.erase(m_parts.begin());
    }
    return true;
}

bool WindowSide::forget(CallBudget& budget) {
    while (!m_retired.empty()) {
        if (budget.spent()) return false;
        std::vector<RowSlot>& slots = m_retired.back();
        const std::size_t count = std::min(slots.size(), budget.left()), left = slots.size() - count;
        m_rows.remove(std::span(slots).subspan(left));
        slots.resize(left);
        budget.spend(count);
        if (slots.empty()) m_retired.pop_back();
    }
    return true;
}

Operator::StateSize WindowSide::size() const {
    return {m_rows.memoryBytes() + m_hashes.capacity() * sizeof(std::uint64_t) +
                m_rows.size() * sizeof(RowSlot) + m_parts.size() * kPartBytes,
            m_rows.size()};
}

void WindowSide::snapshot(std::string_view name, StateWriter& out) const {
    std::vector<const SliceAssignment*> parts(m_rows.slots());  // by slot
    std::vector<RowSlot> all;
    for (const auto& [part, slots] : m_parts) {
        for (const RowSlot slot : slots) parts[slot] = &part;
        all.insert(all.end(), slots.begin(), slots.end());
    }
    const auto hashOf = [this](RowSlot slot) { return m_hashes[slot]; };
    forEachKeyGroup(std::move(all), hashOf, [&](int keyGroup, std::span<const RowSlot> some) {
        std::vector<ColumnBuilder> places;
        for (const Type type : placeTypes()) places.emplace_back(type);
        for (const RowSlot slot : some) {
            places[0].append(parts[slot]->slice.start);
            places[1].append(parts[slot]->slice.end);
            places[2].append(parts[slot]->from);
        }
        std::vector<ColumnRef> columns;
        for (ColumnBuilder& place : places) columns.push_back(place.finish());
        out.keyed(name, keyGroup, kSideVersion, [&](StateWriter& record) {
            record.batch("rows", m_rows.batchOf(some));
            writeColumns(record, "place", columns);
        });
    });
}

bool WindowSide::fits(const Batch& batch) const {
    if (batch.kinds) return false;
    for (std::size_t i = 0; i < m_looked.size(); ++i) {
        if (m_looked[i] && !batch.columns[i]) return false;
    }
    return true;
}

Status WindowSide::restore(const StateReader& record, int keyGroup) {
    if (record.version() != kSideVersion) return brokenState("version of rows in windows");
    RW_TRY_ASSIGN(Batch batch, record.batch("rows"));
    fitColumns(batch, m_rows.schema());
    if (!fits(batch)) return brokenState("rows in windows");
    RW_TRY_ASSIGN(const auto places, readColumns(record, "place", placeTypes(), batch.rows));
    std::vector<std::uint64_t> hashes;
    hashKeys(batch, m_keys, hashes);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (keyGroupOf(hashes[row]) != keyGroup) return brokenState("a row among those of other keys");
        SliceAssignment place;
        place.slice = {places[1]->at<Instant>(row), places[0]->at<Instant>(row)};
        place.from = places[2]->at<Instant>(row);
        if (!m_slicing.isPart(place.slice, place.from)) return brokenState("the window of a row");
        addTo(place, batch, kept(batch, {&row, 1}), hashes);
    }
    return {};
}

}  // namespace rw
