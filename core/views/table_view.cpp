#include "core/views/table_view.h"

#include <algorithm>

#include "core/base/readable.h"
#include "core/data/visit_type.h"
#include "core/views/contributions.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

/// As valueAt, with the start of a long text or of many BYTES only.
Value cellAt(const Column& column, std::size_t row, std::size_t most) {
    const bool tooLong =
        !column.isNull(row) && isReference(column.type().id) && column.string(row).size() > most;
    if (!tooLong) return valueAt(column, row);
    if (column.type().is(TypeId::Bytes)) return std::string(column.string(row).substr(0, most + 1));
    return shortened(column.string(row), most);
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
    for (const ChartColumn& column : m_info.columns) {
        const bool explains = isContributions(column.name, column.type);
        const std::size_t most = explains ? kLongestContributions : kLongestCell;
        values->push_back(cellAt(batch.column(column.index), row, most));
    }
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
    // Rows without a key are told apart by their shown cells: that is the same picture.
    const std::vector<ChartColumn>& names = m_info.multiset ? m_info.columns : m_info.key;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        if (kind == RowKind::UpdateBefore && !m_info.multiset)
            continue;  // the row that it takes back is replaced by its after
        std::string key = rowName(names, batch, row);
        if (kind == RowKind::Delete || kind == RowKind::UpdateBefore) {
            takeBack(key);
        } else {
            put(std::move(key), batch, row);
        }
        dropOldest();
    }
}

void TableView::takeBack(const std::string& key) {
    const auto known = m_byKey.find(key);
    if (known == m_byKey.end() || --known->second->times > 0) return;
    m_bytes -= keyedBytes(*known->second);
    m_table.erase(known->second);
    m_byKey.erase(known);
}

void TableView::put(std::string key, const Batch& batch, std::size_t row) {
    const bool timed = m_info.eventTime >= 0 && !batch.column(m_info.eventTime).isNull(row);
    const Instant time = timed ? batch.column(m_info.eventTime).at<Instant>(row) : kMinTimestamp;
    const auto known = m_byKey.find(key);
    if (known == m_byKey.end()) return keep({std::move(key), rowAt(batch, row), time});
    Keyed& keyed = *known->second;
    m_bytes -= keyedBytes(keyed);
    keyed.row = rowAt(batch, row);
    keyed.time = time;
    if (m_info.multiset) ++keyed.times;
    m_table.splice(m_table.end(), m_table, known->second);
    m_bytes += keyedBytes(keyed);
}

std::size_t TableView::keyedBytes(const Keyed& keyed) {
    // The key stands in both containers.
    return 2 * (sizeof keyed + keyed.key.size()) + bytesOf(*keyed.row);
}

void TableView::dropOldest() {
    while (m_table.size() > 1 && (m_table.size() > kMaxKeys || m_bytes > kMaxBytes)) {
        m_bytes -= keyedBytes(m_table.front());
        m_forgotten += m_table.front().times;
        m_byKey.erase(m_table.front().key);
        m_table.pop_front();
    }
}

/// Rows that a window made are final when the watermark is less than 2 ms behind them.
bool TableView::isOpen(const Keyed& keyed) const {
    return m_info.eventTime >= 0 && keyed.time > saturatingAdd(m_totals.watermark, 1);
}

/// The newest first.
std::vector<TableView::Shown> TableView::shown() const {
    std::vector<Shown> all;
    all.reserve(m_info.updating ? m_table.size() : m_rows.size());
    for (auto row = m_rows.rbegin(); row != m_rows.rend(); ++row) all.push_back({*row, 1, false});
    for (auto each = m_table.rbegin(); each != m_table.rend(); ++each)
        all.push_back({each->row, each->times, isOpen(*each)});
    return all;
}

TableSnapshot TableView::snapshot(std::size_t maxRows) const {
    TableSnapshot result;
    std::vector<Shown> all;
    {
        const auto hold = lock();
        result.totals = m_totals;
        const std::size_t wanted = std::min<std::size_t>(m_info.keep, m_totals.rows);
        result.forgotten = m_info.updating ? m_forgotten : wanted - m_rows.size();
        all = shown();
    }
    if (!m_info.order.empty()) {
        const auto before = [this](const Shown& a, const Shown& b) {
            for (const TableOrder& order : m_info.order) {
                const int compared = compareValues((*a.row)[order.column], (*b.row)[order.column]);
                if (compared != 0) return order.descending ? compared > 0 : compared < 0;
            }
            return false;
        };
        std::stable_sort(all.begin(), all.end(), before);
    }
    for (const Shown& each : all) {
        const std::size_t times = std::min(each.times, m_info.keep - result.kept);
        const std::size_t fit = std::min(times, maxRows - std::min(maxRows, result.kept));
        result.kept += times;
        result.rows.insert(result.rows.end(), fit, each.row);
        result.open.insert(result.open.end(), fit, each.open);
        if (each.open) result.provisional += fit;
    }
    if (result.provisional == 0) result.open.clear();
    return result;
}

// Its rows, those of an updating stream with their keys.
void TableView::fields(StateFields& state) {
    state("forgotten", m_forgotten);
    std::list<Keyed> restored;
    std::list<Keyed>& table = state.restores() ? restored : m_table;
    if (m_info.updating) {
        state.list(table, kMaxKeys, [](auto& keyed, auto& field) {
            field("key", keyed.key);
            field("time", keyed.time);
            field("times", keyed.times);
        });
    }
    std::vector<ColumnRef> columns;
    if (!state.restores()) columns = keptColumns();
    state.records("column", columns, m_info.columns.size(),
                  [](auto& column, StateFields& record) { record("values", column); });
    if (state.restores()) state.require(take(columns, std::move(restored)), "rows of a table");
}

std::vector<ColumnRef> TableView::keptColumns() const {
    std::vector<ColumnRef> columns;
    for (std::size_t i = 0; i < m_info.columns.size(); ++i) {
        ColumnBuilder column(m_info.columns[i].type);
        for (const TableRowRef& row : m_rows) appendValue(column, (*row)[i]);
        for (const Keyed& keyed : m_table) appendValue(column, (*keyed.row)[i]);
        columns.push_back(column.finish());
    }
    return columns;
}

bool TableView::take(const std::vector<ColumnRef>& columns, std::list<Keyed> table) {
    if (columns.size() != m_info.columns.size()) return false;
    const std::size_t rows = columns.empty() ? table.size() : columns.front()->size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i]->type() != m_info.columns[i].type || columns[i]->size() != rows) return false;
    }
    if (m_info.updating ? table.size() != rows : rows > m_info.keep || rows > m_totals.rows) return false;
    for (std::size_t row = 0; row < rows; ++row) {
        auto values = std::make_shared<TableRow>();
        for (const ColumnRef& column : columns) values->push_back(valueAt(*column, row));
        if (!m_info.updating) {
            keep(TableRowRef(std::move(values)));
            continue;
        }
        Keyed keyed = std::move(table.front());
        table.pop_front();
        if (keyed.times == 0 || (keyed.times > 1 && !m_info.multiset) || m_byKey.contains(keyed.key))
            return false;
        keyed.row = std::move(values);
        keep(std::move(keyed));
    }
    return true;
}

}  // namespace rw
