// The state of sessions as bytes, by key group: the sessions, open and sealed, their emitted rows, and the
// rows that are held back. The times at which they are due follow from that. By change: session_changes.h.
#include <algorithm>
#include <numeric>
#include <tuple>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/keys/state_columns.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/windows/session_operator.h"

namespace rw {

namespace {

constexpr Millis kMostEarly = WindowAssigner::kFarthest / 2;  // that sums with event times do not overflow

struct ShownPlaces {
    std::vector<std::uint8_t> visible, final;
    std::vector<Instant> start, end;  ///< 0 where nothing is visible
    std::vector<std::int64_t> earlySteps;

    static void fields(auto& self, auto& fields) {
        fields("visible", self.visible);
        fields("final", self.final);
        fields("shown_start", self.start);
        fields("shown_end", self.end);
        fields("early_steps", self.earlySteps);
    }
};

}  // namespace

void SessionOperator::writeRest(StateWriter& out) const {
    out.record("session_progress", kSessionsVersion, [this](StateWriter& record) {
        record.i64("watermark", m_watermark);
        record.i64("arrivals", m_taking.input.arrivals());
    });
    writeHeld(m_held, heldShape(), out);
}

void SessionOperator::freeze(bool whole) {
    if (!m_changes) m_changes.emplace(*m_plan, m_sessions, m_keys, m_aggregates, m_files.get());
    if (m_files) m_files->changes = &*m_changes;
    m_changes->freeze(whole);
}

Status SessionOperator::snapshot(StateWriter& out) const {
    writeRest(out);
    std::optional<Aggregates> withFiles;
    if (m_files) RW_TRY(m_files->addAllTo(withFiles.emplace(*m_plan)));
    std::vector<std::uint32_t> alive;
    for (std::uint32_t session = 0; session < m_sessions.numbers(); ++session) {
        if (m_sessions.at(session).alive) alive.push_back(session);
    }
    // Their numbers tell which were there before.
    std::sort(alive.begin(), alive.end(), [this](std::uint32_t a, std::uint32_t b) {
        const SessionStore::Session &left = m_sessions.at(a), &right = m_sessions.at(b);
        return std::tie(left.window, left.open) < std::tie(right.window, right.open);
    });
    const auto hashOf = [this](std::uint32_t session) { return m_keys.hash(m_sessions.at(session).key); };
    forEachKeyGroup(std::move(alive), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        out.keyed(kKeyedSessions, group, kSessionsVersion, [&](StateWriter& record) {
            snapshotSessions(some, withFiles ? *withFiles : m_aggregates, record);
        });
    });
    return {};
}

void SessionOperator::snapshotSessions(std::span<const std::uint32_t> sessions, const Aggregates& aggregates,
                                       StateWriter& out) const {
    std::vector<SavedSession> saved;
    for (const std::uint32_t number : sessions) {
        const SessionStore::Session& session = m_sessions.at(number);
        saved.push_back({session.window, session.key, number, number, session.open});
    }
    writeSessions(saved, m_keys, out);
    aggregates.snapshot(sessions, out);
    if (m_plan->emitsUpdates()) snapshotShown(sessions, out);
}

void SessionOperator::snapshotShown(std::span<const std::uint32_t> sessions, StateWriter& out) const {
    ShownPlaces places;
    std::vector<ColumnBuilder> builders;
    for (const Type type : valueTypes()) builders.emplace_back(type);
    for (const std::uint32_t number : sessions) {
        const Shown& shown = m_shown[number];
        const bool visible = shown.values != nullptr;
        places.visible.push_back(visible ? 1 : 0);
        places.final.push_back(shown.final ? 1 : 0);
        places.start.push_back(visible ? shown.window.start : 0);
        places.end.push_back(visible ? shown.window.end : 0);
        places.earlySteps.push_back(shown.earlySteps);
        for (std::size_t i = 0; visible && i < builders.size(); ++i)
            builders[i].appendSharing(*(*shown.values)[i], shown.row);
    }
    sql::StateFieldsWriter fields;
    ShownPlaces::fields(places, fields);
    fields.writeTo(out);
    std::vector<ColumnRef> columns;
    for (ColumnBuilder& builder : builders) columns.push_back(builder.finish());
    writeColumns(out, "value", columns);
}

/// The rows that wait, and which of their columns are looked at.
HeldShape SessionOperator::heldShape() const {
    HeldShape shape{m_plan->input.schema, m_plan->keys, ColumnSet(m_plan->input.schema->size()), true};
    shape.read[static_cast<std::size_t>(m_plan->input.eventTime)] = true;
    for (const int key : m_plan->keys) shape.read[static_cast<std::size_t>(key)] = true;
    for (const sql::BoundAggregate& aggregate : m_plan->aggregates) {
        if (aggregate.argument) sql::markColumns(*aggregate.argument, shape.read);
        if (aggregate.filter) sql::markColumns(*aggregate.filter, shape.read);
    }
    return shape;
}

Status SessionOperator::restore(const StateReader& state, const KeyGroups& own) {
    if (ClosedResults::areAll(state)) return m_closed.restore(state, own, m_plan->output);
    RW_TRY_ASSIGN(const StateReader progress, state.record("session_progress"));
    if (progress.version() != kSessionsVersion) return brokenState("version of sessions");
    RW_TRY_ASSIGN(const Instant watermark, progress.i64("watermark"));
    RW_TRY_ASSIGN(const std::int64_t arrivals, progress.i64("arrivals"));
    // At a barrier all instances have the same: it comes from every producer to each of them.
    if (m_restored && watermark != m_watermark) return brokenState("watermarks that differ");
    m_restored = true;
    m_watermark = watermark;
    m_taking.input.startFrom(arrivals);
    RW_TRY_ASSIGN(const auto sessions, state.keyed(kKeyedSessions));
    for (const auto& [keyGroup, record] : sessions) {
        if (own.contains(keyGroup)) RW_TRY(restoreSessions(record, keyGroup));
    }
    RW_TRY(restoreChanges(state, own));
    RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, heldShape(), own));
    for (const Batch& batch : held) m_held.hold(batch, everyRow(batch.rows));
    return spillRestored();
}

/// Here, for rows may be long in coming.
Status SessionOperator::spillRestored() {
    if (!m_files) return {};
    m_files->spillBeyondShare(stateSize().bytes);
    while (m_files->busy()) {
        CallBudget budget(m_context.batchRows);
        RW_TRY(m_files->run(budget));
    }
    return {};
}

void SessionOperator::clearAggregates(std::span<const std::uint32_t> sessions) {
    if (m_files) return m_files->free(sessions);
    m_aggregates.clear(sessions);
}

Status SessionOperator::restoreSessions(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(std::vector<SavedSession> saved, readSessions(record, keyGroup, m_keys));
    m_sessions.resizeKeys(m_keys.size());
    std::vector<std::uint32_t> sessions;
    for (SavedSession& session : saved) {
        session.number = m_sessions.takeNumber();
        RW_TRY(place(session));
        sessions.push_back(session.number);
    }
    if (!m_files) m_aggregates.resize(m_sessions.numbers());
    RW_TRY(m_aggregates.restore(groupsOf(sessions), record));
    if (m_plan->emitsUpdates()) RW_TRY(restoreShown(record, sessions));
    for (const std::uint32_t session : sessions) wakeRestored(session);
    return {};
}

Status SessionOperator::place(const SavedSession& session) {
    if (session.open && m_sessions.touching(session.key, session.window).front() != SessionStore::kNone)
        return brokenState("sessions that touch");
    m_sessions.place(session.number, session.key, session.window, session.open);
    return {};
}

void SessionOperator::wakeRestored(std::uint32_t session) {
    const Instant last = m_sessions.at(session).window.end - 1;
    m_sessions.wake(session, last <= m_watermark ? last + m_plan->allowedLateness : nextLook(session));
}

/// Sessions are placed when all records were read: those of one record may touch what a later one replaces.
Status SessionOperator::restoreChanges(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kChangedSessions));
    if (!records.empty() && !writesChanges()) return brokenState("sessions without what is shown of them");
    const std::size_t firstKey = m_keys.size();
    RestoredChanges sessions;
    for (const auto& [keyGroup, record] : records) {
        if (own.contains(keyGroup)) RW_TRY(restoreChanges(record, keyGroup, firstKey, sessions));
    }
    m_sessions.resizeKeys(m_keys.size());
    for (const auto& [before, session] : sessions) {
        RW_TRY(place(session));
        wakeRestored(session.number);
    }
    return {};
}

Status SessionOperator::restoreChanges(const StateReader& record, int keyGroup, std::size_t firstKey,
                                       RestoredChanges& sessions) {
    KeyTable keys = m_keys.emptied();
    RW_TRY_ASSIGN(std::vector<SavedSession> saved, readSessions(record, keyGroup, keys));
    ChangedNumbers numbers;
    sql::StateFieldsReader fields(record);
    ChangedNumbers::fields(numbers, fields);
    RW_TRY(fields.status());
    if (numbers.sessions.size() != saved.size()) return brokenState("numbers of sessions");
    std::vector<std::uint32_t> all(keys.size()), known;
    std::iota(all.begin(), all.end(), 0U);
    m_keys.insert(keys, all, known);
    for (const std::uint32_t key : known) {
        if (key < firstKey) return brokenState("a key that is there twice");
    }
    forgetChanged(numbers.gone, sessions);
    forgetChanged(numbers.sessions, sessions);
    std::vector<std::uint32_t> places;
    for (std::size_t i = 0; i < saved.size(); ++i) {
        saved[i].key = known[saved[i].key];
        saved[i].number = m_sessions.takeNumber();
        if (!sessions.emplace(numbers.sessions[i], saved[i]).second)
            return brokenState("a session that is there twice");
        places.push_back(saved[i].number);
    }
    if (!m_files) m_aggregates.resize(m_sessions.numbers());
    return m_aggregates.restore(groupsOf(places), record);
}

/// Of those that a restore has read so far.
void SessionOperator::forgetChanged(std::span<const std::uint32_t> numbers, RestoredChanges& sessions) {
    std::vector<std::uint32_t> gone;
    for (const std::uint32_t number : numbers) {
        const auto session = sessions.find(number);
        if (session == sessions.end()) continue;
        gone.push_back(session->second.number);
        sessions.erase(session);
    }
    clearAggregates(gone);
    m_sessions.release(gone);
}

Status SessionOperator::restoreShown(const StateReader& record, std::span<const std::uint32_t> sessions) {
    ShownPlaces places;
    sql::StateFieldsReader fields(record);
    ShownPlaces::fields(places, fields);
    RW_TRY(fields.status());
    const std::size_t count = sessions.size();
    if (places.visible.size() != count || places.final.size() != count || places.start.size() != count ||
        places.end.size() != count || places.earlySteps.size() != count)
        return brokenState("what is shown of sessions");
    const auto visible = static_cast<std::uint64_t>(std::count_if(
        places.visible.begin(), places.visible.end(), [](std::uint8_t isVisible) { return isVisible != 0; }));
    RW_TRY_ASSIGN(auto columns, readColumns(record, "value", valueTypes(), visible));
    const auto values = std::make_shared<const std::vector<ColumnRef>>(std::move(columns));
    m_shown.resize(m_sessions.numbers());
    std::uint32_t row = 0;
    for (std::size_t i = 0; i < count; ++i) {
        Shown& shown = m_shown[sessions[i]];
        shown.final = places.final[i] != 0;
        shown.earlySteps = places.earlySteps[i];
        if (shown.earlySteps < 0 || shown.earlySteps > kMostEarly / std::max<Millis>(1, m_plan->early))
            return brokenState("early results");
        if (places.visible[i] == 0) continue;
        shown.window = {places.end[i], places.start[i]};
        if (!isSession(shown.window)) return brokenState("a shown session");
        shown.values = values;
        shown.row = row++;
    }
    return {};
}

/// Of keys and aggregates.
std::vector<Type> SessionOperator::valueTypes() const {
    std::vector<Type> types;
    const auto& columns = m_plan->output.schema->fields;
    for (std::size_t i = kWindowColumns; i < columns.size(); ++i) types.push_back(columns[i].type);
    return types;
}

}  // namespace rw
