// The state of KeyedGroups: in one piece, and by change.
#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/aggregates/keyed_groups_parts.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {

constexpr std::uint32_t kGroupsVersion = 1, kChangesVersion = 1;
constexpr std::int64_t kMostCounted = std::int64_t{1} << 48;  // rows of a group that can be believed
// A record of groups; one of groups that may replace those before them, and of keys that are gone.
constexpr std::string_view kKeyedGroups = "groups", kKeyedChanges = "changes";
constexpr std::size_t kGroupsOfPiece = 8'192;
/// Large states of a piece count as several.
constexpr std::size_t kBytesOfGroup = 512;

std::vector<std::uint32_t> everyGroup(std::size_t groups) {
    std::vector<std::uint32_t> every(groups);
    std::iota(every.begin(), every.end(), 0U);
    return every;
}

}  // namespace

KeyedGroups::KeyedGroups(const GroupPlan& plan, const StateTtl& ttl)
    : m_plan(&plan),
      m_ttl(&ttl),
      m_state(plan.keyTypes, plan.aggregates, plan.input.updating),
      m_lives(ttl) {}
KeyedGroups::~KeyedGroups() = default;
KeyedGroups::KeyedGroups(KeyedGroups&&) noexcept = default;
KeyedGroups& KeyedGroups::operator=(KeyedGroups&&) noexcept = default;

bool KeyedGroups::untidy() const {
    // While groups may leave, leave() takes those without rows out.
    if (m_anyLeft ? m_away->mayLeave : leaving()) return false;
    if (m_fresh) return true;
    // What is frozen goes by its number.
    return size() - m_standing > m_standing + kTolerated && !(m_changes && m_changes->groups.anyFrozen());
}

void KeyedGroups::willChange(std::span<const std::uint32_t> groups) {
    if (!m_changes) return;
    m_changes->groups.resize(size());
    const auto first = m_changes->groups.mark(groups);
    if (first.empty()) return;
    std::vector<std::uint32_t> standing, others, targets;
    for (const std::uint32_t group : first) (stands(group) ? standing : others).push_back(group);
    m_changes->copied->adopt(*this, standing);
    if (!m_changes->whole) m_changes->copiedGone.keys.insert(m_state.keys, others, targets);
}

void KeyedGroups::renumberChanges(std::span<const std::uint32_t> standing, std::uint32_t to,
                                  std::span<const std::uint32_t> others) {
    for (std::size_t i = 0; i < standing.size(); ++i) {
        if (m_changes->groups.isMarked(standing[i])) m_marked.push_back(to + static_cast<std::uint32_t>(i));
    }
    std::vector<std::uint32_t> gone, targets;
    for (const std::uint32_t group : others) {
        if (m_changes->groups.isMarked(group)) gone.push_back(group);
    }
    m_changes->goneSince.insert(m_state.keys, gone, targets);
}

void KeyedGroups::adoptChanges(KeyedGroups& before) {
    m_changes = std::move(before.m_changes);
    m_changes->groups = {};
    willChange(before.m_marked);
}

void KeyedGroups::freeze(bool whole, Instant moment) {
    if (!m_changes) m_changes = std::make_unique<Changes>(*this);
    Changes& changes = *m_changes;
    // The files have groups that are here again: what is here replaces those.
    changes.whole = whole && !m_anyLeft;
    changes.groups.resize(size());
    changes.copied = std::make_unique<KeyedGroups>(*m_plan, *m_ttl);
    changes.nextCopied = 0;
    changes.copiedGone.clear();
    changes.gone.clear();
    changes.goneBeside.clear();
    KeyTable gone = std::exchange(changes.goneSince, changes.goneSince.emptied());
    KeyTable beside = std::exchange(changes.goneBesideSince, changes.goneBesideSince.emptied());
    if (whole) {
        changes.groups.freezeAll();
    } else {
        changes.groups.freeze();
        changes.gone.keys = std::move(gone);
        changes.goneBeside.keys = std::move(beside);
    }
    if (!m_anyLeft) return;
    m_away->frozenAt = moment;
    m_writing = m_away->stored.freeze(whole);
}

bool KeyedGroups::writePiece(StateWriter& out) {
    if (!m_writing.ok()) return true;
    // In the order in which it became so: of a key, the last one counts.
    const bool frozenAway = m_away && m_away->stored.anyFrozen();
    if (m_changes->gone.any()) {
        writeGone(m_changes->gone.keys, m_changes->gone.takeSome(kGroupsOfPiece), out);
        return true;
    }
    if (!frozenAway && m_changes->goneBeside.any()) {
        writeGone(m_changes->goneBeside.keys, m_changes->goneBeside.takeSome(kGroupsOfPiece), out);
        return true;
    }
    if (!frozenAway) return writeTable(out);
    m_writing = writeFrozenAway(out);
    return true;
}

/// What is frozen of the groups that are here.
bool KeyedGroups::writeTable(StateWriter& out) {
    Changes& changes = *m_changes;
    std::vector<std::uint32_t> some, standing, others;
    if (changes.groups.anyFrozen()) {
        changes.groups.takeSome(kGroupsOfPiece, some);
        for (const std::uint32_t group : some) (stands(group) ? standing : others).push_back(group);
        writeStanding(standing, changes.whole, out);
        if (!changes.whole) writeGone(m_state.keys, std::move(others), out);
    } else if (changes.nextCopied < changes.copied->size()) {
        some.resize(std::min(kGroupsOfPiece, changes.copied->size() - changes.nextCopied));
        std::iota(some.begin(), some.end(), static_cast<std::uint32_t>(changes.nextCopied));
        changes.nextCopied += some.size();
        changes.copied->writeStanding(std::move(some), changes.whole, out);
    } else if (changes.copiedGone.any()) {
        writeGone(changes.copiedGone.keys, changes.copiedGone.takeSome(kGroupsOfPiece), out);
    }
    if (changes.anyFrozen()) return true;
    changes.copied = std::make_unique<KeyedGroups>(*m_plan, *m_ttl);  // releases its memory
    changes.nextCopied = 0;
    return false;
}

/// Some of the groups in files. Those of the store are written like a state in one piece, without any that is
/// over: each is there once, and what is written behind them replaces what they say.
Status KeyedGroups::writeFrozenAway(StateWriter& out) {
    for (std::size_t written = 0; written < kGroupsOfPiece / 2 && m_away->stored.anyFrozen();) {
        StoredStates::Piece piece;
        RW_TRY(m_away->stored.next(piece));
        if (piece.keys.empty() && !piece.isWhole) break;  // a run is being written
        std::vector<StoreKey> standing, gone;
        std::vector<std::string_view> states;
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < piece.keys.size(); ++i) {
            bytes += piece.states[i].size();
            if (piece.states[i].empty()) {
                gone.push_back(piece.keys[i]);
            } else if (!piece.isWhole || !isOver(piece.states[i], m_away->frozenAt)) {
                standing.push_back(piece.keys[i]);
                states.push_back(piece.states[i]);
            }
        }
        KeyedGroups some(*m_plan, *m_ttl);
        RW_TRY(some.adoptStored(m_away->keys.coder(), standing, states));
        some.writeStanding(everyGroup(some.size()), piece.isWhole, out);
        const KeyTable keys = tableOf(gone);
        writeGone(keys, everyGroup(keys.size()), out);
        written += 1 + std::max(piece.keys.size(), bytes / kBytesOfGroup);
    }
    return {};
}

void KeyedGroups::writeStanding(std::vector<std::uint32_t> groups, bool isNew, StateWriter& out) const {
    const auto hashOf = [this](std::uint32_t group) { return m_state.keys.hash(group); };
    forEachKeyGroup(std::move(groups), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        out.keyed(isNew ? kKeyedGroups : kKeyedChanges, keyGroup, isNew ? kGroupsVersion : kChangesVersion,
                  [&](StateWriter& record) { writeGroups(some, record); });
    });
}

void KeyedGroups::writeGone(const KeyTable& keys, std::vector<std::uint32_t> groups, StateWriter& out) const {
    const auto hashOf = [&keys](std::uint32_t group) { return keys.hash(group); };
    forEachKeyGroup(std::move(groups), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        out.keyed(kKeyedChanges, keyGroup, kChangesVersion, [&](StateWriter& record) {
            writeGroups({}, record);
            record.u64("gone", some.size());
            writeColumns(record, "gone_key", keys.columns(some));
        });
    });
}

void KeyedGroups::writeGroups(std::span<const std::uint32_t> groups, StateWriter& record) const {
    std::vector<std::int64_t> rows, newest;
    for (const std::uint32_t group : groups) {
        rows.push_back(m_rows[group]);
        if (m_ttl->on()) newest.push_back(m_lives.newest(group));
    }
    m_state.snapshot(groups, record);
    sql::StateFieldsWriter fields;
    fields("rows", rows);
    fields("newest", newest);
    fields.writeTo(record);
}

Status KeyedGroups::snapshot(StateWriter& out, Instant moment) const {
    std::vector<std::uint32_t> standing;
    for (std::uint32_t group = 0; group < size(); ++group) {
        if (stands(group)) standing.push_back(group);
    }
    if (!m_anyLeft) {
        writeStanding(std::move(standing), true, out);
        return {};
    }
    std::array<std::vector<std::uint32_t>, kKeyGroups> here;
    for (const std::uint32_t group : standing)
        here[static_cast<std::size_t>(keyGroupOf(m_state.keys.hash(group)))].push_back(group);
    for (int keyGroup = 0; keyGroup < kKeyGroups; ++keyGroup) {
        KeyedGroups all(*m_plan, *m_ttl);
        all.adopt(*this, here[static_cast<std::size_t>(keyGroup)]);
        RW_TRY(addAway(keyGroup, moment, all));
        all.writeStanding(everyGroup(all.size()), true, out);
    }
    return {};
}

Status KeyedGroups::restore(const StateReader& state, const KeyGroups& own,
                            const std::function<Status()>& between) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kKeyedGroups));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        RW_TRY(restoreGroups(record, keyGroup));
        RW_TRY(between());
    }
    RW_TRY_ASSIGN(const auto changes, state.keyed(kKeyedChanges));
    for (const auto& [keyGroup, record] : changes) {
        if (!own.contains(keyGroup)) continue;
        RW_TRY(restoreChanges(record, keyGroup));
        RW_TRY(between());
    }
    return {};
}

Status KeyedGroups::restoreGroups(const StateReader& record, int keyGroup) {
    if (record.version() != kGroupsVersion) return brokenState("version of groups");
    auto group = static_cast<std::uint32_t>(size());
    RW_TRY(m_state.restore(record, keyGroup));
    makeRoom();
    std::vector<std::int64_t> rows, newest;
    sql::StateFieldsReader fields(record);
    fields("rows", rows);
    fields("newest", newest);
    RW_TRY(fields.status());
    if (rows.size() != size() - group || newest.size() != (m_ttl->on() ? rows.size() : 0))
        return brokenState("rows of groups");
    for (std::size_t i = 0; i < rows.size(); ++i, ++group) {
        if (rows[i] <= 0 || rows[i] > kMostCounted) return brokenState("rows of a group");
        m_rows[group] = rows[i];
        if (m_ttl->on()) m_lives.add(group, newest[i]);
    }
    m_standing += rows.size();
    return {};
}

Status KeyedGroups::restoreChanges(const StateReader& record, int keyGroup) {
    if (record.version() != kChangesVersion) return brokenState("version of changed groups");
    std::vector<std::uint32_t> groups, changed;
    RW_TRY_ASSIGN(const std::uint64_t count, record.u64("gone", 0));
    if (count > 0) {
        KeyTable gone = m_state.keys.emptied();
        RW_TRY_ASSIGN(const auto columns, readColumns(record, "gone_key", gone.types(), count));
        RW_TRY(gone.restore(columns, count, keyGroup));
        RW_TRY(loadThose(gone));
        changed.resize(gone.size());
        std::iota(changed.begin(), changed.end(), 0U);
        m_state.keys.insert(gone, changed, groups);
        makeRoom();
        forget(groups);
    }
    KeyedGroups now(*m_plan, *m_ttl);
    RW_TRY(now.restoreGroups(record, keyGroup));
    RW_TRY(loadThose(now.m_state.keys));
    changed.resize(now.size());
    std::iota(changed.begin(), changed.end(), 0U);
    m_state.keys.insert(now.m_state.keys, changed, groups);
    makeRoom();
    forget(groups);
    m_state.merge(now.m_state, changed);
    for (const std::uint32_t from : changed) {
        m_rows[groups[from]] = now.m_rows[from];
        if (m_ttl->on()) m_lives.add(groups[from], now.m_lives.newest(from));
    }
    m_standing += changed.size();
    return {};
}

std::size_t KeyedGroups::memoryBytes() const {
    return tableBytes() + (m_changes ? m_changes->memoryBytes() : 0);
}

std::size_t KeyedGroups::tableBytes() const {
    return m_state.memoryBytes() + m_lives.memoryBytes() + m_rows.capacity() * sizeof(std::int64_t);
}

}  // namespace rw
