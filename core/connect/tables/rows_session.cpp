#include "core/connect/tables/rows_session.h"

#include <utility>

#include "core/connect/tables/mariadb_session.h"
#include "core/connect/tables/postgresql_session.h"

namespace rw {

std::unique_ptr<RowsSession> RowsSession::of(const NodeConnection& connection,
                                             std::function<bool()> givesUp) {
    if (connection.kind() == "mariadb")
        return std::make_unique<MariadbSession>(connection, std::move(givesUp));
    return std::make_unique<PostgresqlSession>(connection, std::move(givesUp));
}

Status RowsSession::unreadable() {
    return {ErrorCode::Internal, RW_TEXT("tables", "The server sent rows that can't be read."),
            RW_TEXT("tables", "See whether something between here and the server changes what is sent.")};
}

}  // namespace rw
