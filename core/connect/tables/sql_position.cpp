#include "core/connect/tables/sql_position.h"

#include <utility>

namespace rw {

void writeSqlPosition(StateWriter& out, const SqlPosition& position) {
    for (const std::string& value : position.row) {
        out.record("row", 1, [&value](StateWriter& record) { record.bytes("value", value); });
    }
    out.u64("whole", position.whole ? 1 : 0);
    out.u64("rows", position.rows);
    out.u64("sum", position.sum);
    out.u64("lsn", position.lsn);
    out.u64("transaction", position.transaction);
    out.u64("changes", position.changes);
}

Result<SqlPosition> readSqlPosition(const StateReader& state) {
    SqlPosition position;
    RW_TRY_ASSIGN(const std::vector<StateReader> values, state.records("row"));
    for (const StateReader& value : values) {
        RW_TRY_ASSIGN(const std::string_view text, value.bytes("value"));
        position.row.emplace_back(text);
    }
    RW_TRY_ASSIGN(const std::uint64_t whole, state.u64("whole"));
    position.whole = whole != 0;
    RW_TRY_ASSIGN(position.rows, state.u64("rows"));
    RW_TRY_ASSIGN(position.sum, state.u64("sum"));
    RW_TRY_ASSIGN(position.lsn, state.u64("lsn"));
    RW_TRY_ASSIGN(position.transaction, state.u64("transaction"));
    RW_TRY_ASSIGN(position.changes, state.u64("changes"));
    return position;
}

}  // namespace rw
