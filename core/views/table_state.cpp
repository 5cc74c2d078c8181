// The state of a table in a snapshot: the rows that it has, those of an updating stream with their keys.
#include "core/views/state_fields.h"
#include "core/views/table_view.h"

namespace rw {

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
