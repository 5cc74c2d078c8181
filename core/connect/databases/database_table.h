// Tables of a database server, as it describes them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/databases/table_name.h"
#include "core/data/type.h"

namespace rw {

struct DatabaseColumn {
    std::string name{};
    std::string declared{};  ///< the server's type: “character varying(20)”
    Type type{};             ///< of its values in a stream
    /// Types that a stream does not have are read as the server's text of them, by a cast.
    bool asText = false;
    bool nullable = true;
    bool hasDefault = false;     ///< a row may leave it out; also of one that the server numbers
    bool isGenerated = false;    ///< the server computes it: no row may give it
    std::uint32_t wireType = 0;  ///< the server's number of the type; of a PostgreSQL domain that of its base
};

struct DatabaseTable {
    TableName name{};  ///< with its schema
    bool isView = false;
    std::vector<DatabaseColumn> columns{};
    std::vector<std::string> primaryKey{};
    /// Columns of indexes that hold each combination once, for all rows; the primary key first.
    std::vector<std::vector<std::string>> uniqueKeys{};

    const DatabaseColumn* find(std::string_view column) const;
    /// Whether one of uniqueKeys has these columns, in any order.
    bool isUnique(const std::vector<std::string>& columns) const;
};

/// A table in a list of all.
struct DatabaseTableSize {
    TableName name{};
    bool isView = false;
    std::int64_t rows = -1;   ///< as the server estimates; less than 0: it does not know
    std::int64_t bytes = -1;  ///< on its disk, with indexes; less than 0: it does not know
    bool operator==(const DatabaseTableSize&) const = default;
};

}  // namespace rw
