#include "core/views/state_lists.h"

namespace rw {

void ListWriter::open(std::string_view name, std::optional<TypeId> type) {
    m_columns.push_back({name});
    if (type) m_columns.back().values.emplace(Type::of(*type));
}

void ListWriter::writeTo(StateWriter& out) {
    for (auto& [name, values, sums] : m_columns) {
        if (values) {
            out.column(name, *values->finish());
        } else {
            out.bytes(name, sums.bytes());
        }
    }
}

void ListReader::open(std::string_view name, std::optional<TypeId> type) {
    Result<Column> column = opened(name, type);
    if (column.ok()) {
        m_columns.push_back(std::move(*column));
    } else if (m_status.ok()) {
        m_status = column.status();
    }
}

Result<ListReader::Column> ListReader::opened(std::string_view name, std::optional<TypeId> type) const {
    if (!type) {
        RW_TRY_ASSIGN(const std::string_view sums, m_state.bytes(name));
        return Column{{}, sql::CellReader(sums)};
    }
    RW_TRY_ASSIGN(ColumnRef values, m_state.column(name));
    if (!values->type().is(*type) || values->validity().nullCount(values->size()) > 0)
        return brokenState("a list of a chart");
    return Column{std::move(values)};
}

Result<std::size_t> ListReader::told(std::size_t most) {
    RW_TRY(m_status);
    m_told = true;
    std::optional<std::size_t> count;
    for (const Column& column : m_columns) {
        if (!column.values) continue;
        const std::size_t size = column.values->size();
        if (size > most || size != count.value_or(size)) return brokenState("a list of a chart");
        count = size;
    }
    return count.value_or(0);
}

Status ListReader::status() const {
    bool whole = m_fit;
    for (const Column& column : m_columns) whole = whole && column.sums.ok() && column.sums.atEnd();
    return whole ? Status() : brokenState("a list of a chart");
}

}  // namespace rw
