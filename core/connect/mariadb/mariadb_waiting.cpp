// Who holds a statement up.
#include <utility>

#include "core/connect/mariadb/mariadb_client.h"

namespace rw {

std::string MariadbClient::session() const {
    return isConnected() ? std::to_string(mysql_thread_id(m_session.get())) : std::string();
}

std::unique_ptr<DatabaseClient> MariadbClient::another(About about) const {
    return std::make_unique<MariadbClient>(m_connection, std::move(about));
}

/// Row locks are listed for who has the right PROCESS, locks of whole tables for nobody; but each user sees
/// that his own session waits.
Result<std::optional<LockHolder>> MariadbClient::lockHolder(const std::string& session) {
    const Result<DatabaseRows> locks = query(
        "SELECT b.trx_mysql_thread_id, p.user, p.host FROM information_schema.INNODB_LOCK_WAITS w "
        "JOIN information_schema.INNODB_TRX r ON r.trx_id = w.requesting_trx_id "
        "JOIN information_schema.INNODB_TRX b ON b.trx_id = w.blocking_trx_id "
        "LEFT JOIN information_schema.PROCESSLIST p ON p.id = b.trx_mysql_thread_id "
        "WHERE r.trx_mysql_thread_id = ? ORDER BY b.trx_started LIMIT 1",
        {session});
    LockHolder holder;
    if (locks.ok() && !locks->rows.empty() && locks->rows.front().size() == 3) {
        const std::vector<DatabaseValue>& row = locks->rows.front();
        holder.session = row[0].value_or("");
        holder.user = row[1].value_or("?");
        holder.program = row[2].value_or("");
        return std::optional<LockHolder>(std::move(holder));
    }
    // MySQL has other lists.
    if (!locks.ok() && !isConnected()) return locks.status();
    RW_TRY_ASSIGN(const DatabaseRows own,
                  query("SELECT 1 FROM information_schema.PROCESSLIST WHERE id = ? AND "
                        "state LIKE 'Waiting for%lock%'",
                        {session}));
    if (own.rows.empty()) return std::optional<LockHolder>();
    return std::optional<LockHolder>(std::move(holder));
}

}  // namespace rw
