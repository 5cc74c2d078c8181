#include "core/views/state_fields.h"

#include <algorithm>
#include <cmath>

namespace rw {

namespace {

Result<ColumnRef> columnOf(const StateReader& state, std::string_view name, TypeId type) {
    RW_TRY_ASSIGN(ColumnRef column, state.column(name));
    if (!column->type().is(type) || column->validity().nullCount(column->size()) > 0)
        return brokenState("a list of a chart");
    return column;
}

}  // namespace

Result<std::vector<std::int64_t>> restoreIntegers(const StateReader& state, std::string_view name) {
    RW_TRY_ASSIGN(const ColumnRef column, columnOf(state, name, TypeId::Bigint));
    const auto values = column->values<std::int64_t>();
    return std::vector<std::int64_t>(values.begin(), values.end());
}

Result<std::vector<std::uint64_t>> restoreCounts(const StateReader& state, std::string_view name) {
    RW_TRY_ASSIGN(const std::vector<std::int64_t> values, restoreIntegers(state, name));
    if (std::any_of(values.begin(), values.end(), [](std::int64_t value) { return value < 0; }))
        return brokenState("a count of a chart");
    return std::vector<std::uint64_t>(values.begin(), values.end());
}

Result<std::vector<double>> restoreDoubles(const StateReader& state, std::string_view name) {
    RW_TRY_ASSIGN(const ColumnRef column, columnOf(state, name, TypeId::Double));
    const auto values = column->values<double>();
    if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); }))
        return brokenState("a value of a chart");
    return std::vector<double>(values.begin(), values.end());
}

Result<std::vector<std::string>> restoreTexts(const StateReader& state, std::string_view name) {
    RW_TRY_ASSIGN(const ColumnRef column, columnOf(state, name, TypeId::String));
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < column->size(); ++row) texts.emplace_back(column->string(row));
    return texts;
}

void ListWriter::writeTo(StateWriter& out) {
    for (auto& [name, column] : m_columns) out.column(name, *column.finish());
}

Result<std::size_t> ListReader::told(std::size_t most) {
    RW_TRY(m_status);
    m_told = true;
    const auto sizeOf = [](const Columns& columns) {
        return std::visit([](const auto& column) { return column.size(); }, columns);
    };
    const std::size_t count = m_columns.empty() ? 0 : sizeOf(m_columns.front());
    const bool same = std::all_of(m_columns.begin(), m_columns.end(),
                                  [&](const Columns& columns) { return sizeOf(columns) == count; });
    if (!same || count > most) return brokenState("a list of a chart");
    return count;
}

}  // namespace rw
