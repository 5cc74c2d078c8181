#include "core/connect/tables/growing_reader.h"

#include <algorithm>
#include <utility>

#include "core/connect/tables/postgresql_session.h"
#include "core/net/socket_wait.h"

namespace rw {

namespace {

constexpr std::size_t kRowsAtOnce = 20'000;  // of one answer

/// The 64 bits of the transaction that added a row, of which the row keeps the lower half.
constexpr const char* kAddedBy =
    "(pg_snapshot_xmax(pg_current_snapshot())::text::bigint - "
    "((pg_snapshot_xmax(pg_current_snapshot())::text::bigint - rillwright_rows.xmin::text::bigint) & "
    "4294967295))";

}  // namespace

GrowingReader::GrowingReader(const NodeConnection& connection, About about)
    : m_about(std::move(about)),
      m_isPostgresql(connection.kind() == "postgresql"),
      m_away(m_about.clock, m_about.reading.giveUpAfter),
      m_session(RowsSession::of(connection,
                                [this] {
                                    m_locks.look(m_session->client());
                                    return m_about.givesUp && m_about.givesUp();
                                })),
      m_at(m_about.from) {}

Result<SourceReader::Read> GrowingReader::read(Millis within, ReadOutput& out) {
    if (m_away.waits()) return Read::Some;
    m_locks.begin(out);
    Status status = m_begun ? Status() : begin(out);
    bool all = false;
    if (status.ok()) {
        m_away.answers(out);
        const Result<bool> taken = take(within, out);
        status = taken.status();
        all = taken.ok() && *taken;
    }
    if (m_locks.end()) m_drained = false;
    if (!status.ok()) {
        give(out);
        m_session->client().close();
        m_begun = m_reading = m_drained = false;
        RW_TRY(m_away.failed(status, out));
        return Read::Some;
    }
    if (all != m_drained) {
        m_drained = all;
        if (all) out.tell(PartitionState::Drained);
    }
    return all ? Read::Nothing : Read::Some;
}

Status GrowingReader::begin(ReadOutput& out) {
    RW_TRY(m_session->client().connect());
    RW_TRY_ASSIGN(const SelectedColumns selected, selectColumns(*m_session, m_about.reading));
    RW_TRY(prepare(selected, out));
    if (m_isPostgresql && !m_about.reading.channel.empty())
        RW_TRY(m_session->client().execute("LISTEN " + m_session->client().quoted(m_about.reading.channel)));
    m_begun = true;
    m_lookAt = 0;
    return {};
}

Status GrowingReader::prepare(const SelectedColumns& selected, ReadOutput& out) {
    const SqlReading& reading = m_about.reading;
    RW_TRY_ASSIGN(const std::vector<DatabaseColumn> cursor, namedColumns(selected, reading, reading.cursor));
    m_orders.clear();
    m_horizon.clear();
    if (m_isPostgresql) {
        const bool named = cursor.front().declared == "xid8";
        if (!named && (!reading.query.empty() || selected.table.isView)) {
            return {
                ErrorCode::Invalid,
                RW_TEXT(
                    "tables",
                    "The first column of the cursor, “%1”, is no number of a transaction, which a query or a "
                    "view needs.")
                    .with(cursor.front().name),
                RW_TEXT(
                    "tables",
                    "Give the table a column of type xid8 with DEFAULT pg_current_xact_id(), and name it as "
                    "the first column of the cursor.")};
        }
        if (!named) {
            m_orders.push_back({kAddedBy, true});
            if (!std::exchange(m_warned, true)) {
                out.note(
                    RW_TEXT("tables",
                            "Each look for new rows reads all of “%1”. With a column of type xid8, DEFAULT "
                            "pg_current_xact_id(), in an index and as the first of the cursor it does not.")
                        .with(reading.name()));
            }
        }
    }
    for (const DatabaseColumn& column : cursor) m_orders.push_back(m_session->order(column));
    if (m_isPostgresql) {
        m_horizon = cursor.front().declared == "xid8"
                        ? m_orders.front().sql + " < pg_snapshot_xmin(pg_current_snapshot())"
                        : m_orders.front().sql + " < pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
    }
    if (!m_at.row.empty() && m_at.row.size() != m_orders.size()) {
        return {
            ErrorCode::Refused,
            RW_TEXT("tables", "The cursor of “%1” is not the one that the run had before.")
                .with(reading.name()),
            RW_TEXT("tables", "Start the run from its beginning, or give the node the cursor that it had.")};
    }
    m_select = "SELECT " + selected.items;
    m_orderBy.clear();
    for (const RowsSession::Order& order : m_orders) {
        m_select += ", " + m_session->textItem(order.sql);
        m_orderBy += (m_orderBy.empty() ? " ORDER BY " : ", ") + order.sql;
    }
    m_select += " FROM " + selected.from;
    m_columns = selected.forms->size();
    m_forms = selected.forms;
    return {};
}

std::string GrowingReader::statement() const {
    std::string where;
    if (!m_at.row.empty()) where = m_session->behind(m_orders, m_at.row);
    if (!m_horizon.empty()) where += (where.empty() ? "" : " AND ") + m_horizon;
    return m_select + (where.empty() ? "" : " WHERE " + where) + m_orderBy + " LIMIT " +
           std::to_string(kRowsAtOnce);
}

Result<bool> GrowingReader::take(Millis within, ReadOutput& out) {
    const std::int64_t until = m_about.clock->steadyMillis() + std::max(within, kLeastReadTime);
    if (!m_reading) {
        const std::int64_t wait = m_lookAt - m_about.clock->steadyMillis();
        if (wait > 0) RW_TRY(await(std::min(wait, within)));
        if (m_about.clock->steadyMillis() < m_lookAt) return true;
        RW_TRY(m_session->open(statement(), m_columns + m_orders.size()));
        m_reading = true;
        m_taken = 0;
    }
    RowsSession::Cells cells;
    for (;;) {
        const std::int64_t left = until - m_about.clock->steadyMillis();
        if (left <= 0) break;
        RW_TRY_ASSIGN(const RowsSession::Got got, m_session->next(left, cells));
        if (got == RowsSession::Got::Nothing) break;
        if (got == RowsSession::Got::End) {
            m_reading = false;
            give(out);
            if (m_taken == kRowsAtOnce) return false;
            m_lookAt = m_about.clock->steadyMillis() + m_about.reading.every;
            return true;
        }
        RW_TRY(takeRow(cells));
        if (m_chunk->isFull()) give(out);
    }
    give(out);
    return false;
}

Status GrowingReader::takeRow(const RowsSession::Cells& cells) {
    if (!m_chunk) {
        m_chunk = std::make_unique<SqlChunk>();
        m_chunk->arrived = m_about.clock->now();
        m_chunk->rows = SqlRows(m_forms);
    }
    ++m_taken;
    m_chunk->rows.addRow(cells);
    m_at.row.resize(m_orders.size());
    for (std::size_t i = 0; i < m_orders.size(); ++i) {
        const auto& value = cells[m_columns + i];
        if (!value) {
            return {ErrorCode::Invalid,
                    RW_TEXT("tables", "A row of “%1” has no value in a column of the cursor.")
                        .with(m_about.reading.name()),
                    RW_TEXT("tables", "Choose columns that always have values.")};
        }
        m_at.row[i] = *value;
    }
    return {};
}

void GrowingReader::give(ReadOutput& out) {
    if (!m_chunk) return;
    m_drained = false;  // rows end that
    m_chunk->behind = m_at;
    const std::size_t bytes = m_chunk->rows.bytes();
    out.give(std::move(m_chunk), bytes);
}

Status GrowingReader::await(Millis within) {
    if (within <= 0) return {};
    if (!m_isPostgresql || m_about.reading.channel.empty()) {
        m_about.clock->sleep(within);
        return {};
    }
    PostgresqlClient& client = static_cast<PostgresqlSession&>(*m_session).client();
    RW_TRY_ASSIGN(const bool told, client.awaitNotice(within));
    if (told) m_lookAt = 0;
    return {};
}

}  // namespace rw
