// The errors of PostgreSQL, in words that say what to do.
#pragma once
#include <string>

#include "core/base/status.h"
#include "core/connect/postgresql/postgresql_handles.h"

namespace rw {

/// What the server or libpq says.
struct PostgresqlFault {
    std::string state{};  ///< SQLSTATE, five characters; empty: libpq says it, or no server answered
    std::string said{};   ///< one line; holds no secret
    std::string table{}, column{}, constraint{};  ///< that it is about; may be empty
};

/// Where it happened.
struct PostgresqlPlace {
    std::string address{};  ///< “db:5432/shop”
    std::string database{}, user{};
    bool tls = false;
    bool connecting = false;  ///< while signing in
};

/// As DatabaseClient has it.
Status postgresqlStatus(const PostgresqlFault& fault, const PostgresqlPlace& place);

PostgresqlFault faultOf(const PGresult& result);
/// Of an attempt to connect, with the SQLSTATE of the server where it has answered: verbosity is
/// PQERRORS_VERBOSE.
PostgresqlFault connectFaultOf(const PGconn& connection);

}  // namespace rw
