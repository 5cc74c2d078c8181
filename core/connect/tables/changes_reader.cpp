#include "core/connect/tables/changes_reader.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

constexpr Millis kOpenMillis = 1'000;  // a slot waits for transactions of others; so long is not worth a word
constexpr Millis kAdvanceWithin = 400;
constexpr std::size_t kRowBytesAtOnce = std::size_t{2} << 20;  // of one call

DatabaseClient::About aboutStream(std::function<bool()> givesUp) {
    DatabaseClient::About about;
    about.givesUp = std::move(givesUp);
    return about;
}

}  // namespace

ChangesReader::ChangesReader(const NodeConnection& connection, About about)
    : m_connection(connection),
      m_about(std::move(about)),
      m_away(m_about.clock, m_about.reading.giveUpAfter),
      m_rows(connection, m_about.givesUp),
      m_stream(connection, aboutStream(m_about.givesUp), true),
      m_at(m_about.from) {}

Result<SourceReader::Read> ChangesReader::read(Millis within, ReadOutput& out) {
    if (m_away.waits()) return Read::Some;
    m_bytes = 0;
    const bool wasAway = m_phase == Phase::Away;
    Status status = goOn(std::max(within, kLeastReadTime), out);
    give(out);
    if (!status.ok()) {
        status = explained(status);
        leave();
        RW_TRY(m_away.failed(status, out));
        return Read::Some;
    }
    if (wasAway) m_away.answers(out);
    return m_drained ? Read::Nothing : Read::Some;
}

Status ChangesReader::goOn(Millis within, ReadOutput& out) {
    switch (m_phase) {
        case Phase::Away:
            return begin(out);
        case Phase::Slot:
            return takeSlot(within, out);
        case Phase::Rows:
            return takeRows(within, out);
        case Phase::Before:
        case Phase::Changes:
            break;
    }
    RW_TRY(takeChanges(within, out));
    if (m_phase != Phase::Changes || m_about.clock->steadyMillis() < m_checkAt) return {};
    return check();
}

void ChangesReader::leave() {
    m_rows.client().close();
    m_stream.close();
    m_phase = Phase::Away;
    m_inTransaction = m_drained = m_blocked = false;
    m_relation.reset();
}

/// Of an error of the log's reader, which knows names alone, the one that says what to do, if there is one.
Status ChangesReader::explained(const Status& why) {
    const bool lasts = why.error().code == ErrorCode::Invalid || why.error().code == ErrorCode::NotFound;
    if (!lasts || (m_phase != Phase::Changes && m_phase != Phase::Before)) return why;
    PostgresqlClient& client = m_rows.client();
    if (!client.isConnected() && !client.connect().ok()) return why;
    const Result<DatabaseRows> found = client.query(
        "SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = $1", {m_about.reading.publication});
    if (!found.ok() || !found->rows.empty()) return why;
    return {
        ErrorCode::Refused,
        RW_TEXT("tables", "Publication “%1”, by which the changes were read, was dropped.")
            .with(m_about.reading.publication),
        RW_TEXT(
            "tables",
            "Drop slot “%1”, and start the run from its beginning: what happened meanwhile can't be read any "
            "more.")
            .with(m_about.reading.slot)};
}

Status ChangesReader::begin(ReadOutput& out) {
    PostgresqlClient& client = m_rows.client();
    const SqlReading& reading = m_about.reading;
    RW_TRY(client.connect());
    RW_TRY_ASSIGN(m_selected, selectColumns(m_rows, reading));
    RW_TRY_ASSIGN(const std::vector<DatabaseColumn> key, namedColumns(m_selected, reading, reading.key));
    m_order = KeyOrder(client, key);
    RW_TRY(canGiveChanges(client, m_selected, reading));
    RW_TRY(havePublication(client, m_selected, reading));
    RW_TRY_ASSIGN(const std::optional<ReplicationSlot> slot, replicationSlot(client, reading.slot));
    m_checkAt = m_about.clock->steadyMillis() + 60'000;
    if (m_at.lsn == 0) {
        RW_TRY(begins(slot, reading));
        m_isOld = slot.has_value();
        if (m_isOld) {
            out.note(
                RW_TEXT(
                    "tables",
                    "Slot “%1” is there already, from an earlier run: the table is read anew, and changes "
                    "from now on.")
                    .with(reading.slot));
        }
        return askForSlot(m_isOld);
    }
    RW_TRY(goesOn(slot, reading, m_at.lsn));
    m_confirmed = std::max(m_confirmed, slot->confirmed);
    m_isOld = false;
    if (!m_at.whole) return askForSlot(true);
    RW_TRY(openStream(m_at.lsn));
    m_phase = Phase::Changes;
    return {};
}

/// The table may have been dropped or changed, of which the log says nothing.
Status ChangesReader::check() {
    constexpr Millis kCheckEvery = 60'000;
    m_checkAt = m_about.clock->steadyMillis() + kCheckEvery;
    PostgresqlClient& client = m_rows.client();
    if (!client.isConnected()) RW_TRY(client.connect());
    RW_TRY_ASSIGN(const SelectedColumns selected, selectColumns(m_rows, m_about.reading));
    RW_TRY(canGiveChanges(client, selected, m_about.reading));
    return havePublication(client, selected, m_about.reading);
}

// ── The slot ──

Status ChangesReader::askForSlot(bool temporary) {
    RW_TRY(m_stream.connect());
    m_isTemporary = temporary;
    const std::string name =
        temporary ? "rillwright_" + std::to_string(PQbackendPID(m_stream.handle())) : m_about.reading.slot;
    RW_TRY(m_stream.send("CREATE_REPLICATION_SLOT " + m_stream.quoted(name) +
                         (temporary ? " TEMPORARY" : "") + " LOGICAL pgoutput EXPORT_SNAPSHOT"));
    m_askedAt = m_about.clock->steadyMillis();
    m_phase = Phase::Slot;
    return {};
}

Status ChangesReader::takeSlot(Millis within, ReadOutput& out) {
    RW_TRY_ASSIGN(const bool there, m_stream.hasAnswer(within));
    if (!there) {
        if (m_blocked || m_about.clock->steadyMillis() - m_askedAt < kOpenMillis) return {};
        m_blocked = true;
        out.tell(PartitionState::Blocked,
                 RW_TEXT("tables",
                         "The server waits for transactions of others that are open before it begins a slot. "
                         "pg_stat_activity lists them; when they end is up to them, and not known."));
        return {};
    }
    if (std::exchange(m_blocked, false)) out.tell(PartitionState::Live);
    RW_TRY_ASSIGN(const PostgresqlResult made, m_stream.next());
    RW_TRY(m_stream.finish());
    constexpr int kPlace = 1, kSnapshot = 2;
    if (!made || PQntuples(made.get()) != 1 || PQnfields(made.get()) <= kSnapshot) {
        return {ErrorCode::Refused,
                RW_TEXT("tables", "The server at %1 did not make a slot.").with(m_stream.address())};
    }
    RW_TRY_ASSIGN(m_rowsAt, readPgLsn(PQgetvalue(made.get(), 0, kPlace)));
    PostgresqlClient& client = m_rows.client();
    RW_TRY(client.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    RW_TRY(client.execute("SET TRANSACTION SNAPSHOT " +
                          PostgresqlSession::quotedText(PQgetvalue(made.get(), 0, kSnapshot))));
    if (m_at.lsn != 0) {
        m_stream.close();  // and the slot with it
        RW_TRY(openStream(m_at.lsn));
        m_phase = Phase::Before;
        return {};
    }
    if (m_isOld) {
        RW_TRY(m_stream.execute("SELECT pg_catalog.pg_replication_slot_advance(" +
                                PostgresqlSession::quotedText(m_about.reading.slot) + ", " +
                                PostgresqlSession::quotedText(lsnText(m_rowsAt)) + ")"));
    }
    m_stream.close();
    m_at.lsn = m_rowsAt;
    m_chunk = std::make_unique<SqlChunk>();  // a run that resumes goes on with the slot
    return openRows();
}

// ── The rows ──

Status ChangesReader::openRows() {
    std::string select = "SELECT " + m_selected.items, order;
    for (const RowsSession::Order& column : m_order.columns()) {
        select += ", " + m_rows.textItem(column.sql);
        order += (order.empty() ? " ORDER BY " : ", ") + column.sql;
    }
    select += " FROM " + m_selected.from;
    if (!m_at.row.empty()) {
        if (m_at.row.size() != m_order.columns().size()) return brokenState("the key of a table");
        select += " WHERE " + m_rows.behind(m_order.columns(), m_at.row);
    }
    RW_TRY(m_rows.open(select + order, m_selected.forms->size() + m_order.columns().size()));
    m_phase = Phase::Rows;
    return {};
}

Status ChangesReader::takeRows(Millis within, ReadOutput& out) {
    const std::int64_t until = m_about.clock->steadyMillis() + within;
    RowsSession::Cells cells;
    while (m_bytes < kRowBytesAtOnce) {
        const std::int64_t left = until - m_about.clock->steadyMillis();
        if (left <= 0) return {};
        RW_TRY_ASSIGN(const RowsSession::Got got, m_rows.next(left, cells));
        if (got == RowsSession::Got::Nothing) return {};
        if (got == RowsSession::Got::Row) {
            RW_TRY(takeRow(cells));
            if (m_chunk->isFull()) give(out);
            continue;
        }
        m_at.whole = true;
        m_at.row.clear();
        if (!m_chunk) m_chunk = std::make_unique<SqlChunk>();
        give(out);
        RW_TRY(m_rows.client().rollback());
        RW_TRY(openStream(m_at.lsn));
        m_phase = Phase::Changes;
        return {};
    }
    return {};
}

Status ChangesReader::takeRow(const RowsSession::Cells& cells) {
    if (!m_chunk) {
        m_chunk = std::make_unique<SqlChunk>();
        m_chunk->arrived = m_about.clock->now();
    }
    if (m_chunk->rows.empty()) m_chunk->rows = SqlRows(m_selected.forms);
    const std::size_t columns = m_selected.forms->size();
    m_chunk->rows.addRow(cells);
    m_at.row.resize(m_order.columns().size());
    for (std::size_t i = 0; i < m_at.row.size(); ++i) {
        const auto& value = cells[columns + i];
        if (!value) {
            return {ErrorCode::Invalid,
                    RW_TEXT("tables", "A row of “%1” has no value in “%2”, a column of its key.")
                        .with(m_about.reading.name(), m_about.reading.key[i]),
                    RW_TEXT("tables", "Choose columns as the key that always have values.")};
        }
        m_at.row[i] = *value;
    }
    return {};
}

void ChangesReader::give(ReadOutput& out) {
    const std::int64_t now = m_about.clock->steadyMillis();
    if (!m_chunk) {
        // Of a table that does not change while others do, the log would be kept for ever.
        constexpr Millis kPlaceEvery = 5'000;
        const bool moved = m_phase == Phase::Changes && m_at.lsn != m_placeGiven && m_at.transaction == 0;
        if (!moved || now < m_placeGivenAt + kPlaceEvery) return;
        m_chunk = std::make_unique<SqlChunk>();
    }
    if (!m_chunk->rows.empty()) m_drained = false;  // rows end that
    m_placeGiven = m_at.lsn;
    m_placeGivenAt = now;
    m_chunk->behind = m_at;
    const std::size_t bytes = m_chunk->rows.bytes();
    m_bytes += bytes;
    out.give(std::move(m_chunk), bytes);
}

// ── The place up to which the log is not wanted any more ──

Status ChangesReader::confirm(PgLsn lsn) {
    if (lsn <= m_confirmed) return {};
    m_confirmed = lsn;
    m_tells = true;
    if (m_phase == Phase::Changes || m_phase == Phase::Before) {
        (void)tellPlace(false);
        return {};
    }
    if (m_phase != Phase::Away) return {};
    // Of a run that is over there is no stream any more.
    DatabaseClient::About about;
    about.connectWithin = about.answerWithin = kAdvanceWithin;
    PostgresqlClient client(m_connection, about);
    if (!client.connect().ok()) return {};
    (void)client.query(
        "SELECT pg_catalog.pg_replication_slot_advance(slot_name, $2::pg_lsn) "
        "FROM pg_catalog.pg_replication_slots WHERE slot_name = $1 AND NOT active AND "
        "confirmed_flush_lsn < $2::pg_lsn",
        {m_about.reading.slot, lsnText(lsn)});
    return {};
}

}  // namespace rw
