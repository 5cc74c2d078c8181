#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {
constexpr std::uint32_t kColumnsVersion = 1;
}

void writeColumns(StateWriter& out, std::string_view name, std::span<const ColumnRef> columns) {
    for (const ColumnRef& column : columns) {
        out.record(name, kColumnsVersion, [&](StateWriter& record) { record.column("values", *column); });
    }
}

Result<std::vector<ColumnRef>> readColumns(const StateReader& state, std::string_view name,
                                           std::span<const Type> types, std::uint64_t rows) {
    RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records(name));
    if (records.size() != types.size()) return brokenState("the number of columns");
    std::vector<ColumnRef> columns;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].version() != kColumnsVersion) return brokenState("version of a column");
        RW_TRY_ASSIGN(ColumnRef column, records[i].column("values"));
        if (column->type() != types[i] || column->size() != rows) return brokenState("type of a column");
        columns.push_back(std::move(column));
    }
    return columns;
}

}  // namespace rw
