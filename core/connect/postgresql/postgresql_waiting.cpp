// Answers and notices that may take long, and who holds them up.
#include <cstdlib>
#include <utility>

#include "core/connect/postgresql/postgresql_client.h"

namespace rw {

std::string PostgresqlClient::session() const {
    return isConnected() ? std::to_string(PQbackendPID(m_handle.get())) : std::string();
}

std::unique_ptr<DatabaseClient> PostgresqlClient::another(About about) const {
    return std::make_unique<PostgresqlClient>(m_connection, std::move(about));
}

/// The one whose transaction is the oldest. A transaction that was prepared has the number 0.
Result<std::optional<LockHolder>> PostgresqlClient::lockHolder(const std::string& session) {
    RW_TRY_ASSIGN(const DatabaseRows rows,
                  query("SELECT p.pid, COALESCE(a.usename, a.backend_type), a.application_name, "
                        "(EXTRACT(EPOCH FROM pg_catalog.clock_timestamp() - a.xact_start) * 1000)::bigint "
                        "FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids($1::int)) AS p(pid) "
                        "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = p.pid "
                        "ORDER BY a.xact_start NULLS LAST LIMIT 1",
                        {session}));
    if (rows.rows.empty() || rows.rows.front().size() != 4) return std::optional<LockHolder>();
    const std::vector<DatabaseValue>& row = rows.rows.front();
    LockHolder holder;
    holder.session = row[0].value_or("");
    holder.prepared = holder.session == "0";
    holder.user = row[1].value_or("?");
    holder.program = row[2].value_or("");
    if (row[3] && !row[3]->empty()) holder.open = std::strtoll(row[3]->c_str(), nullptr, 10);
    return std::optional<LockHolder>(std::move(holder));
}

Result<bool> PostgresqlClient::hasAnswer(Millis within) {
    if (!m_handle) return lost();
    const std::int64_t until = m_clock->steadyMillis() + within;
    while (PQisBusy(m_handle.get()) != 0) {
        bool timeOver = false;
        RW_TRY(await(until, true, false, timeOver));
        if (timeOver) return false;
    }
    return true;
}

Result<bool> PostgresqlClient::awaitNotice(Millis within) {
    if (!isConnected()) return lost();
    const std::int64_t until = m_clock->steadyMillis() + within;
    for (;;) {
        bool any = false;
        while (PGnotify* const notice = PQnotifies(m_handle.get())) {
            PQfreemem(notice);
            any = true;
        }
        if (any) return true;
        bool timeOver = false;
        RW_TRY(await(until, true, false, timeOver));
        if (timeOver) return false;
    }
}

}  // namespace rw
