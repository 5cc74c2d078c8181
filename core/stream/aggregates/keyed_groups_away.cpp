// Groups of KeyedGroups that leave for files, and come back.
#include <array>

#include "core/stream/aggregates/keyed_groups_parts.h"
#include "core/stream/keys/key_groups.h"

namespace rw {

namespace {

constexpr std::size_t kLeaveAtOnce = 4'096, kLeaveBytes = std::size_t{1} << 20;  ///< groups; about so large
/// Rows of a group have come so often that it is not the next one to leave.
constexpr int kOften = 2;

}  // namespace

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

std::size_t KeyedGroups::growth(std::size_t groups) const {
    const std::size_t after = size() + groups, room = m_rows.capacity();
    const std::size_t rows = after > room ? std::max(after, 2 * room) - room : 0;
    return m_state.growth(groups) + m_lives.growth(groups) + rows * sizeof(std::int64_t);
}

void KeyedGroups::beginLeaving(std::size_t most, bool keepsRoom) {
    Away& away = *m_away;
    away.keepsRoom = keepsRoom;
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
    away.order = inOrderOfKeyGroups(m_state.keys, groups);
}

/// Whether it has ended for all rows that are judged by that moment, or a later one.
bool KeyedGroups::isOver(std::string_view state, Instant moment) const {
    if (!m_ttl->on()) return false;
    Instant newest = 0;
    sql::CellReader cells(state);
    cells(newest);
    return cells.ok() && m_ttl->endedBy(newest, moment);
}

Status KeyedGroups::leave(CallBudget& budget, Instant moment) {
    // What a group that is here has in a file is counted as here, and is replaced when it leaves.
    const auto isExpired = [&](const StoreKey& key, std::string_view state) {
        std::vector<std::size_t> places;
        if (isOver(state, moment)) absent({&key, 1}, places);
        return !places.empty();
    };
    const auto keyGroupAt = [this](std::size_t i) { return keyGroupOf(m_state.keys.hash(m_away->order[i])); };
    while (leaving() && !budget.spent()) {
        Away& away = *m_away;
        const bool left = away.next < away.order.size();
        if (!left || away.next == 0 || keyGroupAt(away.next) != keyGroupAt(away.next - 1)) {
            const Result<bool> worked = away.stored.work(budget, isExpired);
            away.count -= away.stored.takeLeftOut();
            RW_TRY(worked.status());
            if (*worked) continue;
        }
        if (left) {
            RW_TRY(leaveSome(budget));
            continue;
        }
        RW_TRY(away.stored.end());
        budget.spend(size());
        finishLeaving();
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
    budget.spendText(away.keys.bytes());
    away.next = end;
    return {};
}

Status KeyedGroups::appendLeaving(std::span<const std::uint32_t> groups) {
    Away& away = *m_away;
    away.keys.encode(m_state.keys, groups);
    sql::CellWriter cells;
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < away.keys.size(); ++i) {
        const std::uint32_t group = away.keys.group(i);
        const std::size_t before = cells.bytes().size();
        if (stands(group)) {
            if (m_ttl->on()) cells(m_lives.newest(group));
            cells(m_rows[group]);
            m_state.aggregates.writeGroup(group, cells);
        }
        ends.push_back(cells.bytes().size());
        if (ends.back() - before + away.keys.key(i).bytes.size() > KeyedStore::kMostRowBytes)
            away.marks[group] = static_cast<std::uint8_t>(away.marks[group] | Away::kNever);
    }
    struct {
        std::vector<StoreKey> keys{};
        std::vector<std::string_view> states{};
    } leaving, fresh, frozen;
    for (std::size_t i = 0; i < away.keys.size(); ++i) {
        const std::uint32_t group = away.keys.group(i);
        const std::size_t from = i == 0 ? 0 : ends[i - 1];
        const std::string_view state = std::string_view(cells.bytes()).substr(from, ends[i] - from);
        const auto addTo = [&](auto& to) {
            to.keys.push_back(away.keys.key(i));
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
    for (const std::uint32_t group : groups) {
        std::uint8_t& marks = away.marks[group];
        if (!stays(group))
            marks = static_cast<std::uint8_t>((marks & Away::kUses) | (stands(group) ? Away::kCopied : 0));
    }
    RW_TRY(away.stored.append(StoredStates::Run::Fresh, fresh.keys, fresh.states));
    return away.stored.append(StoredStates::Run::Frozen, frozen.keys, frozen.states);
}

void KeyedGroups::finishLeaving() {
    Away& away = *m_away;
    std::vector<std::uint32_t>().swap(away.order);
    std::vector<std::uint32_t>().swap(away.frozen);
    std::vector<std::uint32_t> staying;
    for (std::uint32_t group = 0; group < size(); ++group) {
        if (stays(group)) staying.push_back(group);
    }
    away.step = Away::Step::None;
    away.count += away.left;
    m_anyLeft = true;
    keepAlone(staying, away.keepsRoom);
}

/// Groups with rows get new numbers, and no others are left. In one step: a table that grows takes longer.
void KeyedGroups::keepAlone(std::span<const std::uint32_t> groups, bool keepsRoom) {
    Away& away = *m_away;
    std::vector<std::uint32_t> changed;
    for (std::uint32_t number = 0; number < groups.size(); ++number) {
        const std::uint32_t group = groups[number];
        if (m_changes && m_changes->groups.isMarked(group)) changed.push_back(number);
        // Uses of long ago count less.
        const int marks = (away.marks[group] & Away::kCopied) | (away.uses(group) / 2);
        away.marks[number] = static_cast<std::uint8_t>(marks);
        m_rows[number] = m_rows[group];
    }
    away.marks.resize(groups.size());
    m_rows.resize(groups.size());
    m_standing = groups.size();
    m_state.keep(groups);
    m_lives.keep(groups);
    if (!keepsRoom) shrink();
    if (!m_changes) return;
    m_changes->groups = {};
    willChange(changed);
}

void KeyedGroups::shrink() {
    m_state.shrink();
    m_lives.shrink();
    m_rows.shrink_to_fit();
}

/// None leaves any more: what files have of the others is of no use.
Status KeyedGroups::tidyBesideFiles() {
    if (m_changes) m_changes->groups.resize(size());
    std::vector<std::uint32_t> standing, gone, copied, targets;
    for (std::uint32_t group = 0; group < size(); ++group) {
        if (stands(group)) {
            standing.push_back(group);
            continue;
        }
        if (m_changes && m_changes->groups.isMarked(group)) gone.push_back(group);
        if (m_away->isCopied(group)) copied.push_back(group);
    }
    for (std::span<const std::uint32_t> left = copied; !left.empty();) {
        const auto some = left.first(std::min(left.size(), kLeaveAtOnce));
        m_away->keys.encode(m_state.keys, some);
        m_away->values.reset(some.size());
        RW_TRY(m_away->stored.put(m_away->keys.keys(), m_away->values));
        left = left.subspan(some.size());
    }
    if (m_changes) m_changes->goneBesideSince.insert(m_state.keys, gone, targets);
    keepAlone(standing, false);
    return {};
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
    const KeyRows rows(m_away->keys.coder(), keys);
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
        Instant newest = 0;
        if (m_ttl->on()) state(newest);
        state(m_rows[groups[i]]);
        m_state.aggregates.readGroup(groups[i], state);
        if (!state.ok() || !state.atEnd() || m_rows[groups[i]] <= 0) return brokenState("a group in a file");
        m_lives.add(groups[i], newest);
    }
    m_standing += groups.size();
    return {};
}

/// Adds those of a key group that have left, are not here again, and are not over.
Status KeyedGroups::addAway(int keyGroup, Instant moment, KeyedGroups& all) const {
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
            if (isOver(rows.value(place), moment)) continue;
            found.push_back(keys[place]);
            states.push_back(rows.value(place));
        }
        RW_TRY(all.adoptStored(m_away->keys.coder(), found, states));
    }
    return {};
}

/// The places of the keys that have no numbers.
void KeyedGroups::absent(std::span<const StoreKey> keys, std::vector<std::size_t>& places) const {
    const KeyRows rows(m_away->keys.coder(), keys);
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
    RW_TRY(adoptStored(m_away->keys.coder(), found, states));
    for (std::size_t group = first; group < size(); ++group) m_away->marks[group] = Away::kCopied;
    m_away->count -= found.size();
    return {};
}

Status KeyedGroups::loadThose(const KeyTable& keys) {
    if (!m_anyLeft) return {};
    std::vector<std::uint32_t> all(keys.size());
    std::iota(all.begin(), all.end(), 0U);
    m_away->keys.encode(keys, all);
    return load(m_away->keys.keys());
}

std::size_t KeyedGroups::away() const {
    return m_away ? m_away->count : 0;
}

std::size_t KeyedGroups::bytesForFiles() const {
    if (!m_away || (!m_anyLeft && m_away->mayLeave && !leaving())) return 0;
    return m_away->stored.memoryBytes() + m_away->marks.capacity() + m_away->keys.memoryBytes() +
           (m_away->order.capacity() + m_away->frozen.capacity()) * sizeof(std::uint32_t);
}

std::uint64_t KeyedGroups::bytesInFiles() const {
    return m_away ? m_away->stored.bytesInFiles() : 0;
}

}  // namespace rw
