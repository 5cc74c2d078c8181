#include "core/connect/tables/database_keyed_table.h"

#include <utility>

#include "core/connect/tables/table_rows.h"

namespace rw {

DatabaseKeyedTable::DatabaseKeyedTable(NodeConnection connection, SqlReading reading, std::vector<int> keys)
    : m_connection(std::move(connection)), m_reading(std::move(reading)), m_keys(std::move(keys)) {}

DatabaseKeyedTable::Idle DatabaseKeyedTable::take() {
    const std::lock_guard hold(m_mutex);
    if (m_idle.empty()) return {};
    Idle idle = std::move(m_idle.back());
    m_idle.pop_back();
    return idle;
}

void DatabaseKeyedTable::giveBack(Idle idle) {
    const std::lock_guard hold(m_mutex);
    m_idle.push_back(std::move(idle));
}

Status DatabaseKeyedTable::connect(Idle& idle) const {
    if (!idle.session) idle.session = RowsSession::of(m_connection, [over = m_over] { return over->load(); });
    RW_TRY(idle.session->client().connect());
    RW_TRY_ASSIGN(idle.selected, selectColumns(*idle.session, m_reading));
    idle.orders.clear();
    for (const int key : m_keys) {
        const std::string& name = m_reading.schema->fields[static_cast<std::size_t>(key)].name;
        RW_TRY_ASSIGN(const std::vector<DatabaseColumn> column,
                      namedColumns(idle.selected, m_reading, {name}));
        idle.orders.push_back(idle.session->order(column.front()));
    }
    return {};
}

std::string DatabaseKeyedTable::statement(const Idle& idle, const Batch& keys) const {
    const bool several = idle.orders.size() > 1;
    std::string names, values;
    for (const RowsSession::Order& order : idle.orders) names += (names.empty() ? "" : ", ") + order.sql;
    for (std::size_t row = 0; row < keys.rows; ++row) {
        values += row == 0 ? "" : ", ";
        if (several) values += '(';
        for (std::size_t key = 0; key < idle.orders.size(); ++key) {
            if (key > 0) values += ", ";
            values += idle.session->literal(idle.orders[key], *keys.columns[key], row);
        }
        if (several) values += ')';
    }
    return "SELECT " + idle.selected.items + " FROM " + idle.selected.from + " WHERE " +
           (several ? '(' + names + ')' : names) + " IN (" + values + ')';
}

Result<Batch> DatabaseKeyedTable::find(const Batch& keys) {
    Idle idle = take();
    // A session that was idle may have been ended meanwhile, which is not seen before it is used.
    const bool wasConnected = idle.session && idle.session->client().isConnected();
    if (!wasConnected) RW_TRY(connect(idle));
    Status status = idle.session->open(statement(idle, keys), idle.selected.forms->size());
    if (!status.ok() && wasConnected && status.error().code == ErrorCode::Io) {
        RW_TRY(connect(idle));
        status = idle.session->open(statement(idle, keys), idle.selected.forms->size());
    }
    RW_TRY(status);
    Result<Batch> found = takeBatch(*idle.session, idle.selected, m_reading, kMostRows);
    if (!found.ok()) return found;
    if (found->rows == kMostRows) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("tables", "The keys of one question have more than %1 rows in “%2”.")
                          .with(kMostRows, m_reading.name()),
                      RW_TEXT("tables", "Look rows up by columns of which fewer rows have the same values."));
    }
    giveBack(std::move(idle));
    return found;
}

}  // namespace rw
