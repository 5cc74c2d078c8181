// What a table keeps in a snapshot: the rows that it has, those of an updating stream with their keys.
#include <algorithm>

#include "core/views/state_lists.h"
#include "core/views/table_view.h"

namespace rw {

namespace {

Status brokenRows() {
    return brokenState("rows of a table");
}

}  // namespace

void TableView::savePicture(StateWriter& out) const {
    out.u64("forgotten", m_forgotten);
    if (m_info.updating) {
        saveTexts(out, "key", m_table, [](const Keyed& keyed) { return keyed.key; });
        saveIntegers(out, "time", m_table, [](const Keyed& keyed) { return keyed.time; });
        saveIntegers(out, "times", m_table, [](const Keyed& keyed) { return keyed.times; });
    }
    for (std::size_t i = 0; i < m_info.columns.size(); ++i) {
        ColumnBuilder column(m_info.columns[i].type);
        for (const TableRowRef& row : m_rows) appendValue(column, (*row)[i]);
        for (const Keyed& keyed : m_table) appendValue(column, (*keyed.row)[i]);
        out.record("column", 1, [&](StateWriter& record) { record.column("values", *column.finish()); });
    }
}

Status TableView::restorePicture(const StateReader& state) {
    RW_TRY_ASSIGN(m_forgotten, state.u64("forgotten"));
    RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records("column"));
    if (records.size() != m_info.columns.size()) return brokenRows();
    std::vector<ColumnRef> columns;
    for (std::size_t i = 0; i < records.size(); ++i) {
        RW_TRY_ASSIGN(ColumnRef column, records[i].column("values"));
        const bool fits = column->type() == m_info.columns[i].type &&
                          (columns.empty() || column->size() == columns.front()->size());
        if (!fits) return brokenRows();
        columns.push_back(std::move(column));
    }
    std::vector<std::string> keys;
    std::vector<std::int64_t> moments;
    std::vector<std::uint64_t> times;
    if (m_info.updating) {
        RW_TRY_ASSIGN(keys, restoreTexts(state, "key"));
        RW_TRY_ASSIGN(moments, restoreIntegers(state, "time"));
        RW_TRY_ASSIGN(times, restoreCounts(state, "times"));
        const auto wrong = [this](std::uint64_t count) {
            return count == 0 || (count > 1 && !m_info.multiset);
        };
        if (!samePartsOf(kMaxKeys, keys, moments, times) || std::any_of(times.begin(), times.end(), wrong))
            return brokenRows();
    }
    const std::size_t rows = columns.empty() ? keys.size() : columns.front()->size();
    if (m_info.updating ? keys.size() != rows : rows > m_info.keep || rows > m_totals.rows)
        return brokenRows();
    for (std::size_t row = 0; row < rows; ++row) {
        auto values = std::make_shared<TableRow>();
        for (const ColumnRef& column : columns) values->push_back(valueAt(*column, row));
        if (!m_info.updating) {
            keep(TableRowRef(std::move(values)));
        } else if (m_byKey.contains(keys[row])) {
            return brokenRows();
        } else {
            keep(Keyed{std::move(keys[row]), std::move(values), moments[row], times[row]});
        }
    }
    return {};
}

}  // namespace rw
