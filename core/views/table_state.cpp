// The state of a table in a snapshot: the rows that it has, those of an updating stream with their keys.
#include <algorithm>

#include "core/views/state_fields.h"
#include "core/views/table_view.h"

namespace rw {

namespace {

Status brokenRows() {
    return brokenState("rows of a table");
}

struct SavedKey {
    std::string key{};
    Instant time = 0;
    std::uint64_t times = 0;

    static void fields(auto& self, auto& field) {
        field("key", self.key);
        field("time", self.time);
        field("times", self.times);
    }
};

}  // namespace

void TableView::savePicture(StateWriter& out) const {
    out.u64("forgotten", m_forgotten);
    if (m_info.updating) {
        std::vector<SavedKey> saved;
        for (const Keyed& keyed : m_table) saved.push_back({keyed.key, keyed.time, keyed.times});
        saveList(out, saved);
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
    std::vector<SavedKey> keys;
    if (m_info.updating) {
        RW_TRY_ASSIGN(keys, restoreList<SavedKey>(state, kMaxKeys));
        const auto wrong = [this](const SavedKey& key) {
            return key.times == 0 || (key.times > 1 && !m_info.multiset);
        };
        if (std::any_of(keys.begin(), keys.end(), wrong)) return brokenRows();
    }
    const std::size_t rows = columns.empty() ? keys.size() : columns.front()->size();
    if (m_info.updating ? keys.size() != rows : rows > m_info.keep || rows > m_totals.rows)
        return brokenRows();
    for (std::size_t row = 0; row < rows; ++row) {
        auto values = std::make_shared<TableRow>();
        for (const ColumnRef& column : columns) values->push_back(valueAt(*column, row));
        if (!m_info.updating) {
            keep(TableRowRef(std::move(values)));
        } else if (m_byKey.contains(keys[row].key)) {
            return brokenRows();
        } else {
            keep(Keyed{std::move(keys[row].key), std::move(values), keys[row].time, keys[row].times});
        }
    }
    return {};
}

}  // namespace rw
