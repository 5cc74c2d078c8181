#include "core/views/table_view.h"

#include <algorithm>

#include "core/data/text.h"

namespace rw {

namespace {

/// As valueAt, with the start of a long text only.
Value cellAt(const Column& column, std::size_t row) {
    const bool tooLong = !column.isNull(row) && column.type().is(TypeId::String) &&
                         column.string(row).size() > TableView::kLongestCell;
    if (!tooLong) return valueAt(column, row);
    return shortened(column.string(row), TableView::kLongestCell);
}

std::size_t bytesOf(const TableRow& row) {
    std::size_t bytes = sizeof(TableRow) + row.size() * sizeof(Value);
    for (const Value& value : row) {
        if (const auto* text = std::get_if<std::string>(&value)) bytes += text->size();
    }
    return bytes;
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
        values->push_back(cellAt(batch.column(column.index), row));
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
    for (std::size_t row = first; row < batch.rows; ++row) {
        keep(rowAt(batch, row));
    }
}

void TableView::keep(TableRowRef row) {
    m_bytes += bytesOf(*row);
    m_rows.push_back(std::move(row));
    while (m_rows.size() > 1 && (m_rows.size() > m_info.keep || m_bytes > kMaxBytes)) {
        m_bytes -= bytesOf(*m_rows.front());
        m_rows.pop_front();
    }
}

void TableView::keep(Keyed keyed) {
    m_table.push_back(std::move(keyed));
    m_byKey.emplace(m_table.back().key, std::prev(m_table.end()));
    m_bytes += keyedBytes(m_table.back());
}

void TableView::update(const Batch& batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (batch.kind(row) == RowKind::UpdateBefore)
            continue;  // what it takes back is replaced by its after
        std::string key = rowName(m_info.key, batch, row);
        const auto known = m_byKey.find(key);
        if (batch.kind(row) == RowKind::Delete) {
            if (known == m_byKey.end()) continue;
            m_bytes -= keyedBytes(*known->second);
            m_table.erase(known->second);
            m_byKey.erase(known);
        } else if (known != m_byKey.end()) {
            m_bytes -= keyedBytes(*known->second);
            known->second->row = rowAt(batch, row);
            m_table.splice(m_table.end(), m_table, known->second);
            m_bytes += keyedBytes(*known->second);
        } else {
            keep({std::move(key), rowAt(batch, row)});
        }
        dropOldest();
    }
}

std::size_t TableView::keyedBytes(const Keyed& keyed) {
    // The key stands in both containers.
    return 2 * (sizeof keyed + keyed.key.size()) + bytesOf(*keyed.row);
}

void TableView::dropOldest() {
    while (m_table.size() > 1 && (m_table.size() > kMaxKeys || m_bytes > kMaxBytes)) {
        m_bytes -= keyedBytes(m_table.front());
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
        const std::size_t wanted = std::min<std::size_t>(m_info.keep, m_totals.rows);
        result.forgotten = m_info.updating ? m_forgotten : wanted - m_rows.size();
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
