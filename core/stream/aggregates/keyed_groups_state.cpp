// The state of KeyedGroups: in one piece, and by change.
#include <algorithm>
#include <numeric>
#include <utility>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/aggregates/keyed_groups.h"
#include "core/stream/keys/changed_rows.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {

constexpr std::uint32_t kGroupsVersion = 1, kChangesVersion = 1;
constexpr std::int64_t kMostCounted = std::int64_t{1} << 48;  // rows of a group that can be believed
// A record of groups; one of groups that may replace those before them, and of keys that are gone.
constexpr std::string_view kKeyedGroups = "groups", kKeyedChanges = "changes";
constexpr std::size_t kGroupsOfPiece = 8'192;

}  // namespace

struct KeyedGroups::Changes {
    /// Some keys of a table, for a step that goes on with the next call.
    struct KeyQueue {
        explicit KeyQueue(std::vector<Type> types) : keys(types) {}
        bool any() const { return next < keys.size(); }
        std::vector<std::uint32_t> takeSome(std::size_t most) {
            std::vector<std::uint32_t> some(std::min(most, keys.size() - next));
            std::iota(some.begin(), some.end(), static_cast<std::uint32_t>(next));
            next += some.size();
            return some;
        }
        void clear() {
            keys = keys.emptied();
            next = 0;
        }

        KeyTable keys;
        std::size_t next = 0;
    };

    explicit Changes(const KeyedGroups& of)
        : copied(std::make_unique<KeyedGroups>(*of.m_plan, *of.m_ttl)),
          goneSince(of.m_state.keys.types()),
          gone(of.m_state.keys.types()),
          copiedGone(of.m_state.keys.types()) {}

    ChangedRows groups{};
    bool whole = true;                    ///< what is frozen is all of the state
    std::unique_ptr<KeyedGroups> copied;  ///< frozen ones as they were, which have changed since
    std::size_t nextCopied = 0;           ///< those before it are written
    KeyTable goneSince;                   ///< the last freeze: keys of groups that tidy() took out
    KeyQueue gone;                        ///< those of the freeze before, to be written
    KeyQueue copiedGone;                  ///< frozen ones without rows whose keys have come back since

    bool anyFrozen() const {
        return groups.anyFrozen() || gone.any() || copiedGone.any() || nextCopied < copied->size();
    }
    std::size_t memoryBytes() const {
        return groups.memoryBytes() + copied->memoryBytes() + goneSince.memoryBytes() +
               gone.keys.memoryBytes() + copiedGone.keys.memoryBytes();
    }
};

KeyedGroups::KeyedGroups(const GroupPlan& plan, const StateTtl& ttl)
    : m_plan(&plan),
      m_ttl(&ttl),
      m_state(plan.keyTypes, plan.aggregates, plan.input.updating),
      m_lives(ttl) {}
KeyedGroups::~KeyedGroups() = default;
KeyedGroups::KeyedGroups(KeyedGroups&&) noexcept = default;
KeyedGroups& KeyedGroups::operator=(KeyedGroups&&) noexcept = default;

bool KeyedGroups::untidy() const {
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

void KeyedGroups::freeze(bool whole) {
    if (!m_changes) m_changes = std::make_unique<Changes>(*this);
    Changes& changes = *m_changes;
    changes.whole = whole;
    changes.groups.resize(size());
    changes.copied = std::make_unique<KeyedGroups>(*m_plan, *m_ttl);
    changes.nextCopied = 0;
    changes.copiedGone.clear();
    changes.gone.clear();
    KeyTable gone = std::exchange(changes.goneSince, changes.goneSince.emptied());
    if (whole) {
        changes.groups.freezeAll();
    } else {
        changes.groups.freeze();
        changes.gone.keys = std::move(gone);
    }
}

bool KeyedGroups::writePiece(StateWriter& out) {
    Changes& changes = *m_changes;
    std::vector<std::uint32_t> some, standing, others;
    if (changes.gone.any()) {
        writeGone(changes.gone.keys, changes.gone.takeSome(kGroupsOfPiece), out);
    } else if (changes.groups.anyFrozen()) {
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

void KeyedGroups::snapshot(StateWriter& out) const {
    std::vector<std::uint32_t> standing;
    for (std::uint32_t group = 0; group < size(); ++group) {
        if (stands(group)) standing.push_back(group);
    }
    writeStanding(std::move(standing), true, out);
}

Status KeyedGroups::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kKeyedGroups));
    for (const auto& [keyGroup, record] : records) {
        if (own.contains(keyGroup)) RW_TRY(restoreGroups(record, keyGroup));
    }
    RW_TRY_ASSIGN(const auto changes, state.keyed(kKeyedChanges));
    for (const auto& [keyGroup, record] : changes) {
        if (own.contains(keyGroup)) RW_TRY(restoreChanges(record, keyGroup));
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
        changed.resize(gone.size());
        std::iota(changed.begin(), changed.end(), 0U);
        m_state.keys.insert(gone, changed, groups);
        makeRoom();
        forget(groups);
    }
    KeyedGroups now(*m_plan, *m_ttl);
    RW_TRY(now.restoreGroups(record, keyGroup));
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
    return m_state.memoryBytes() + m_lives.memoryBytes() + m_rows.capacity() * sizeof(std::int64_t) +
           (m_changes ? m_changes->memoryBytes() : 0);
}

}  // namespace rw
