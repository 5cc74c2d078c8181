// The state of sessions as bytes, by key group: the sessions, open and sealed, their emitted rows, and the
// rows that are held back. The times at which they are due follow from that.
#include <algorithm>
#include <map>
#include <tuple>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/keys/state_columns.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/windows/session_operator.h"

namespace rw {

namespace {

constexpr std::uint32_t kSessionsVersion = 1;
constexpr Millis kMostEarly = WindowAssigner::kFarthest / 2;  // that sums with event times do not overflow

/// Lists of one length, an entry a session; `fields` writes or reads them.
struct Places {
    std::vector<std::uint32_t> key;  ///< index into the keys of the record
    std::vector<Instant> start, end;
    std::vector<std::uint8_t> open;

    static void fields(auto& self, auto& fields) {
        fields("of_key", self.key);
        fields("start", self.start);
        fields("end", self.end);
        fields("open", self.open);
    }
};

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

bool isSession(const Window& window) {
    return WindowAssigner::edgeInRange(window.start) && WindowAssigner::edgeInRange(window.end) &&
           window.start < window.end;
}

}  // namespace

Status SessionOperator::snapshot(StateWriter& out) const {
    out.record("session_progress", kSessionsVersion, [this](StateWriter& record) {
        record.i64("watermark", m_watermark);
        record.i64("arrivals", m_taking.input.arrivals());
    });
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
        out.keyed("sessions", group, kSessionsVersion,
                  [&](StateWriter& record) { snapshotSessions(some, record); });
    });
    writeHeld(m_held, heldShape(), out);
    return {};
}

void SessionOperator::snapshotSessions(std::span<const std::uint32_t> sessions, StateWriter& out) const {
    std::map<std::uint32_t, std::uint32_t> numbers;  // of keys in the record
    std::vector<std::uint32_t> keys;
    Places places;
    for (const std::uint32_t number : sessions) {
        const SessionStore::Session& session = m_sessions.at(number);
        const auto [at, fresh] = numbers.try_emplace(session.key, static_cast<std::uint32_t>(keys.size()));
        if (fresh) keys.push_back(session.key);
        places.key.push_back(at->second);
        places.start.push_back(session.window.start);
        places.end.push_back(session.window.end);
        places.open.push_back(session.open ? 1 : 0);
    }
    std::vector<ColumnRef> columns;
    for (std::size_t i = 0; i < m_keys.columnCount(); ++i) columns.push_back(m_keys.column(i, keys));
    out.u64("keys", keys.size());
    writeColumns(out, "key", columns);
    sql::StateFieldsWriter fields;
    Places::fields(places, fields);
    fields.writeTo(out);
    m_aggregates.snapshot(sessions, out);
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
    RW_TRY_ASSIGN(const auto sessions, state.keyed("sessions"));
    for (const auto& [keyGroup, record] : sessions) {
        if (own.contains(keyGroup)) RW_TRY(restoreSessions(record, keyGroup));
    }
    RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, heldShape(), own));
    for (const Batch& batch : held) m_held.hold(batch, everyRow(batch.rows));
    return {};
}

Status SessionOperator::restoreSessions(const StateReader& record, int keyGroup) {
    if (record.version() != kSessionsVersion) return brokenState("version of a session");
    RW_TRY_ASSIGN(const std::uint64_t keys, record.u64("keys"));
    RW_TRY_ASSIGN(const auto columns, readColumns(record, "key", m_plan->keyTypes, keys));
    Places places;
    sql::StateFieldsReader fields(record);
    Places::fields(places, fields);
    RW_TRY(fields.status());
    const std::size_t count = places.key.size();
    if (places.start.size() != count || places.end.size() != count || places.open.size() != count)
        return brokenState("places of sessions");

    const std::size_t firstKey = m_keys.size();
    RW_TRY(m_keys.restore(columns, keys, keyGroup));
    m_sessions.resizeKeys(m_keys.size());
    std::vector<std::uint32_t> sessions;
    for (std::size_t i = 0; i < count; ++i) {
        if (places.key[i] >= keys) return brokenState("the key of a session");
        const auto key = static_cast<std::uint32_t>(firstKey + places.key[i]);
        const Window window{places.end[i], places.start[i]};
        const bool open = places.open[i] != 0;
        if (!isSession(window)) return brokenState("a session");
        if (open && m_sessions.touching(key, window).front() != SessionStore::kNone)
            return brokenState("sessions that touch");
        sessions.push_back(m_sessions.add(key, window, open));
    }
    m_aggregates.resize(m_sessions.numbers());
    RW_TRY(m_aggregates.restore(sessions, record));
    if (m_plan->emitsUpdates()) RW_TRY(restoreShown(record, sessions));
    for (const std::uint32_t session : sessions) {
        const Instant last = m_sessions.at(session).window.end - 1;
        m_sessions.wake(session, last <= m_watermark ? last + m_plan->allowedLateness : nextLook(session));
    }
    return {};
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
