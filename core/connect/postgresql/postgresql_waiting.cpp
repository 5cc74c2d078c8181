// Answers and notices that may take long.
#include "core/connect/postgresql/postgresql_client.h"

namespace rw {

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
