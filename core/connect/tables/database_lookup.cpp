#include "core/connect/tables/database_lookup.h"

#include <utility>

#include "core/base/figures.h"
#include "core/connect/tables/table_rows.h"

namespace rw {

namespace {
constexpr std::size_t kLookupRowsAtOnce = 16'384;  // some milliseconds of work
constexpr Millis kLookupPatience = 30'000, kLookupPause = 250;
}  // namespace

std::shared_ptr<DatabaseLookup> DatabaseLookup::of(const MakeContext& context,
                                                   const NodeConnection& connection,
                                                   const DatabaseLookupTarget& target) {
    return context.scope->shared<DatabaseLookup>("database lookup of " + context.node, [&] {
        auto made = std::make_shared<DatabaseLookup>(connection, target, context.clock);
        if (context.recorder) made->record(*context.recorder, context.node);
        return made;
    });
}

DatabaseLookup::DatabaseLookup(const NodeConnection& connection, DatabaseLookupTarget target,
                               std::shared_ptr<Clock> clock, std::size_t mostRows, std::size_t mostBytes)
    : m_target(std::move(target)),
      m_clock(std::move(clock)),
      m_mostRows(mostRows),
      m_mostBytes(mostBytes),
      m_session(RowsSession::of(connection, {})) {}

LookupTableRef DatabaseLookup::newest() const {
    const std::lock_guard hold(m_mutex);
    return m_newest;
}

Instant DatabaseLookup::readAt() const {
    const std::lock_guard hold(m_mutex);
    return m_readAt;
}

bool DatabaseLookup::due() const {
    const std::lock_guard hold(m_mutex);
    return !m_newest || m_begun || m_clock->steadyMillis() >= saturatingAdd(m_readAtSteady, m_target.refresh);
}

void DatabaseLookup::record(LookupRecorder& tape, const NodeId& node) {
    m_recorded =
        std::make_unique<RecordedTables>(tape, TapeLookup{node, m_target.reading.schema, m_target.by});
}

Result<bool> DatabaseLookup::read(Instant) {
    std::unique_lock piece(m_reading, std::try_to_lock);
    if (!piece) {
        // The server may block the reading thread: rows that have a table go on with it.
        if (newest()) return false;
        piece.lock();
    }
    if (m_whole || !m_failed.ok() || !due()) return false;
    Result<bool> more = readRows();
    if (!more.ok()) {
        m_session->client().close();
        m_isOpen = false;
        if (waitsOut(more.status())) return true;
        m_failed = more.status();
        return more;
    }
    m_awaySince = -1;
    m_whole = !*more;
    if (m_whole) {
        m_session->client().close();
        m_isOpen = false;
    }
    return more;
}

bool DatabaseLookup::waitsOut(const Status& why) {
    if (why.error().code != ErrorCode::Io) return false;
    const std::int64_t now = m_clock->steadyMillis();
    if (m_awaySince < 0) m_awaySince = now;
    if (now - m_awaySince >= kLookupPatience) return false;
    m_clock->sleep(kLookupPause);
    return true;
}

Result<bool> DatabaseLookup::adopt() {
    const std::unique_lock piece(m_reading, std::try_to_lock);
    if (!piece) return false;
    if (!m_failed.ok()) {
        if (m_recorded) m_recorded->fail(m_failed);
        return m_failed;
    }
    if (!m_whole) return false;
    const Instant now = m_clock->now();
    if (m_recorded && !m_recorded->put(m_next, now)) return true;
    m_whole = false;
    const std::lock_guard hold(m_mutex);
    m_newest = m_recorded ? m_recorded->newest() : LookupTableRef(std::move(m_next));
    m_next.reset();
    m_begun = false;
    m_readAt = now;
    m_readAtSteady = m_clock->steadyMillis();
    return false;
}

Status DatabaseLookup::begin() {
    RW_TRY(m_session->client().connect());
    RW_TRY_ASSIGN(m_selected, selectColumns(*m_session, m_target.reading));
    RW_TRY(
        m_session->open("SELECT " + m_selected.items + " FROM " + m_selected.from, m_selected.forms->size()));
    m_isOpen = true;
    m_next = std::make_shared<LookupTable>(m_target.reading.schema, m_target.keys);
    if (m_recorded) m_recorded->begin();
    const std::lock_guard hold(m_mutex);
    m_begun = true;
    return {};
}

Result<bool> DatabaseLookup::readRows() {
    if (!m_isOpen) RW_TRY(begin());
    RW_TRY_ASSIGN(const Batch rows, takeBatch(*m_session, m_selected, m_target.reading, kLookupRowsAtOnce));
    if (rows.rows == 0) return false;
    m_next->add(rows);
    if (m_next->rows().size() > m_mostRows || m_next->memoryBytes() > m_mostBytes) return tooLarge();
    if (m_recorded) m_recorded->read(rows);
    return true;
}

Status DatabaseLookup::tooLarge() const {
    return {
        ErrorCode::Invalid,
        RW_TEXT("tables", "Table “%1” is too large to be kept in memory: at most %2 rows or %3 MiB are.")
            .with(m_target.reading.name(), figures::count(m_mostRows), m_mostBytes >> 20),
        RW_TEXT("tables", "Look rows up by key, or in a view with fewer rows, or declare fewer columns.")};
}

}  // namespace rw
