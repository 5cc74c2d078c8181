// Groups of KeyedGroups that leave for files, and come back.
#include <array>

#include "core/stream/aggregates/keyed_groups_parts.h"
#include "core/stream/keys/key_groups.h"

namespace rw {

namespace {

constexpr std::size_t kLeaveAtOnce = 4'096, kLeaveBytes = std::size_t{1} << 20;  ///< groups; about so large
/// Rows of a group have come so often that it is not the next one to leave.
constexpr int kOften = 2;

/// Keys of a store as a table of keys takes them.
struct KeyRows {
    KeyRows(const KeyBytes& coder, std::span<const StoreKey> keys) {
        std::vector<std::string_view> bytes;
        for (const StoreKey& key : keys) {
            all.push_back(static_cast<std::uint32_t>(all.size()));
            bytes.push_back(key.bytes);
            hashes.push_back(key.hash);
        }
        columns = coder.columns(bytes);
        for (const ColumnRef& column : columns) cells.push_back(column.get());
    }
    std::vector<ColumnRef> columns{};
    std::vector<const Column*> cells{};
    std::vector<std::uint64_t> hashes{};
    std::vector<std::uint32_t> all{};
};

}  // namespace

void KeyedGroups::Away::encode(const KeyTable& table, std::span<const std::uint32_t> groups) {
    const std::vector<ColumnRef> columns = table.columns(groups);
    encoded.clear();
    bytes.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::size_t offset = bytes.size();
        coder.append(columns, i, bytes);
        encoded.push_back({table.hash(groups[i]), groups[i], offset, bytes.size() - offset});
    }
    const auto keyOf = [this](const Encoded& key) {
        return StoreKey{key.hash, std::string_view(bytes).substr(key.offset, key.size)};
    };
    std::sort(encoded.begin(), encoded.end(),
              [&keyOf](const Encoded& a, const Encoded& b) { return keyOf(a) < keyOf(b); });
    keys.clear();
    for (const Encoded& key : encoded) keys.push_back(keyOf(key));
}

void KeyedGroups::mayLeave(std::shared_ptr<SpillFolder> folder, std::size_t memory) {
    m_away = std::make_unique<Away>(m_plan->keyTypes, std::move(folder), memory);
}

bool KeyedGroups::leaving() const {
    return m_away && m_away->step != Away::Step::None;
}

bool KeyedGroups::stays(std::uint32_t group) const {
    return stands(group) && (!leaving() || m_away->uses(group) >= m_away->least);
}

bool KeyedGroups::wantsLeaving() const {
    return m_anyLeft && m_away->mayLeave && size() - m_standing > m_standing + kTolerated;
}

void KeyedGroups::findKnown(const AggregateRows& input, std::vector<std::uint32_t>& rows,
                            std::vector<std::uint32_t>& groups, std::vector<std::uint32_t>& others) {
    others.clear();
    m_state.keys.findKnown(input.keyColumns(), input.hashes(), rows, groups);
    std::size_t known = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (groups[i] == KeyTable::kAbsent) {
            others.push_back(rows[i]);
            continue;
        }
        rows[known] = rows[i];
        groups[known++] = groups[i];
    }
    rows.resize(known);
    groups.resize(known);
    willChange(groups);
}

void KeyedGroups::used(std::span<const std::uint32_t> groups) {
    if (!m_anyLeft) return;
    for (const std::uint32_t group : groups) {
        if (m_away->uses(group) < Away::kMostUses) ++m_away->marks[group];
    }
}

void KeyedGroups::beginLeaving(std::size_t most) {
    Away& away = *m_away;
    if (!m_anyLeft) {
        // Nothing is known of them but that the newest may be needed soonest.
        away.marks.assign(size(), 0);
        for (std::size_t group = size() - size() / 2; group < size(); ++group)
            away.marks[group] = static_cast<std::uint8_t>(kOften);
    }
    away.least = 0;
    if (most < m_standing) {
        std::array<std::size_t, Away::kUses + 1> withUses{};
        for (std::uint32_t group = 0; group < size(); ++group)
            withUses[static_cast<std::size_t>(away.uses(group))] += stands(group) ? 1 : 0;
        std::size_t stay = 0;
        if (m_anyLeft) most = std::min(most, m_standing / 2);
        for (away.least = Away::kNever; away.least > kOften; --away.least) {
            stay += withUses[static_cast<std::size_t>(away.least) - 1];
            if (stay > most) break;
        }
    }
    if (m_changes) m_changes->groups.resize(size());
    away.step = Away::Step::Store;
    away.next = away.left = 0;
    away.newMarks.clear();
    sortLeaving();
}

/// Those that leave, and those of which a checkpoint under way has nothing yet: these get new numbers.
void KeyedGroups::sortLeaving() {
    Away& away = *m_away;
    std::vector<std::uint32_t> groups;
    for (std::uint32_t group = 0; group < size(); ++group) {
        const bool isKnown = stands(group) || away.isCopied(group) || m_changes;
        const bool leaves = isKnown && !stays(group);
        if (leaves || (m_changes && m_changes->groups.isFrozen(group))) groups.push_back(group);
    }
    const auto keyGroup = [this](std::uint32_t group) {
        return static_cast<std::size_t>(keyGroupOf(m_state.keys.hash(group)));
    };
    std::array<std::size_t, kKeyGroups> next{};  // how many there are, then where the next one goes
    for (const std::uint32_t group : groups) ++next[keyGroup(group)];
    std::size_t begin = 0;
    for (std::size_t& each : next) begin += std::exchange(each, begin);
    away.order.resize(groups.size());
    for (const std::uint32_t group : groups) away.order[next[keyGroup(group)]++] = group;
}

Status KeyedGroups::leave(CallBudget& budget) {
    const auto keyGroupAt = [this](std::size_t i) { return keyGroupOf(m_state.keys.hash(m_away->order[i])); };
    while (leaving() && !budget.spent()) {
        Away& away = *m_away;
        if (away.step == Away::Step::Renumber) {
            tidy(budget);
            continue;
        }
        const bool left = away.next < away.order.size();
        if (!left || away.next == 0 || keyGroupAt(away.next) != keyGroupAt(away.next - 1)) {
            RW_TRY_ASSIGN(const bool worked, away.stored.work(budget));
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
Status KeyedGroups::leaveSome(CallBudget& budget) {
    Away& away = *m_away;
    const auto keyGroupAt = [&](std::size_t i) { return keyGroupOf(m_state.keys.hash(away.order[i])); };
    const std::size_t each = std::max<std::size_t>(m_state.memoryBytes() / size(), 1);
    const std::size_t most =
        std::min(away.order.size(), away.next + std::clamp<std::size_t>(kLeaveBytes / each, 1, kLeaveAtOnce));
    std::size_t end = away.next + 1;
    while (end < most && keyGroupAt(end) == keyGroupAt(away.next)) ++end;
    RW_TRY(appendLeaving(std::span(away.order).subspan(away.next, end - away.next)));
    budget.spend(end - away.next);
    budget.spendText(away.bytes.size());
    away.next = end;
    return {};
}

Status KeyedGroups::appendLeaving(std::span<const std::uint32_t> groups) {
    Away& away = *m_away;
    away.encode(m_state.keys, groups);
    sql::CellWriter cells;
    std::vector<std::size_t> ends;
    for (const Away::Encoded& each : away.encoded) {
        const std::size_t before = cells.bytes().size();
        if (stands(each.group)) {
            cells(m_rows[each.group]);
            m_state.aggregates.writeGroup(each.group, cells);
        }
        ends.push_back(cells.bytes().size());
        if (ends.back() - before + each.size > KeyedStore::kMostRowBytes)
            away.marks[each.group] = static_cast<std::uint8_t>(away.marks[each.group] | Away::kNever);
    }
    struct {
        std::vector<StoreKey> keys{};
        std::vector<std::string_view> states{};
    } leaving, fresh, frozen;
    for (std::size_t i = 0; i < away.encoded.size(); ++i) {
        const std::uint32_t group = away.encoded[i].group;
        const std::size_t from = i == 0 ? 0 : ends[i - 1];
        const std::string_view state = std::string_view(cells.bytes()).substr(from, ends[i] - from);
        const auto addTo = [&](auto& to) {
            to.keys.push_back(away.keys[i]);
            to.states.push_back(state);
        };
        const bool leaves = !stays(group);
        if (leaves && (!state.empty() || away.isCopied(group))) addTo(leaving);
        if (leaves && m_changes && m_changes->groups.isMarked(group)) addTo(fresh);
        if (m_changes && m_changes->groups.isFrozen(group)) {
            m_changes->groups.take(group);
            if (away.uses(group) == Away::kNever) {  // it is too large for a file
                m_changes->copied->adopt(*this, std::span(&group, 1));
            } else {
                addTo(frozen);
                away.frozen.push_back(group);
            }
        }
        if (leaves && !state.empty()) ++away.left;
    }
    away.values.reset(leaving.keys.size());
    for (std::size_t i = 0; i < leaving.keys.size(); ++i) {
        if (!leaving.states[i].empty()) away.values.set(i, leaving.states[i]);
    }
    RW_TRY(away.stored.put(leaving.keys, away.values));
    for (const Away::Encoded& each : away.encoded) {
        std::uint8_t& marks = away.marks[each.group];
        if (!stays(each.group))
            marks =
                static_cast<std::uint8_t>((marks & Away::kUses) | (stands(each.group) ? Away::kCopied : 0));
    }
    RW_TRY(away.stored.append(StoredGroups::Run::Fresh, fresh.keys, fresh.states));
    return away.stored.append(StoredGroups::Run::Frozen, frozen.keys, frozen.states);
}

/// Of groups that stay, which get the next new numbers: uses of long ago count less.
void KeyedGroups::keepMarks(std::span<const std::uint32_t> groups) {
    Away& away = *m_away;
    for (const std::uint32_t group : groups) {
        const int marks = (away.marks[group] & Away::kCopied) | (away.uses(group) / 2);
        away.newMarks.push_back(static_cast<std::uint8_t>(marks));
    }
}

void KeyedGroups::handAwayTo(KeyedGroups& fresh) {
    fresh.m_anyLeft = m_anyLeft || leaving();
    fresh.m_away = std::move(m_away);
    fresh.m_writing = std::move(m_writing);
    Away& away = *fresh.m_away;
    if (away.step == Away::Step::None) return;
    away.step = Away::Step::None;
    away.count += away.left;
    away.marks = std::exchange(away.newMarks, {});
    std::vector<std::uint32_t>().swap(away.order);
    std::vector<std::uint32_t>().swap(away.frozen);
}

void KeyedGroups::stay() {
    Away& away = *m_away;
    away.stored.giveUp();
    std::vector<std::uint32_t> standing, others, targets;
    for (const std::uint32_t group : away.frozen) (stands(group) ? standing : others).push_back(group);
    if (m_changes) {
        m_changes->copied->adopt(*this, standing);
        if (!m_changes->whole) m_changes->copiedGone.keys.insert(m_state.keys, others, targets);
    }
    away.mayLeave = false;
    away.step = Away::Step::None;
    std::vector<std::uint32_t>().swap(away.order);
    std::vector<std::uint32_t>().swap(away.frozen);
}

KeyTable KeyedGroups::tableOf(std::span<const StoreKey> keys) const {
    const KeyRows rows(m_away->coder, keys);
    std::vector<std::uint32_t> groups;
    KeyTable table = m_state.keys.emptied();
    table.findOrInsert(rows.cells, rows.hashes, rows.all, groups);
    return table;
}

/// Takes over groups whose keys are new here.
Status KeyedGroups::adoptStored(const KeyBytes& coder, std::span<const StoreKey> keys,
                                std::span<const std::string_view> states) {
    const KeyRows rows(coder, keys);
    std::vector<std::uint32_t> groups;
    m_state.keys.findOrInsert(rows.cells, rows.hashes, rows.all, groups);
    makeRoom();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        sql::CellReader state(states[i]);
        state(m_rows[groups[i]]);
        m_state.aggregates.readGroup(groups[i], state);
        if (!state.ok() || !state.atEnd() || m_rows[groups[i]] <= 0) return brokenState("a group in a file");
    }
    m_standing += groups.size();
    return {};
}

/// Adds those of a key group that have left, and are not here again.
Status KeyedGroups::addAway(int keyGroup, KeyedGroups& all) const {
    RW_TRY_ASSIGN(const std::unique_ptr<StoreScan> scan, m_away->stored.scan(keyGroup));
    StoreRows rows;
    for (bool more = true; more;) {
        RW_TRY_ASSIGN(more, scan->next(rows));
        std::vector<StoreKey> keys;
        for (std::size_t i = 0; i < rows.size(); ++i) keys.push_back(rows.key(i));
        std::vector<std::size_t> places;
        absent(keys, places);
        std::vector<StoreKey> found;
        std::vector<std::string_view> states;
        for (const std::size_t place : places) {
            found.push_back(keys[place]);
            states.push_back(rows.value(place));
        }
        RW_TRY(all.adoptStored(m_away->coder, found, states));
    }
    return {};
}

/// The places of the keys that have no numbers.
void KeyedGroups::absent(std::span<const StoreKey> keys, std::vector<std::size_t>& places) const {
    const KeyRows rows(m_away->coder, keys);
    std::vector<std::uint32_t> groups;
    m_state.keys.findKnown(rows.cells, rows.hashes, rows.all, groups);
    places.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i] == KeyTable::kAbsent) places.push_back(i);
    }
}

Status KeyedGroups::load(std::span<const StoreKey> keys) {
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
    const std::size_t first = size();
    RW_TRY(adoptStored(m_away->coder, found, states));
    for (std::size_t group = first; group < size(); ++group) m_away->marks[group] = Away::kCopied;
    m_away->count -= found.size();
    return {};
}

Status KeyedGroups::loadThose(const KeyTable& keys) {
    if (!m_anyLeft) return {};
    std::vector<std::uint32_t> all(keys.size());
    std::iota(all.begin(), all.end(), 0U);
    m_away->encode(keys, all);
    return load(m_away->keys);
}

std::size_t KeyedGroups::away() const {
    return m_away ? m_away->count : 0;
}

std::size_t KeyedGroups::bytesForFiles() const {
    if (!m_away || (!m_anyLeft && m_away->mayLeave && !leaving())) return 0;
    return m_away->stored.memoryBytes() + m_away->marks.capacity() + m_away->bytes.capacity() +
           (m_away->order.capacity() + m_away->frozen.capacity()) * sizeof(std::uint32_t);
}

std::uint64_t KeyedGroups::bytesInFiles() const {
    return m_away ? m_away->stored.bytesInFiles() : 0;
}

}  // namespace rw
