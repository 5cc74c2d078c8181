#include "core/connect/tables/snapshot_reader.h"

#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/base/random.h"

namespace rw {

namespace {

constexpr std::size_t kMostAtOnce = std::size_t{2} << 20;  // bytes of one call
constexpr std::uint64_t kNullSum = 0x9ae16a3b2f90404fULL;

/// Of the rows so far, and one more.
std::uint64_t sumWith(std::uint64_t sum, const RowsSession::Cells& cells) {
    for (const auto& cell : cells)
        sum = splitMix64(sum, cell ? XXH3_64bits(cell->data(), cell->size()) : kNullSum);
    return sum;
}

std::string listed(const std::vector<std::string>& values) {
    std::string text;
    for (const std::string& value : values) text += (text.empty() ? "" : ", ") + value;
    return text;
}

}  // namespace

SnapshotReader::SnapshotReader(const NodeConnection& connection, About about)
    : m_about(std::move(about)),
      m_away(m_about.clock, m_about.reading.giveUpAfter),
      m_session(RowsSession::of(connection,
                                [this] {
                                    m_locks.look(m_session->client());
                                    return m_about.givesUp && m_about.givesUp();
                                })),
      m_at(m_about.from) {}

Result<SourceReader::Read> SnapshotReader::read(Millis within, ReadOutput& out) {
    if (m_at.whole) return Read::End;
    if (m_away.waits()) return Read::Some;
    m_locks.begin(out);
    Status status = m_begun ? Status() : begin(out);
    bool over = false;
    if (status.ok()) {
        m_away.answers(out);
        const Result<bool> taken = take(within, out);
        status = taken.status();
        over = taken.ok() && *taken;
    }
    (void)m_locks.end();
    if (!status.ok()) {
        give(out);
        m_session->client().close();
        m_begun = false;
        RW_TRY(m_away.failed(status, out));
    }
    return over ? Read::End : Read::Some;
}

Status SnapshotReader::begin(ReadOutput& out) {
    const SqlReading& reading = m_about.reading;
    RW_TRY(m_session->client().connect());
    RW_TRY_ASSIGN(const SelectedColumns selected, selectColumns(*m_session, reading));
    m_key = reading.key.empty() ? selected.table.primaryKey : reading.key;
    RW_TRY_ASSIGN(const std::vector<DatabaseColumn> key, namedColumns(selected, reading, m_key));
    std::string select = "SELECT " + selected.items, order;
    std::vector<RowsSession::Order> orders;
    for (const DatabaseColumn& column : key) {
        orders.push_back(m_session->order(column));
        select += ", " + m_session->textItem(orders.back().sql);
        order += (order.empty() ? " ORDER BY " : ", ") + orders.back().sql;
    }
    select += " FROM " + selected.from;
    if (!m_at.row.empty()) {
        if (m_at.row.size() != orders.size()) return changed();
        select += " WHERE " + m_session->behind(orders, m_at.row);
        out.note(
            RW_TEXT("tables",
                    "Reading “%1” goes on behind the row of the key %2: the rows there are read as they are "
                    "now, which is another moment than that of the rows before.")
                .with(reading.name(), listed(m_at.row)));
    }
    m_columns = selected.forms->size();
    m_forms = selected.forms;
    m_again = key.empty() ? m_at.rows : 0;
    m_sum = 0;
    if (m_again > 0) {
        out.note(
            RW_TEXT("tables",
                    "“%1” is read from its beginning again, for its rows have no key. So many were read "
                    "before and are left out: %2.")
                .with(reading.name(), figures::count(m_again)));
    }
    RW_TRY(m_session->beginSnapshot(key.empty()));
    RW_TRY(m_session->open(select + order, m_columns + orders.size()));
    m_begun = true;
    return {};
}

Result<bool> SnapshotReader::take(Millis within, ReadOutput& out) {
    const std::int64_t until = m_about.clock->steadyMillis() + std::max(within, kLeastReadTime);
    std::size_t bytes = 0;
    RowsSession::Cells cells;
    for (std::size_t row = 0;; ++row) {
        constexpr std::size_t kLookAtClock = 256;
        const std::int64_t left =
            row % kLookAtClock == 0 ? until - m_about.clock->steadyMillis() : kLeastReadTime;
        if (left <= 0 || bytes >= kMostAtOnce) break;
        RW_TRY_ASSIGN(const RowsSession::Got got, m_session->next(left, cells));
        if (got == RowsSession::Got::Nothing) break;
        if (got == RowsSession::Got::End) {
            if (m_again > 0) return changed();
            m_at.whole = true;
            if (!m_chunk) m_chunk = std::make_unique<SqlChunk>();
            give(out);
            (void)m_session->client().rollback();
            m_session->client().close();
            return true;
        }
        RW_TRY(takeRow(cells));
        if (!m_chunk || !m_chunk->isFull()) continue;
        bytes += m_chunk->rows.bytes();
        give(out);
    }
    give(out);
    return false;
}

Status SnapshotReader::takeRow(const RowsSession::Cells& cells) {
    if (m_again > 0) {
        m_sum = sumWith(m_sum, cells);
        return --m_again == 0 && m_sum != m_at.sum ? changed() : Status();
    }
    if (!m_chunk) {
        m_chunk = std::make_unique<SqlChunk>();
        m_chunk->arrived = m_about.clock->now();
        m_chunk->rows = SqlRows(m_forms);
    }
    m_chunk->rows.addRow(cells);
    if (m_key.empty()) {
        m_at.sum = sumWith(m_at.sum, cells);
        ++m_at.rows;
        return {};
    }
    m_at.row.resize(m_key.size());
    for (std::size_t i = 0; i < m_key.size(); ++i) {
        const auto& value = cells[m_columns + i];
        if (!value) {
            return {ErrorCode::Invalid,
                    RW_TEXT("tables", "A row of “%1” has no value in “%2”, a column of its key.")
                        .with(m_about.reading.name(), m_key[i]),
                    RW_TEXT("tables", "Choose columns as the key that always have values.")};
        }
        m_at.row[i] = *value;
    }
    return {};
}

void SnapshotReader::give(ReadOutput& out) {
    if (!m_chunk) return;
    m_chunk->behind = m_at;
    const std::size_t bytes = m_chunk->rows.bytes();
    out.give(std::move(m_chunk), bytes);
}

Status SnapshotReader::changed() const {
    return {
        ErrorCode::Refused,
        RW_TEXT("tables",
                "“%1” was changed since its first rows were read, and without a key it is not known which "
                "rows are left.")
            .with(m_about.reading.name()),
        RW_TEXT(
            "tables",
            "Start the run from its beginning; or name columns as the key by which rows are told apart.")};
}

}  // namespace rw
