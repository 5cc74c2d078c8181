#include "core/connect/sqlite/lookup.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"

namespace rw {

namespace {
constexpr std::size_t kRowsAtOnce = 16'384;  // some milliseconds of work
constexpr Millis kLongestPause = 500;        // before a table that others change is read again
}  // namespace

std::shared_ptr<SqliteLookup> SqliteLookup::of(const MakeContext& context, const SqliteLookupTarget& target) {
    return context.scope->shared<SqliteLookup>("sqlite lookup of " + context.node, [&] {
        SqliteLookupTarget found = target;
        found.files = context.files;
        auto made = std::make_shared<SqliteLookup>(std::move(found), context.clock);
        if (context.recorder) made->record(*context.recorder, context.node);
        return made;
    });
}

SqliteLookup::SqliteLookup(SqliteLookupTarget target, std::shared_ptr<Clock> clock, std::size_t mostRows,
                           std::size_t mostBytes)
    : m_target(std::move(target)), m_clock(std::move(clock)), m_mostRows(mostRows), m_mostBytes(mostBytes) {}

LookupTableRef SqliteLookup::newest() const {
    const std::lock_guard hold(m_mutex);
    return m_newest;
}

Instant SqliteLookup::readAt() const {
    const std::lock_guard hold(m_mutex);
    return m_readAt;
}

bool SqliteLookup::due() const {
    const std::lock_guard hold(m_mutex);
    return !m_newest || m_begun || m_clock->steadyMillis() >= saturatingAdd(m_readAtSteady, m_target.refresh);
}

void SqliteLookup::record(LookupRecorder& tape, const NodeId& node) {
    m_recorded = std::make_unique<RecordedTables>(tape, TapeLookup{node, m_target.schema, m_target.by});
}

Result<bool> SqliteLookup::read(Instant) {
    std::unique_lock piece(m_reading, std::try_to_lock);
    if (!piece) {
        // A disk or a lock may block the reading thread: rows that have a table go on with it.
        if (newest()) return false;
        piece.lock();
    }
    if (m_whole || !m_failed.ok() || !due()) return false;
    Result<bool> more = readRows();
    const bool over = !more.ok() || !*more;
    if (over && m_reader && !m_reader->isOfOneMoment(m_opened)) more = again();
    m_whole = more.ok() && !*more;
    if (!more.ok()) m_failed = more.status();
    if (!more.ok() || m_whole) m_reader.reset();
    return more;
}

Result<bool> SqliteLookup::adopt() {
    // A disk or a lock may block the reading thread.
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
    m_changed = 0;
    const std::lock_guard hold(m_mutex);
    m_newest = m_recorded ? m_recorded->newest() : LookupTableRef(std::move(m_next));
    m_next.reset();
    m_begun = false;
    m_readAt = now;
    m_readAtSteady = m_clock->steadyMillis();
    return false;
}

Result<bool> SqliteLookup::readRows() {
    if (!m_reader) {
        m_opened = m_clock->now();
        RW_TRY_ASSIGN(m_reader, SqliteTableReader::open(m_target.path, m_target.table, m_target.schema,
                                                        m_target.files.get()));
        m_next = std::make_shared<LookupTable>(m_target.schema, m_target.keys);
        if (m_recorded) m_recorded->begin();
        const std::lock_guard hold(m_mutex);
        m_begun = true;
    }
    RW_TRY_ASSIGN(const Batch rows, m_reader->next(kRowsAtOnce));
    if (rows.rows == 0) return false;
    m_next->add(rows);
    if (m_next->rows().size() > m_mostRows || m_next->memoryBytes() > m_mostBytes) return tooLarge();
    if (m_recorded) m_recorded->read(rows);
    return true;
}

Result<bool> SqliteLookup::again() {
    m_reader.reset();
    if (++m_changed < kMostReadings) {
        m_clock->sleep(std::min(SqliteTableReader::kTick << m_changed, kLongestPause));
        return true;
    }
    return Status(ErrorCode::Io,
                  RW_TEXT("sqlite", "Table “%1” was changed by another program each of the %2 times it was read.")
                      .with(m_target.table, m_changed),
                  RW_TEXT("sqlite",
                          "Let that program keep the database open: then a table can be read while it is changed."));
}

Status SqliteLookup::tooLarge() const {
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite", "Table “%1” is too large to be kept in memory: at most %2 rows or %3 MiB are.")
                .with(m_target.table, figures::count(m_mostRows), m_mostBytes >> 20),
            RW_TEXT("sqlite", "Look rows up in a view with fewer rows, or declare fewer columns.")};
}

}  // namespace rw
