#include "core/connect/sqlite/lookup.h"

#include <utility>

namespace rw {

namespace {
constexpr std::size_t kRowsAtOnce = 16'384;  // some milliseconds of work
}  // namespace

std::shared_ptr<SqliteLookup> SqliteLookup::of(const MakeContext& context, const SqliteLookupTarget& target) {
    return context.scope->shared<SqliteLookup>("sqlite lookup of " + context.node, [&] {
        return std::make_shared<SqliteLookup>(target, context.clock);
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

Result<bool> SqliteLookup::read() {
    const std::lock_guard piece(m_reading);
    if (!due()) return false;
    if (!m_reader) {
        RW_TRY_ASSIGN(m_reader, SqliteTableReader::open(m_target.path, m_target.table, m_target.schema));
        m_next = std::make_shared<LookupTable>(m_target.schema, m_target.keys);
        const std::lock_guard hold(m_mutex);
        m_begun = true;
    }
    RW_TRY_ASSIGN(const Batch rows, m_reader->next(kRowsAtOnce));
    if (rows.rows > 0) {
        m_next->add(rows);
        if (m_next->rows().size() > m_mostRows || m_next->memoryBytes() > m_mostBytes) return tooLarge();
        return true;
    }
    m_reader.reset();
    const std::lock_guard hold(m_mutex);
    m_newest = std::move(m_next);
    m_begun = false;
    m_readAt = m_clock->now();
    m_readAtSteady = m_clock->steadyMillis();
    return false;
}

Status SqliteLookup::tooLarge() const {
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite", "Table “%1” is too large to be kept in memory: at most %2 rows or %3 MiB are.")
                .with(m_target.table, m_mostRows, m_mostBytes >> 20),
            RW_TEXT("sqlite", "Look rows up in a view with fewer rows, or declare fewer columns.")};
}

}  // namespace rw
