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
// About: a part in its map, and its name in a set.
constexpr std::size_t kPartBytes = 144, kPartNameBytes = 64;
/// Rows of a piece of a state; and bytes of texts after which it ends before.
constexpr std::size_t kSideRowsOfPiece = 8'192, kSideTextsOfPiece = std::size_t{4} << 20;

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
    std::vector<RowSlot>& slots = m_last->second.slots;
    const std::size_t before = slots.size();
    if (m_byChange && before == m_last->second.frozen) m_changed.insert(place);
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
        for (const auto& [place, part] : m_parts) places.push_back(place);
    } else {
        places.insert(places.end(), m_new.begin(), m_new.end());
    }
    m_new.clear();
}

std::int64_t WindowSide::rowsIn(const Window& window) const {
    std::int64_t rows = 0;
    for (Walk walk = rowsOf(window); !over(walk); ++walk.part) {
        if (counts(walk.part->first, window)) rows += static_cast<std::int64_t>(walk.part->second.rows());
    }
    return rows;
}

std::optional<Window> WindowSide::nextWindow(const Window& fired) const {
    std::optional<Window> next;
    for (const auto& [part, rows] : m_parts) {
        if (isOver(part, fired)) continue;
        // No slice behind this one is in an earlier window; but this one's rows may count from a later one
        // on.
        if (next && *next <= m_slicing.windowAfter(part.slice, fired.end)) break;
        const Window window = m_slicing.windowAfter(part.slice, std::max(fired.end, part.from - 1));
        if (!next || window < *next) next = window;
    }
    return next;
}

/// All parts of the window are behind it.
SliceAssignment WindowSide::beforePartsOf(const Window& window) const {
    if (m_slicing.sliceIsWindow()) return {window, kMinTimestamp};
    return {{window.start, kMaxTimestamp}, kMaxTimestamp};
}

/// So are all that follow, and none counts in the window.
bool WindowSide::isBehind(const SliceAssignment& part, const Window& window) const {
    return m_slicing.sliceIsWindow() ? part.slice > window : part.slice.end > window.end;
}

WindowSide::Walk WindowSide::rowsOf(const Window& window) const {
    return {window, m_parts.upper_bound(beforePartsOf(window)), 0};
}

bool WindowSide::over(const Walk& walk) const {
    return walk.part == m_parts.end() || isBehind(walk.part->first, walk.window);
}

bool WindowSide::counts(const SliceAssignment& part, const Window& window) const {
    if (m_slicing.sliceIsWindow()) return part.slice == window;
    return part.slice.start >= window.start && part.slice.end <= window.end && part.from <= window.end;
}

void WindowSide::take(Walk& walk, std::size_t atMost, std::vector<RowSlot>& slots) const {
    slots.clear();
    for (std::size_t looked = 0; looked < atMost && !over(walk);) {
        const SliceAssignment& part = walk.part->first;
        const std::vector<RowSlot>& inPart = walk.part->second.slots;
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
    leavePieces(fired);
    while (!m_parts.empty() && isOver(m_parts.begin()->first, fired)) {
        if (budget.spent()) return false;
        budget.spend(1);
        m_last = nullptr;
        const auto first = m_parts.begin();
        m_changed.erase(first->first);
        Part& part = first->second;
        m_stored.rows -= std::exchange(part.inFiles, 0);
        if (part.anyFrozen()) {
            m_leaving.insert(m_parts.extract(first));  // m_frozen still knows where it is
            continue;
        }
        m_retired.push_back(std::move(part.slots));
        m_parts.erase(first);
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
    return {bytesOfRows() + (m_parts.size() + m_leaving.size()) * kPartBytes +
                m_changed.size() * kPartNameBytes + m_frozen.capacity() * sizeof(Parts::value_type*) +
                m_frozenPieces.capacity() * sizeof(m_frozenPieces.front()) + m_stored.memory,
            m_rows.size() - m_stored.loaded + m_stored.rows, m_stored.bytes};
}

Status WindowSide::snapshot(std::string_view name, StateWriter& out) const {
    if (m_stored.rows > 0) return snapshotStored(name, out);
    PlacedSlots all;
    for (const auto& [place, part] : m_parts) {
        for (const RowSlot slot : part.slots) all.add(slot, place);
    }
    write(name, m_rows, m_hashes, all, out);
    return {};
}

void WindowSide::write(std::string_view name, const RowStore& rows, std::span<const std::uint64_t> hashes,
                       const PlacedSlots& some, StateWriter& out) {
    const auto hashOf = [&](std::uint32_t i) { return hashes[some.slots[i]]; };
    const auto writeGroup = [&](int keyGroup, std::span<const std::uint32_t> ofGroup) {
        std::vector<RowSlot> slots;
        std::vector<const SliceAssignment*> places;
        for (const std::uint32_t i : ofGroup) {
            slots.push_back(some.slots[i]);
            places.push_back(some.places[i]);
        }
        write(name, keyGroup, rows.batchOf(slots), places, out);
    };
    forEachKeyGroup(everyRow(some.slots.size()), hashOf, writeGroup);
}

void WindowSide::write(std::string_view name, int keyGroup, const Batch& rows,
                       std::span<const SliceAssignment* const> places, StateWriter& out) {
    std::vector<ColumnBuilder> builders;
    for (const Type type : placeTypes()) builders.emplace_back(type);
    for (const SliceAssignment* const place : places) {
        builders[0].append(place->slice.start);
        builders[1].append(place->slice.end);
        builders[2].append(place->from);
    }
    std::vector<ColumnRef> columns;
    for (ColumnBuilder& builder : builders) columns.push_back(builder.finish());
    out.keyed(name, keyGroup, kSideVersion, [&](StateWriter& record) {
        record.batch("rows", rows);
        writeColumns(record, "place", columns);
    });
}

void WindowSide::freeze(bool whole) {
    m_byChange = true;
    // In the order in which they will retire, from behind.
    const auto freezePart = [&](Parts::value_type& entry) {
        Part& part = entry.second;
        if (whole) part.written = 0;
        part.frozen = part.slots.size();
        if (part.anyFrozen()) m_frozen.push_back(&entry);
    };
    m_overAtBarrier = m_over;
    for (const std::shared_ptr<Piece>& piece : m_pieces) {
        if (whole || !piece->known) m_frozenPieces.push_back(piece);
        piece->known = true;
    }
    if (whole) {
        std::for_each(m_parts.rbegin(), m_parts.rend(), freezePart);
    } else {
        std::for_each(m_changed.rbegin(), m_changed.rend(),
                      [&](const SliceAssignment& place) { freezePart(*m_parts.find(place)); });
    }
    m_changed.clear();
}

Status WindowSide::writePiece(std::string_view name, StateWriter& out) {
    PlacedSlots some;
    std::size_t left = m_frozen.size(), rows = 0, bytes = 0;
    const auto hasRoom = [&] { return rows < kSideRowsOfPiece && bytes < kSideTextsOfPiece; };
    // Those in files came first.
    while (!m_frozenPieces.empty() && hasRoom()) {
        const std::size_t before = out.size();
        RW_TRY_ASSIGN(const std::size_t written, writeSection(name, out));
        rows += written;
        bytes += out.size() - before;
    }
    while (left > 0 && hasRoom()) {
        auto& [place, part] = *m_frozen[left - 1];
        if (m_spill && part.anyFrozen()) break;  // they are to be asked for again when they are in a file
        for (; part.anyFrozen() && hasRoom(); ++part.written, ++rows) {
            some.add(part.slots[part.written], place);
            bytes += m_rows.textBytes(part.slots[part.written]);
        }
        if (!part.anyFrozen()) --left;
    }
    write(name, m_rows, m_hashes, some, out);
    std::for_each(m_frozen.begin() + static_cast<std::ptrdiff_t>(left), m_frozen.end(),
                  [this](Parts::value_type* part) { letGo(*part); });
    m_frozen.resize(left);
    if (left == 0) m_frozen = {};  // releases its memory
    return {};
}

/// Its last frozen row was written: where it has retired nothing holds its rows any more. They are forgotten
/// with the next ones that retire, for results may wait that are made of them.
void WindowSide::letGo(Parts::value_type& part) {
    const auto leaving = m_leaving.find(part.first);
    if (leaving == m_leaving.end() || &*leaving != &part) return;
    m_retired.push_back(std::move(part.second.slots));
    m_leaving.erase(leaving);
}

bool WindowSide::fits(const Batch& batch) const {
    if (batch.kinds) return false;
    for (std::size_t i = 0; i < m_looked.size(); ++i) {
        if (m_looked[i] && !batch.columns[i]) return false;
    }
    return true;
}

Status WindowSide::restore(const StateReader& record, int keyGroup, const Window& fired) {
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
        // Among the changes since the whole was written are rows whose windows have all fired later.
        if (isOver(place, fired)) continue;
        addTo(place, batch, kept(batch, {&row, 1}), hashes);
    }
    return {};
}

}  // namespace rw
