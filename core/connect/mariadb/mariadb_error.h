// The errors of MariaDB and MySQL, in words that say what to do.
#pragma once
#include <mysql.h>

#include <string>

#include "core/base/status.h"

namespace rw {

/// What the server or the client library says.
struct MariadbFault {
    unsigned number = 0;  ///< from 2000 to 2999, and 5000 on: the library's
    std::string said{};   ///< one line; holds no secret
};

struct MariadbPlace {
    std::string address{};  ///< “db:3306/shop”
    std::string database{}, user{};
    bool tls = false;
};

/// As DatabaseClient has it.
Status mariadbStatus(const MariadbFault& fault, const MariadbPlace& place);

MariadbFault faultOf(MYSQL& session);

}  // namespace rw
