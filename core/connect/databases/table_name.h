// Names of tables as people write them: “orders”, “sales.orders”, “"Sales 2024".orders”.
#pragma once
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

struct TableName {
    std::string schema{};  ///< empty: the server finds it; of MariaDB the name of a database
    std::string table{};
    bool operator==(const TableName&) const = default;
};

/// Capitals stay as they are. A name that has a dot or a double quote stands between double quotes, which are
/// doubled in it.
Result<TableName> parseTableName(std::string_view text);
/// As parseTableName() reads it.
std::string toString(const TableName& name);

}  // namespace rw
