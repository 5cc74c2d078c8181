#include "core/views/state_lists.h"

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

template <class Kept, class Stored>
Result<std::vector<Kept>> valuesOf(const StateReader& state, std::string_view name, TypeId type,
                                   bool (*good)(Stored)) {
    RW_TRY_ASSIGN(const ColumnRef column, columnOf(state, name, type));
    const auto values = column->values<Stored>();
    if (!std::all_of(values.begin(), values.end(), good)) return brokenState("a value of a chart");
    return std::vector<Kept>(values.begin(), values.end());
}

Result<std::vector<std::string>> textsOf(const StateReader& state, std::string_view name) {
    RW_TRY_ASSIGN(const ColumnRef column, columnOf(state, name, TypeId::String));
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < column->size(); ++row) texts.emplace_back(column->string(row));
    return texts;
}

}  // namespace

void ListWriter::writeTo(StateWriter& out) {
    for (auto& [name, column] : m_columns) {
        if (auto* const sums = std::get_if<sql::CellWriter>(&column)) {
            out.bytes(name, sums->bytes());
        } else {
            out.column(name, *std::get<ColumnBuilder>(column).finish());
        }
    }
}

template <class Opened>
void ListReader::keep(Result<Opened> column) {
    if (column.ok()) {
        m_columns.emplace_back(std::move(*column));
    } else if (m_status.ok()) {
        m_status = Status(column.error());
    }
}

void ListReader::open(std::string_view name, std::int64_t) {
    keep(valuesOf<std::int64_t, std::int64_t>(m_state, name, TypeId::Bigint,
                                              [](std::int64_t) { return true; }));
}

void ListReader::open(std::string_view name, std::uint64_t) {
    keep(valuesOf<std::uint64_t, std::int64_t>(m_state, name, TypeId::Bigint,
                                               [](std::int64_t value) { return value >= 0; }));
}

void ListReader::open(std::string_view name, double) {
    keep(valuesOf<double, double>(m_state, name, TypeId::Double,
                                  [](double value) { return std::isfinite(value); }));
}

void ListReader::open(std::string_view name, const std::string&) {
    keep(textsOf(m_state, name));
}

void ListReader::openCells(std::string_view name) {
    const Result<std::string_view> bytes = m_state.bytes(name);
    keep(bytes.ok() ? Result<sql::CellReader>(sql::CellReader(*bytes)) : bytes.status());
}

Result<std::size_t> ListReader::told(std::size_t most) {
    RW_TRY(m_status);
    m_told = true;
    std::optional<std::size_t> count;
    for (const Column& column : m_columns) {
        const auto sizeOf = [&](const auto& opened) {
            if constexpr (requires { opened.size(); }) return opened.size();
            return count.value_or(0);  // of sums the bytes tell how many there are when they have been read
        };
        const std::size_t size = std::visit(sizeOf, column);
        if (std::holds_alternative<sql::CellReader>(column)) continue;
        if (size > most || size != count.value_or(size)) return brokenState("a list of a chart");
        count = size;
    }
    return count.value_or(0);
}

Status ListReader::status() const {
    const bool read = std::all_of(m_columns.begin(), m_columns.end(), [](const Column& column) {
        const auto* const sums = std::get_if<sql::CellReader>(&column);
        return !sums || (sums->ok() && sums->atEnd());
    });
    return m_fits && read ? Status() : brokenState("a list of a chart");
}

}  // namespace rw
