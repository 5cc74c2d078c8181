// The changes that the server sends from its log.
#include <algorithm>
#include <utility>

#include "core/connect/postgresql/postgresql_types.h"
#include "core/connect/tables/changes_reader.h"
#include "core/connect/tables/pg_bytes.h"

namespace rw {

namespace {

constexpr std::size_t kBytesAtOnce = std::size_t{2} << 20;  // of one call
constexpr Millis kTellEvery = 5'000, kAskEvery = 500;
constexpr Instant kMillenniumStart = 946'684'800'000;  // 2000-01-01, from which the server counts

/// The end of the server's patience with a reader that says nothing, as while a run is paused.
constexpr const char* kPatience =
    "SELECT pg_catalog.set_config(name, '15min', false) FROM pg_catalog.pg_settings "
    "WHERE name = 'wal_sender_timeout' AND context = 'user'";

/// “"shop"”, within a literal.
std::string publicationList(const PostgresqlClient& client, const std::string& name) {
    return PostgresqlSession::quotedText(client.quoted(name));
}

}  // namespace

Status ChangesReader::openStream(PgLsn from) {
    RW_TRY(m_stream.connect());
    RW_TRY(m_stream.query(kPatience).status());
    RW_TRY(m_stream.beginCopyOut("START_REPLICATION SLOT " + m_stream.quoted(m_about.reading.slot) +
                                 " LOGICAL " + lsnText(from) + " (proto_version '1', publication_names " +
                                 publicationList(m_stream, m_about.reading.publication) + ")"));
    m_relation.reset();
    m_inTransaction = false;
    m_received = from;
    m_until = 0;
    m_tells = true;
    m_toldAt = 0;
    return {};
}

Status ChangesReader::takeChanges(Millis within, ReadOutput& out) {
    const std::int64_t until = m_about.clock->steadyMillis() + within;
    bool any = false;
    while (m_bytes < kBytesAtOnce) {
        const std::int64_t now = m_about.clock->steadyMillis();
        // The place that ends the changes before the rows may be one at which nothing happens.
        const bool asks = m_phase == Phase::Before && now >= m_toldAt + kAskEvery;
        if (asks || m_tells || now >= m_toldAt + kTellEvery) RW_TRY(tellPlace(asks));
        if (now >= until) break;
        RW_TRY_ASSIGN(const PostgresqlClient::CopiedOut copied, m_stream.copyOut(until - now));
        if (copied.over) {
            return {ErrorCode::Io,
                    RW_TEXT("tables", "The server at %1 does not send changes any more.")
                        .with(m_stream.address()),
                    RW_TEXT("tables", "See whether it is being stopped.")};
        }
        if (!copied.bytes) break;
        any = any || copied.view.starts_with('w');
        RW_TRY(takeMessage(copied.view));
        if (m_phase == Phase::Before && m_at.lsn >= m_rowsAt) {
            m_at.lsn = m_rowsAt;
            m_stream.close();
            if (!m_chunk) m_chunk = std::make_unique<SqlChunk>();
            give(out);
            return openRows();
        }
        if (m_chunk && m_chunk->isFull()) give(out);
    }
    if (m_phase != Phase::Changes || any || m_inTransaction || m_drained) return {};
    return judgeEnd(out);
}

/// A server that still looks through its log says nothing, either.
Status ChangesReader::judgeEnd(ReadOutput& out) {
    if (m_until == 0) {
        PostgresqlClient& client = m_rows.client();
        if (!client.isConnected()) RW_TRY(client.connect());
        RW_TRY_ASSIGN(const DatabaseRows end,
                      client.query("SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN '0/0' "
                                   "ELSE pg_catalog.pg_current_wal_flush_lsn()::text END"));
        RW_TRY_ASSIGN(m_until, readPgLsn(end.first()));
        return tellPlace(true);
    }
    if (m_at.lsn < m_until) return tellPlace(true);
    give(out);
    m_drained = true;
    out.tell(PartitionState::Drained);
    return {};
}

Status ChangesReader::takeMessage(std::string_view bytes) {
    PgBytes in(bytes);
    const char sort = in.letter();
    if (sort == 'k') {
        const auto end = in.number<PgLsn>();
        (void)in.number<std::uint64_t>();  // the server's clock
        m_received = std::max(m_received, end);
        // All before that was sent.
        if (!m_inTransaction && end > m_at.lsn) m_at.lsn = end;
        return in.letter() == '\0' ? Status() : tellPlace(false);
    }
    if (sort != 'w') return {};
    (void)in.number<PgLsn>();
    m_received = std::max(m_received, in.number<PgLsn>());
    (void)in.number<std::uint64_t>();
    m_until = 0;
    RW_TRY_ASSIGN(const PgMessage message, readPgMessage(in.rest()));
    switch (message.sort) {
        case PgMessage::Sort::Begins:
            m_inTransaction = true;
            m_transaction = message.end;
            m_seen = 0;
            m_given = m_at.transaction == message.end ? m_at.changes : 0;
            // Rows that are read later have what it did.
            if (m_phase == Phase::Before && message.end >= m_rowsAt) m_at.lsn = message.end;
            return {};
        case PgMessage::Sort::Commits:
            m_inTransaction = false;
            m_at.lsn = message.end;
            m_at.transaction = 0;
            m_at.changes = 0;
            return {};
        case PgMessage::Sort::Describes:
            return takeRelation(message.described);
        case PgMessage::Sort::Truncates: {
            const auto& all = message.relations;
            const bool ours = m_relation && std::find(all.begin(), all.end(), m_relation->id) != all.end();
            return ours ? emptied() : Status();
        }
        case PgMessage::Sort::Inserts:
        case PgMessage::Sort::Updates:
        case PgMessage::Sort::Deletes:
            return takeChange(message);
        case PgMessage::Sort::Unused:
            break;
    }
    return {};
}

Status ChangesReader::takeRelation(const PgRelation& relation) {
    const TableName& name = m_selected.table.name;
    if (relation.schema != name.schema || relation.table != name.table) return {};
    if (m_relation == relation) return {};
    m_relation = relation;
    m_places = {};
    const auto placeOf = [&relation](const std::string& column) {
        const auto found = std::find_if(relation.columns.begin(), relation.columns.end(),
                                        [&](const PgRelation::Column& each) { return each.name == column; });
        return static_cast<std::size_t>(found - relation.columns.begin());
    };
    std::vector<SqlCellForm> forms;
    std::string missing;
    for (const Field& field : m_about.reading.schema->fields) {
        const std::size_t place = placeOf(field.name);
        if (place == relation.columns.size()) {
            missing += (missing.empty() ? "" : ", ") + field.name;
            continue;
        }
        m_places.columns.push_back(place);
        const bool bytes = field.type.is(TypeId::Bytes) &&
                           relation.columns[place].type == static_cast<std::uint32_t>(PostgresqlType::Bytea);
        forms.push_back(bytes ? SqlCellForm::HexText : SqlCellForm::Text);
    }
    for (const std::string& key : m_about.reading.key) {
        const std::size_t place = placeOf(key);
        if (place == relation.columns.size() && missing.find(key) == std::string::npos)
            missing += (missing.empty() ? "" : ", ") + key;
        m_places.key.push_back(place);
    }
    if (!missing.empty()) {
        return {
            ErrorCode::Refused,
            RW_TEXT("tables", "The changes of table “%1” lack columns: %2.")
                .with(toString(m_about.reading.table), missing),
            RW_TEXT("tables",
                    "They were dropped, renamed, or are computed by the server, which does not tell those. "
                    "Leave them out of the columns, and start the run again.")};
    }
    m_places.forms = std::make_shared<const std::vector<SqlCellForm>>(std::move(forms));
    return {};
}

Status ChangesReader::takeChange(const PgMessage& message) {
    if (!m_relation || message.relation != m_relation->id) return {};
    if (++m_seen <= m_given) return {};
    if (m_phase == Phase::Before && m_transaction >= m_rowsAt) return {};
    const std::size_t columns = m_relation->columns.size();
    const bool inserts = message.sort == PgMessage::Sort::Inserts;
    if (!inserts && message.oldForm != 'O') {
        return {
            ErrorCode::Refused,
            RW_TEXT("tables", "A change of a row of table “%1” came without the row as it was.")
                .with(toString(m_about.reading.table)),
            RW_TEXT(
                "tables",
                "Its REPLICA IDENTITY was changed. Have it set to FULL again, drop slot “%1”, and start the "
                "run from its beginning.")
                .with(m_about.reading.slot)};
    }
    const bool wrong = (!inserts && message.before.size() != columns) ||
                       (message.sort != PgMessage::Sort::Deletes && message.after.size() != columns);
    if (wrong) {
        return {ErrorCode::Internal,
                RW_TEXT("tables", "A change of table “%1” has another number of columns than was said.")
                    .with(toString(m_about.reading.table))};
    }
    PgTuple after = message.after;
    RW_TRY(completed(after, message));
    RW_TRY(apply(message, after));
    m_at.transaction = m_transaction;
    m_at.changes = m_seen;
    return {};
}

Status ChangesReader::completed(PgTuple& tuple, const PgMessage& message) const {
    for (std::size_t i = 0; i < tuple.size(); ++i) {
        if (tuple[i].form != PgCell::Form::Unchanged) continue;
        if (i < message.before.size() && message.before[i].form != PgCell::Form::Unchanged) {
            tuple[i] = message.before[i];
            continue;
        }
        return {ErrorCode::Refused,
                RW_TEXT("tables", "A long value of column “%1” did not change, and did not come.")
                    .with(m_relation->columns[i].name),
                RW_TEXT("tables", "Have the table's owner say: ALTER TABLE %1 REPLICA IDENTITY FULL")
                    .with(m_selected.quoted)};
    }
    return {};
}

Status ChangesReader::apply(const PgMessage& message, const PgTuple& after) {
    if (!m_chunk) {
        m_chunk = std::make_unique<SqlChunk>();
        m_chunk->arrived = m_about.clock->now();
    }
    if (m_chunk->rows.empty()) m_chunk->rows = SqlRows(m_places.forms);
    switch (message.sort) {
        case PgMessage::Sort::Inserts:
            if (isGiven(keyOf(after))) addRow(after, RowKind::Insert, false);
            return {};
        case PgMessage::Sort::Deletes:
            if (isGiven(keyOf(message.before))) addRow(message.before, RowKind::Delete, false);
            return {};
        default:
            break;
    }
    const std::vector<std::string> keyBefore = keyOf(message.before), keyAfter = keyOf(after);
    const bool before = isGiven(keyBefore), now = isGiven(keyAfter);
    const bool same = keyBefore == keyAfter;  // else it is another row
    if (before) addRow(message.before, same ? RowKind::UpdateBefore : RowKind::Delete, false);
    if (now) addRow(after, same ? RowKind::UpdateAfter : RowKind::Insert, before);
    return {};
}

void ChangesReader::addRow(const PgTuple& tuple, RowKind kind, bool joins) {
    for (const std::size_t place : m_places.columns) {
        if (tuple[place].form == PgCell::Form::Text) {
            m_chunk->rows.add(tuple[place].text);
        } else {
            m_chunk->rows.addNull();
        }
    }
    m_chunk->rows.endRow(kind, joins);
}

std::vector<std::string> ChangesReader::keyOf(const PgTuple& tuple) const {
    std::vector<std::string> key;
    for (const std::size_t place : m_places.key) {
        std::string_view text = tuple[place].text;
        // The order of the rows was that of texts, in which the blanks behind a char(n) don't count.
        if (m_relation->columns[place].type == static_cast<std::uint32_t>(PostgresqlType::Bpchar)) {
            while (text.ends_with(' ')) text.remove_suffix(1);
        }
        key.emplace_back(text);
    }
    return key;
}

bool ChangesReader::isGiven(const std::vector<std::string>& key) const {
    if (m_at.whole) return true;
    return !m_at.row.empty() && m_order.compare(key, m_at.row) <= 0;
}

Status ChangesReader::tellPlace(bool asksBack) {
    constexpr std::int64_t kMicros = 1'000;
    std::string told = "r";
    appendNumber(told, m_received);
    appendNumber(told, m_confirmed);
    appendNumber(told, m_confirmed);
    appendNumber(told, (m_about.clock->now() - kMillenniumStart) * kMicros);
    told += asksBack ? '\1' : '\0';
    m_tells = false;
    m_toldAt = m_about.clock->steadyMillis();
    return m_stream.copyIn(told);
}

Status ChangesReader::emptied() const {
    return {
        ErrorCode::Refused,
        RW_TEXT("tables", "Table “%1” was emptied by TRUNCATE, which does not tell its rows.")
            .with(toString(m_about.reading.table)),
        RW_TEXT(
            "tables",
            "Drop slot “%1”, and start the run from its beginning; DELETE would have been told row by row.")
            .with(m_about.reading.slot)};
}

}  // namespace rw
