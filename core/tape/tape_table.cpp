#include "core/tape/tape_table.h"

#include <algorithm>

#include "core/data/state_reader.h"
#include "core/tape/tape_text.h"

namespace rw {

std::string saveTableRows(const TapeTable& table) {
    StateWriter out;
    out.batch("rows", table.rows);
    return out.finish();
}

Result<Batch> loadTableRows(std::string_view payload, const SchemaRef& schema) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(payload));
    RW_TRY_ASSIGN(Batch rows, in.batch("rows"));
    const bool whole = rows.columns.size() == schema->size() && *rows.schema == *schema &&
                       std::all_of(rows.columns.begin(), rows.columns.end(),
                                   [](const ColumnRef& column) { return column != nullptr; });
    if (!whole) return brokenState("the columns of a table");
    rows.schema = schema;
    return rows;
}

std::string saveTable(const TapeTable& table) {
    StateWriter out;
    out.u64("kind", static_cast<std::uint64_t>(table.kind));
    out.i64("from", table.from);
    out.i64("read_at", table.readAt);
    saveStatus(out, "failed", table.failed);
    return out.finish();
}

Result<TapeTable> loadTable(std::string_view payload) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(payload));
    TapeTable table;
    RW_TRY_ASSIGN(const std::uint64_t kind, in.u64("kind"));
    if (kind < static_cast<std::uint64_t>(TapeTable::Kind::Met) ||
        kind > static_cast<std::uint64_t>(TapeTable::Kind::Failed))
        return brokenState("kind of a table");
    table.kind = static_cast<TapeTable::Kind>(kind);
    RW_TRY_ASSIGN(table.from, in.i64("from"));
    RW_TRY_ASSIGN(table.readAt, in.i64("read_at"));
    RW_TRY(loadStatus(in, "failed", table.failed));
    return table;
}

}  // namespace rw
