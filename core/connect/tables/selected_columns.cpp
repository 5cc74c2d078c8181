#include "core/connect/tables/selected_columns.h"

#include <utility>

namespace rw {

namespace {

/// Without a semicolon at its end, so that it can stand in another.
std::string innerQuery(std::string query) {
    while (!query.empty() && (query.back() == ';' || query.back() == ' ' || query.back() == '\n' ||
                              query.back() == '\t' || query.back() == '\r'))
        query.pop_back();
    return query;
}

std::string listedNames(const DatabaseTable& table) {
    std::string names;
    for (const DatabaseColumn& column : table.columns) names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

Status lacksColumns(const SelectedColumns& selected, const SqlReading& reading, const std::string& missing) {
    const Text fix = RW_TEXT("tables", "The columns are: %1.").with(listedNames(selected.table));
    if (reading.query.empty()) {
        return {ErrorCode::Invalid,
                RW_TEXT("tables", "Table “%1” lacks columns: %2.").with(toString(reading.table), missing),
                fix};
    }
    return {ErrorCode::Invalid, RW_TEXT("tables", "The query does not give columns: %1.").with(missing), fix};
}

}  // namespace

Result<SelectedColumns> selectColumns(RowsSession& session, const SqlReading& reading) {
    SelectedColumns selected;
    DatabaseClient& client = session.client();
    if (reading.query.empty()) {
        RW_TRY_ASSIGN(selected.table, client.describe(reading.table));
        selected.quoted = client.quoted(selected.table.name);
        selected.from = selected.quoted + " AS " + kRowsAlias;
    } else {
        const std::string query = innerQuery(reading.query);
        RW_TRY_ASSIGN(selected.table.columns, client.columnsOf(query));
        selected.from = "(" + query + "\n) AS " + kRowsAlias;  // the line ends a comment
    }
    std::vector<SqlCellForm> forms;
    std::string missing;
    for (const Field& field : reading.schema->fields) {
        const DatabaseColumn* const column = selected.table.find(field.name);
        if (column == nullptr) {
            missing += (missing.empty() ? "" : ", ") + field.name;
            continue;
        }
        const RowsSession::Item item = session.item(*column, field.type);
        selected.items += (selected.items.empty() ? "" : ", ") + item.sql;
        forms.push_back(item.form);
    }
    if (!missing.empty()) return lacksColumns(selected, reading, missing);
    selected.forms = std::make_shared<const std::vector<SqlCellForm>>(std::move(forms));
    return selected;
}

Result<std::vector<DatabaseColumn>> namedColumns(const SelectedColumns& selected, const SqlReading& reading,
                                                 const std::vector<std::string>& names) {
    std::vector<DatabaseColumn> columns;
    std::string missing;
    for (const std::string& name : names) {
        const DatabaseColumn* const column = selected.table.find(name);
        if (column == nullptr) {
            missing += (missing.empty() ? "" : ", ") + name;
        } else {
            columns.push_back(*column);
        }
    }
    if (!missing.empty()) return lacksColumns(selected, reading, missing);
    return columns;
}

}  // namespace rw
