// Whether the rows of a stream fit into a table that is there, and the statement that makes one that is not.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/connect/databases/database_client.h"
#include "core/connect/databases/table_target.h"

namespace rw {

/// Whether a column takes values of that type of a stream without a loss that nobody is told of.
using TakesType = std::function<bool(Type type, const DatabaseColumn& column)>;

/// The number of the table's column for each of the stream's, by name. Invalid: one is missing, needed,
/// computed by the server, or of another type; or no index of the table names its rows by the key.
Result<std::vector<std::size_t>> fittingColumns(const DatabaseTable& table, const TableTarget& target,
                                                const TakesType& takes);

/// CREATE TABLE of the stream's columns, the key as its primary key.
std::string createStatement(const DatabaseClient& client, const TableTarget& target);

}  // namespace rw
