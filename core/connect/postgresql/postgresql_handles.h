// Owners of what libpq hands out.
#pragma once
#include <libpq-fe.h>

#include <memory>

namespace rw {

struct PostgresqlDeleter {
    void operator()(PGresult* result) const { PQclear(result); }
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
    void operator()(char* memory) const { PQfreemem(memory); }
};

using PostgresqlResult = std::unique_ptr<PGresult, PostgresqlDeleter>;
using PostgresqlHandle = std::unique_ptr<PGconn, PostgresqlDeleter>;
using PostgresqlCancel = std::unique_ptr<PGcancel, PostgresqlDeleter>;
using PostgresqlMemory = std::unique_ptr<char, PostgresqlDeleter>;

}  // namespace rw
