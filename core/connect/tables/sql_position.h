// How far a table was read.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/connect/tables/pg_output.h"
#include "core/data/state_reader.h"

namespace rw {

struct SqlPosition {
    /// Of the row that was given last: of a snapshot its key, of a growing table its cursor; none: no row was
    /// given, or the rows have no key.
    std::vector<std::string> row{};
    bool whole = false;  ///< all rows of the snapshot were given

    // Of a snapshot without a key.
    std::uint64_t rows = 0;  ///< that were given
    std::uint64_t sum = 0;   ///< of what is in them

    // Of changes. Rows up to `row`, all where it is `whole`, are as of `lsn`; the others were not given.
    PgLsn lsn = 0;              ///< 0: nothing was begun
    PgLsn transaction = 0;      ///< the one behind it of which changes were given; 0: none
    std::uint64_t changes = 0;  ///< so many of it were

    bool operator==(const SqlPosition&) const = default;
};

void writeSqlPosition(StateWriter& out, const SqlPosition& position);
Result<SqlPosition> readSqlPosition(const StateReader& state);

}  // namespace rw
