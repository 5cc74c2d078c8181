// The types of MariaDB and MySQL, and those of streams.
#pragma once
#include <mysql.h>

#include <string>

#include "core/connect/databases/database_table.h"
#include "core/data/type.h"

namespace rw {

/// A column of an answer.
DatabaseColumn mariadbColumn(const MYSQL_FIELD& field);

/// What information_schema.columns says of a column.
struct MariadbDeclared {
    std::string dataType{};    ///< “decimal”
    std::string columnType{};  ///< “decimal(10,2) unsigned”
    int precision = 0, scale = 0;
};
Type mariadbType(const MariadbDeclared& declared);

/// The declaration of a column for a type of a stream. Texts compare byte by byte, as streams do; in a key
/// they, and bytes, have 255 characters at most. TIMESTAMP, which is UTC, is DATETIME(3). `mysql`: MySQL's
/// names.
std::string mariadbDeclaration(Type type, bool inKey, bool mysql);

}  // namespace rw
