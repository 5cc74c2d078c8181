#include "core/views/table_view.h"

#include <algorithm>

namespace rw {

namespace {

/// A text that is equal for equal keys only: lengths keep neighbouring values apart.
std::string keyOf(const std::vector<ChartColumn>& columns, const Batch& batch, std::size_t row) {
    std::string key, cell;
    for (const ChartColumn& column : columns) {
        const Column& values = batch.column(column.index);
        if (values.isNull(row)) {
            key += "N;";
            continue;
        }
        cell.clear();
        appendLabel(cell, values, row);
        key += std::to_string(cell.size()) + ':' + cell + ';';
    }
    return key;
}

}  // namespace

int compareValues(const Value& a, const Value& b) {
    return a < b   ? -1
           : b < a ? 1
                   : 0;  // values of one column: the same alternative, or NULL, which is the first
}

TableView::TableView(TableInfo info) : m_info(std::move(info)) {}

TableRowRef TableView::rowAt(const Batch& batch, std::size_t row) const {
    auto values = std::make_shared<TableRow>();
    values->reserve(m_info.columns.size());
    for (const ChartColumn& column : m_info.columns)
        values->push_back(valueAt(batch.column(column.index), row));
    return values;
}

void TableView::add(const Batch& batch) {
    const auto hold = lock();
    count(batch, m_info.eventTime);
    m_info.updating ? update(batch) : append(batch);
    changed();
}

void TableView::append(const Batch& batch) {
    const std::size_t first = batch.rows > m_info.keep ? batch.rows - m_info.keep : 0;
    for (std::size_t row = first; row < batch.rows; ++row) m_rows.push_back(rowAt(batch, row));
    while (m_rows.size() > m_info.keep) m_rows.pop_front();
}

void TableView::update(const Batch& batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (batch.kind(row) == RowKind::UpdateBefore)
            continue;  // what it takes back is replaced by its after
        std::string key = keyOf(m_info.key, batch, row);
        const auto known = m_byKey.find(key);
        if (batch.kind(row) == RowKind::Delete) {
            if (known == m_byKey.end()) continue;
            m_table.erase(known->second);
            m_byKey.erase(known);
        } else if (known != m_byKey.end()) {
            known->second->row = rowAt(batch, row);
            m_table.splice(m_table.end(), m_table, known->second);
        } else {
            m_table.push_back({key, rowAt(batch, row)});
            m_byKey.emplace(std::move(key), std::prev(m_table.end()));
        }
    }
    while (m_table.size() > kMaxKeys) {
        m_byKey.erase(m_table.front().key);
        m_table.pop_front();
        ++m_forgotten;
    }
}

TableSnapshot TableView::snapshot(std::size_t maxRows) const {
    TableSnapshot result;
    {
        const auto hold = lock();
        result.totals = m_totals;
        result.forgotten = m_forgotten;
        result.rows.reserve(m_info.updating ? m_table.size() : m_rows.size());
        for (auto row = m_rows.rbegin(); row != m_rows.rend(); ++row) result.rows.push_back(*row);
        for (auto row = m_table.rbegin(); row != m_table.rend(); ++row) result.rows.push_back(row->row);
    }
    if (!m_info.order.empty()) {
        const auto before = [this](const TableRowRef& a, const TableRowRef& b) {
            for (const TableOrder& order : m_info.order) {
                const int compared = compareValues((*a)[order.column], (*b)[order.column]);
                if (compared != 0) return order.descending ? compared > 0 : compared < 0;
            }
            return false;
        };
        std::stable_sort(result.rows.begin(), result.rows.end(), before);
    }
    result.kept = std::min(result.rows.size(), m_info.keep);
    result.rows.resize(std::min(result.kept, maxRows));
    return result;
}

}  // namespace rw
