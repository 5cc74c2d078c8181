// The newest rows of a run, those of its tape, and its alerts (alert_rows.h), as tables of SQLite.
#pragma once
#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/data/batch.h"

namespace rw {

/// The schemas of such tables: of rows as they leave nodes, and of rows on a tape. Names without a schema are
/// looked up in this order.
inline constexpr std::string_view kLiveSchema = "live", kTapeSchema = "tape";

/// What a statement leaves to rows that it asks for.
struct AskedLimits {
    std::function<bool()>
        isOver{};           ///< the statement was stopped, or is out of time: the rows are not needed
    std::size_t bytes = 0;  ///< of the rows
};

struct LiveRows {
    std::string table;
    SchemaRef columns{};
    bool changes = false;  ///< rows may be changed and withdrawn: a column “op” before the others says how
    std::vector<Batch> rows{};
    /// In place of `rows`, asked on the thread of the query, and only by a statement that reads the table.
    /// One that takes long ends with any error once AskedLimits::isOver.
    std::function<Result<std::vector<Batch>>(const AskedLimits&)> later{};
    std::string_view schema = kLiveSchema;
};

/// The columns of the table: names that SQLite takes for one have a number behind them, as in “a”, “A_2”, and
/// types are those that an SQLite sink declares.
Schema liveColumns(const LiveRows& live);

/// Makes the empty table. Throws SQLite::Exception.
void makeLiveTable(SQLite::Database& database, const LiveRows& live);
/// Puts the rows in, stored as an SQLite sink stores them. An error of LiveRows::later; throws
/// SQLite::Exception.
Status fillLiveTable(SQLite::Database& database, const LiveRows& live, const AskedLimits& limits);

}  // namespace rw
