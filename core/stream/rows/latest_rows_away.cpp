// Rows of LatestRows that leave for files, and come back.
#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <utility>

#include "core/store/spill_folder.h"
#include "core/stream/keys/encoded_keys.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/rows/latest_rows_parts.h"

namespace rw {

namespace {

/// Of the share of memory: what is not worth writing files.
constexpr std::uint64_t kLeastRowsOfShare = 16;
/// What rows take besides while they leave.
constexpr std::uint64_t kLeavingOfRows = 8;
constexpr std::size_t kRowsAtOnce = 4'096, kRowBytesAtOnce = std::size_t{1} << 20;  ///< about
/// Keys whose rows are looked up together; about so many bytes of rows.
constexpr std::size_t kKeysAtOnce = 4'096, kBytesAtOnce = std::size_t{4} << 20;
/// Rows of a key have come so often that it is not the next one to leave.
constexpr int kUsedOften = 2;

/// What stands before the cells of a row.
struct PlaceOfRow {
    std::int64_t wire = 0, position = -1;

    static constexpr std::size_t kSize = 2 * sizeof(std::int64_t);
    void appendTo(std::string& bytes) const {
        char raw[kSize];
        std::memcpy(raw, &wire, sizeof wire);
        std::memcpy(raw + sizeof wire, &position, sizeof position);
        bytes.append(raw, kSize);
    }
    static PlaceOfRow of(std::string_view state) {
        PlaceOfRow place;
        std::memcpy(&place.wire, state.data(), sizeof wire);
        std::memcpy(&place.position, state.data() + sizeof wire, sizeof position);
        return place;
    }
};

}  // namespace

std::size_t LatestRows::Away::memoryBytes() const {
    const std::size_t numbers = order.capacity() + frozen.capacity() + marked.capacity();
    return stored.memoryBytes() + keys.memoryBytes() + uses.capacity() + freshUses.capacity() +
           numbers * sizeof(std::uint32_t) + (fresh ? fresh->memoryBytes() : 0);
}

void LatestRows::Away::forgetOrder() {
    step = Step::None;
    std::vector<std::uint32_t>().swap(order);
    std::vector<std::uint32_t>().swap(frozen);
}

bool LatestRows::leaving() const {
    return m_away && m_away->step != Away::Step::None;
}

bool LatestRows::stays(std::uint32_t group) const {
    return m_away->uses[group] >= m_away->least;
}

void LatestRows::used() {
    if (!m_anyLeft) return;
    for (const std::uint32_t group : m_groups) {
        if (m_away->uses[group] < Away::kMostUses) ++m_away->uses[group];
    }
}

/// Brings the rows of some keys here of which others wait.
Status LatestRows::takeWaiting(CallBudget& budget, Output& out) {
    if (!m_waiting.next(kMinTimestamp, outputPorts, out)) return {};
    const std::size_t away = m_away ? m_away->count : 0;
    const std::uint64_t each = away == 0 ? 1 : 1 + m_away->stored.bytesInFiles() / away;
    WaitingRows::Taken taken = m_waiting.take(
        static_cast<std::size_t>(std::clamp<std::uint64_t>(kBytesAtOnce / each, 1, kKeysAtOnce)));
    RW_TRY(load(taken.keys));
    budget.spend(taken.keys.size() + taken.rows);
    std::move(taken.batches.begin(), taken.batches.end(), std::back_inserter(m_batches));
    return {};
}

bool LatestRows::wantsLeaving() {
    // As many may come as came last.
    const std::size_t keys = m_table.latest.size();
    if (keys > m_known) m_came = keys - m_known;
    m_known = keys;
    const std::uint64_t bytes = stateSize().bytes;
    const bool over = m_share.isOver(bytes + bytes / kLeavingOfRows);
    if (keys == 0 || !(over || m_share.isOverWith(m_table.growth(2 * m_came)))) return false;
    // What stayed the last time is no reason to begin again.
    const std::uint64_t table = m_table.memoryBytes();
    m_stayed = std::min(m_stayed, table);
    return table - m_stayed >= m_share.bytes() / kLeastRowsOfShare;
}

/// So many that with all else there is as much as should be.
std::size_t LatestRows::mostToStay() {
    const std::uint64_t all = stateSize().bytes, rows = m_table.memoryBytes();
    const std::uint64_t toKeep = m_share.toKeep(), others = all - rows;
    const std::uint64_t each = std::max<std::uint64_t>(rows / m_table.latest.size(), 1);
    const auto most = static_cast<std::size_t>((toKeep - std::min(toKeep, others)) / each);
    return std::min(most, m_table.latest.size() / 4 * 3);  // it is worth the work
}

/// As a state is restored, before any row comes.
Status LatestRows::leaveAtOnce() {
    for (m_isLeaving = wantsLeaving(); m_isLeaving;) {
        CallBudget budget(m_context.batchRows);
        RW_TRY(leave(budget));
    }
    return {};
}

/// Where nobody has asked for files and none can be written, all stays in memory from then on.
Status LatestRows::leave(CallBudget& budget) {
    if (!leaving()) beginLeaving(mostToStay());
    if (Status status = leaveOn(budget); !status.ok()) {
        if (!m_context.spill->isOptional()) return status;
        m_notes = m_context.spill->staysInMemory(status.error());
        m_share.unbound();
        stay();
    }
    if (leaving()) return {};
    m_stayed = m_table.memoryBytes();
    m_isLeaving = false;
    return {};
}

void LatestRows::beginLeaving(std::size_t most) {
    Away& away = *m_away;
    const std::size_t size = m_table.latest.size();
    if (!m_anyLeft) {
        // Nothing is known of them but that the newest may be needed soonest.
        away.uses.assign(size, 0);
        std::fill(away.uses.begin() + static_cast<std::ptrdiff_t>(size - size / 2), away.uses.end(),
                  static_cast<std::uint8_t>(kUsedOften));
    } else {
        most = std::min(most, size / 2);
    }
    std::array<std::size_t, Away::kNever + 1> withUses{};
    for (const std::uint8_t uses : away.uses) ++withUses[uses];
    std::size_t stay = 0;
    for (away.least = Away::kNever; away.least > kUsedOften; --away.least) {
        stay += withUses[static_cast<std::size_t>(away.least) - 1];
        if (stay > most) break;
    }
    away.step = Away::Step::Store;
    away.next = away.left = 0;
    sortLeaving();
}

/// Those that leave, and those of which a checkpoint under way has nothing yet: these get new numbers.
void LatestRows::sortLeaving() {
    if (m_changes) m_changes->groups.resize(m_table.latest.size());
    std::vector<std::uint32_t> groups;
    for (std::uint32_t group = 0; group < m_table.latest.size(); ++group) {
        if (!stays(group) || (m_changes && m_changes->groups.isFrozen(group))) groups.push_back(group);
    }
    m_away->order = inOrderOfKeyGroups(m_table.keys, groups);
}

Status LatestRows::leaveOn(CallBudget& budget) {
    Away& away = *m_away;
    const auto keyGroupAt = [&](std::size_t i) { return keyGroupOf(m_table.keys.hash(away.order[i])); };
    while (leaving() && !budget.spent()) {
        if (away.step == Away::Step::Renumber) {
            renumber(budget);
            continue;
        }
        const bool left = away.next < away.order.size();
        if (!left || away.next == 0 || keyGroupAt(away.next) != keyGroupAt(away.next - 1)) {
            RW_TRY_ASSIGN(const bool worked, away.stored.work(budget, nullptr));
            if (worked) continue;
        }
        if (left) {
            RW_TRY(leaveSome(budget));
            continue;
        }
        RW_TRY(away.stored.end());
        away.step = Away::Step::Renumber;
    }
    return {};
}

/// The next ones of one key group.
Status LatestRows::leaveSome(CallBudget& budget) {
    Away& away = *m_away;
    const auto keyGroupAt = [&](std::size_t i) { return keyGroupOf(m_table.keys.hash(away.order[i])); };
    const std::size_t each = std::max<std::size_t>(m_table.memoryBytes() / m_table.latest.size(), 1);
    const std::size_t most = std::min(
        away.order.size(), away.next + std::clamp<std::size_t>(kRowBytesAtOnce / each, 1, kRowsAtOnce));
    std::size_t end = away.next + 1;
    while (end < most && keyGroupAt(end) == keyGroupAt(away.next)) ++end;
    RW_TRY(appendLeaving(std::span(away.order).subspan(away.next, end - away.next)));
    budget.spend(end - away.next);
    budget.spendText((end - away.next) * each);
    away.next = end;
    return {};
}

Status LatestRows::appendLeaving(std::span<const std::uint32_t> groups) {
    Away& away = *m_away;
    away.keys.encode(m_table.keys, groups);
    std::vector<RowSlot> slots;
    for (std::size_t i = 0; i < away.keys.size(); ++i)
        slots.push_back(m_table.latest[away.keys.group(i)].slot);
    const std::vector<ColumnRef> columns = m_table.rows.gather(slots);
    for (std::size_t i = 0; i < columns.size(); ++i) away.had[i] = away.had[i] || columns[i] != nullptr;
    std::string bytes;
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < away.keys.size(); ++i) {
        const std::size_t before = bytes.size();
        const Latest& latest = m_table.latest[away.keys.group(i)];
        PlaceOfRow{latest.wire, latest.position}.appendTo(bytes);
        away.rowCoder.append(columns, i, bytes);
        ends.push_back(bytes.size());
        if (bytes.size() - before + away.keys.key(i).bytes.size() > KeyedStore::kMostRowBytes)
            away.uses[away.keys.group(i)] = Away::kNever;
    }
    struct {
        std::vector<StoreKey> keys{};
        std::vector<std::string_view> states{};
    } leaving, fresh, frozen;
    for (std::size_t i = 0; i < away.keys.size(); ++i) {
        const std::uint32_t group = away.keys.group(i);
        const std::size_t from = i == 0 ? 0 : ends[i - 1];
        const auto addTo = [&](auto& to) {
            to.keys.push_back(away.keys.key(i));
            to.states.push_back(std::string_view(bytes).substr(from, ends[i] - from));
        };
        const bool leaves = !stays(group);
        if (leaves) addTo(leaving);
        if (leaves && m_changes && m_changes->groups.isMarked(group)) addTo(fresh);
        if (!m_changes || !m_changes->groups.isFrozen(group)) continue;
        m_changes->groups.take(group);
        if (away.uses[group] == Away::kNever) {
            keepFrozen(group);  // it is too large for a file
        } else {
            addTo(frozen);
            away.frozen.push_back(group);
        }
    }
    away.left += leaving.keys.size();
    away.values.reset(leaving.keys.size());
    for (std::size_t i = 0; i < leaving.keys.size(); ++i) away.values.set(i, leaving.states[i]);
    RW_TRY(away.stored.put(leaving.keys, away.values));
    RW_TRY(away.stored.append(StoredStates::Run::Fresh, fresh.keys, fresh.states));
    return away.stored.append(StoredStates::Run::Frozen, frozen.keys, frozen.states);
}

/// As it is now: the table may change.
void LatestRows::keepFrozen(std::uint32_t group) {
    Latest latest = m_table.latest[group];
    latest.slot = m_table.rows.add(m_table.rows.batchOf({&latest.slot, 1}), 0);
    m_changes->replaced.push_back({m_table.keys.hash(group), latest});
}

/// Takes those that stay into a table of their own, with the rows that are kept for a checkpoint.
void LatestRows::renumber(CallBudget& budget) {
    Away& away = *m_away;
    if (!away.fresh) {
        away.fresh = std::make_unique<Table>(Table{m_table.keys.emptied(), RowStore(m_shape.schema)});
        away.nextGroup = 0;
        away.nextReplaced = 0;
    }
    Table& fresh = *away.fresh;
    const std::size_t each = std::max<std::size_t>(m_table.memoryBytes() / m_table.latest.size(), 1);
    const std::size_t most = std::clamp<std::size_t>(kBytesAtOnce / each, 1, kRowsAtOnce);
    const std::size_t looked =
        std::min({budget.left(), most, m_table.latest.size() - std::size_t{away.nextGroup}});
    std::vector<std::uint32_t> some, targets;
    for (const std::size_t end = away.nextGroup + looked; away.nextGroup < end; ++away.nextGroup) {
        if (stays(away.nextGroup)) some.push_back(away.nextGroup);
    }
    budget.spend(looked);
    fresh.keys.insert(m_table.keys, some, targets);
    const auto takeOver = [&](Latest& latest) {
        budget.spendText(m_table.rows.textBytes(latest.slot));
        latest.slot = fresh.rows.add(m_table.rows, latest.slot);
    };
    for (std::size_t i = 0; i < some.size(); ++i) {
        takeOver(fresh.latest.emplace_back(m_table.latest[some[i]]));
        away.freshUses.push_back(static_cast<std::uint8_t>(away.uses[some[i]] / 2));
        if (m_changes && m_changes->groups.isMarked(some[i])) away.marked.push_back(targets[i]);
    }
    if (away.nextGroup < m_table.latest.size()) return;
    const std::size_t replaced = m_changes ? m_changes->replaced.size() : 0;
    for (; away.nextReplaced < replaced && !budget.spent(); budget.spend(1))
        takeOver(m_changes->replaced[away.nextReplaced++].latest);
    if (away.nextReplaced == replaced) endLeaving();
}

void LatestRows::endLeaving() {
    Away& away = *m_away;
    m_table = std::move(*std::exchange(away.fresh, nullptr));
    away.uses = std::exchange(away.freshUses, {});
    away.count += away.left;
    m_anyLeft = true;
    if (m_changes) {
        m_changes->groups = {};
        m_changes->groups.resize(m_table.latest.size());
        (void)m_changes->groups.mark(std::exchange(away.marked, {}));
    }
    away.forgetOrder();
}

/// No row leaves any more, and those that were leaving stay.
void LatestRows::stay() {
    Away& away = *m_away;
    away.stored.giveUp();
    for (const std::uint32_t group : away.frozen) keepFrozen(group);
    away.mayLeave = false;
    away.forgetOrder();
}

void LatestRows::absent(std::span<const StoreKey> keys, std::vector<std::size_t>& places) const {
    const KeyRows rows(m_away->keys.coder(), keys);
    std::vector<std::uint32_t> groups;
    m_table.keys.findKnown(rows.cells, rows.hashes, rows.all, groups);
    places.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i] == KeyTable::kAbsent) places.push_back(i);
    }
}

Status LatestRows::load(std::span<const StoreKey> keys) {
    if (!m_anyLeft) return {};
    std::vector<std::size_t> places;
    absent(keys, places);
    std::vector<StoreKey> asked, found;
    for (const std::size_t place : places) asked.push_back(keys[place]);
    RW_TRY(m_away->stored.get(asked, m_away->values));
    std::vector<std::string_view> states;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto state = m_away->values.at(i);
        if (!state) continue;
        found.push_back(asked[i]);
        states.push_back(*state);
    }
    m_away->count -= found.size();
    const KeyRows rows(m_away->keys.coder(), found);
    std::vector<std::uint32_t> groups;
    m_table.keys.findOrInsert(rows.cells, rows.hashes, rows.all, groups);  // in their order, all new
    const Restored stored = storedRows(states);
    for (std::uint32_t row = 0; row < stored.rows.rows; ++row) m_table.latest.push_back(kept(stored, row));
    makeRoom();
    return {};
}

/// Rows as appendLeaving() gave them.
LatestRows::Restored LatestRows::storedRows(std::span<const std::string_view> states) const {
    ColumnBuilder wires(Type::of(TypeId::Bigint)), positions(Type::of(TypeId::Bigint));
    std::vector<std::string_view> cells;
    for (const std::string_view state : states) {
        const PlaceOfRow place = PlaceOfRow::of(state);
        wires.append(place.wire);
        positions.append(place.position);
        cells.push_back(state.substr(PlaceOfRow::kSize));
    }
    Restored stored;
    stored.rows.schema = m_shape.schema;
    stored.rows.rows = states.size();
    stored.rows.columns = m_away->rowCoder.columns(cells);
    for (std::size_t i = 0; i < m_away->had.size(); ++i) {
        if (!m_away->had[i]) stored.rows.columns[i] = nullptr;
    }
    stored.wires = wires.finish();
    stored.positions = positions.finish();
    return stored;
}

/// Some of a key group.
void LatestRows::writeStored(int keyGroup, std::span<const std::string_view> states, bool isNew,
                             StateWriter& out) const {
    if (!states.empty()) writeRecord(keyGroup, storedRows(states), isNew, out);
}

/// All that are in files alone.
Status LatestRows::writeAway(StateWriter& out) const {
    for (int keyGroup = 0; keyGroup < kKeyGroups; ++keyGroup) {
        RW_TRY_ASSIGN(const std::unique_ptr<StoreScan> scan, m_away->stored.scan(keyGroup));
        StoreRows rows;
        for (bool more = true; more;) {
            RW_TRY_ASSIGN(more, scan->next(rows));
            std::vector<StoreKey> keys;
            for (std::size_t i = 0; i < rows.size(); ++i) keys.push_back(rows.key(i));
            std::vector<std::size_t> places;
            absent(keys, places);
            std::vector<std::string_view> states;
            for (const std::size_t place : places) states.push_back(rows.value(place));
            writeStored(keyGroup, states, true, out);
        }
    }
    return {};
}

/// Some of what is frozen in files. Rows of the store are written like a state in one piece: each key is
/// there once, and what is written behind them replaces what they say.
Status LatestRows::writeFrozenAway(StateWriter& out) {
    const std::size_t most = rowsOfPiece() / 2;
    for (std::size_t written = 0, bytes = 0; written < most && bytes < kRowBytesAtOnce;) {
        if (!m_away->stored.anyFrozen()) break;
        StoredStates::Piece piece;
        RW_TRY(m_away->stored.next(piece));
        writeStored(piece.keyGroup, piece.states, piece.isWhole, out);
        written += 1 + piece.keys.size();
        for (const std::string_view state : piece.states) bytes += state.size();
    }
    return {};
}

}  // namespace rw
