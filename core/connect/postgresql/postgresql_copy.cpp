// COPY, both ways.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "core/connect/postgresql/postgresql_client.h"

namespace rw {

namespace {
constexpr std::size_t kCopyPiece = 256 * 1024;  // bytes that are given to libpq at once
}

Status PostgresqlClient::beginCopyIn(const std::string& statement) {
    RW_TRY(send(statement));
    RW_TRY_ASSIGN(const PostgresqlResult result, next());
    if (result && PQresultStatus(result.get()) == PGRES_COPY_IN) return {};
    close();
    return {ErrorCode::Internal, RW_TEXT("databases", "The statement is no COPY FROM STDIN.")};
}

Status PostgresqlClient::copyIn(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, kCopyPiece);
        const int taken = PQputCopyData(m_handle.get(), piece.data(), static_cast<int>(piece.size()));
        if (taken < 0) return lost();
        if (taken == 0) {
            RW_TRY(await(true, true));
            continue;
        }
        bytes.remove_prefix(piece.size());
        RW_TRY(flush());
    }
    return {};
}

Result<std::uint64_t> PostgresqlClient::endCopyIn() {
    for (int ended = 0; ended == 0;) {
        ended = PQputCopyEnd(m_handle.get(), nullptr);
        if (ended < 0) return lost();
        if (ended == 0) RW_TRY(await(true, true));
    }
    RW_TRY(flush());
    RW_TRY_ASSIGN(const PostgresqlResult result, next());
    RW_TRY(finish());
    if (!result) return lost();
    return static_cast<std::uint64_t>(std::strtoull(PQcmdTuples(result.get()), nullptr, 10));
}

Status PostgresqlClient::beginCopyOut(const std::string& statement) {
    RW_TRY(send(statement));
    RW_TRY_ASSIGN(const PostgresqlResult result, next());
    const ExecStatusType got = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
    if (got == PGRES_COPY_OUT || got == PGRES_COPY_BOTH) return {};
    close();
    return {ErrorCode::Internal, RW_TEXT("databases", "The statement is no COPY TO STDOUT.")};
}

Result<PostgresqlClient::CopiedOut> PostgresqlClient::copyOut(Millis within) {
    if (!m_handle) return lost();
    std::optional<std::int64_t> until;  // most rows are there at once, and need no look at the clock
    CopiedOut out;
    for (;;) {
        char* memory = nullptr;
        const int bytes = PQgetCopyData(m_handle.get(), &memory, 1);
        out.bytes.reset(memory);
        if (bytes > 0) {
            out.view = std::string_view(memory, static_cast<std::size_t>(bytes));
            return out;
        }
        if (bytes == -2) return lost();
        if (bytes == -1) {
            out.over = true;
            RW_TRY(finish());
            return out;
        }
        if (!until) until = m_clock->steadyMillis() + within;
        bool timeOver = false;
        RW_TRY(await(*until, true, false, timeOver));
        if (timeOver) return out;
    }
}

}  // namespace rw
