#include "core/connect/tables/postgresql_session.h"

#include <utility>

#include "core/connect/postgresql/postgresql_types.h"
#include "core/connect/tables/pg_bytes.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr std::string_view kCopyMark("PGCOPY\n\377\r\n\0", 11);

/// How PostgreSQL sends values of that type; none: a stream's column of `type` takes them as text.
std::optional<SqlCellForm> binaryForm(std::uint32_t wireType, Type type) {
    const auto when = [](bool fits, SqlCellForm form) {
        return fits ? std::optional<SqlCellForm>(form) : std::nullopt;
    };
    switch (static_cast<PostgresqlType>(wireType)) {
        case PostgresqlType::Boolean:
            return when(type.is(TypeId::Boolean), SqlCellForm::OneByte);
        case PostgresqlType::Int2:
            return when(type.isInteger(), SqlCellForm::TwoBytes);
        case PostgresqlType::Int4:
            return when(type.isInteger(), SqlCellForm::FourBytes);
        case PostgresqlType::Int8:
            return when(type.isInteger(), SqlCellForm::EightBytes);
        case PostgresqlType::Float8:  // of float4 its text is the number that people know
            return when(type.is(TypeId::Double), SqlCellForm::Float);
        case PostgresqlType::Date:
            return when(type.is(TypeId::Date), SqlCellForm::Days);
        case PostgresqlType::Timestamp:
        case PostgresqlType::Timestamptz:
            return when(type.is(TypeId::Timestamp), SqlCellForm::Micros);
        case PostgresqlType::Bytea:
            return when(type.is(TypeId::Bytes), SqlCellForm::Raw);
        case PostgresqlType::Text:
        case PostgresqlType::Varchar:
        case PostgresqlType::Bpchar:
            return when(type.is(TypeId::String), SqlCellForm::Raw);
        default:
            return std::nullopt;
    }
}

}  // namespace

PostgresqlSession::PostgresqlSession(const NodeConnection& connection, std::function<bool()> givesUp)
    : m_client(connection, [&givesUp] {
          DatabaseClient::About about;
          about.givesUp = std::move(givesUp);
          return about;
      }()) {}

RowsSession::Item PostgresqlSession::item(const DatabaseColumn& column, Type type) const {
    const std::string name = m_client.quoted(column.name);
    if (const auto form = binaryForm(column.wireType, type); form && !column.asText) return {name, *form};
    if (type.is(TypeId::Bytes) && column.wireType == static_cast<std::uint32_t>(PostgresqlType::Bytea))
        return {name, SqlCellForm::Raw};
    return {textItem(name), SqlCellForm::Text};
}

RowsSession::Order PostgresqlSession::order(const DatabaseColumn& column) const {
    return {std::string(kRowsAlias) + '.' + m_client.quoted(column.name), column.type.isNumeric()};
}

std::string PostgresqlSession::literal(const Order&, const Column& column, std::size_t row) const {
    std::string text;
    if (column.type().is(TypeId::Bytes)) {
        text = "\\x";
        appendHex(text, column.string(row));
    } else {
        appendCell(text, column, row);
    }
    return quotedText(text);
}

std::string PostgresqlSession::behind(const std::vector<Order>& order,
                                      const std::vector<std::string>& texts) const {
    std::string names, values;
    for (std::size_t i = 0; i < order.size(); ++i) {
        names += (i == 0 ? "" : ", ") + order[i].sql;
        values += (i == 0 ? "" : ", ") + quotedText(texts[i]);
    }
    return '(' + names + ") > (" + values + ')';
}

Status PostgresqlSession::beginSnapshot(bool evenly) {
    if (evenly) RW_TRY(m_client.execute("SET synchronize_seqscans = off"));
    return m_client.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

Status PostgresqlSession::open(const std::string& select, std::size_t items) {
    m_items = items;
    m_bytes = {};
    m_joined.clear();
    m_begun = false;
    RW_TRY(m_client.beginCopyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)"));
    m_reading = true;
    return {};
}

Result<bool> PostgresqlSession::take(Cells& cells) {
    PgBytes in(m_bytes);
    if (!m_begun) {
        if (m_bytes.size() < kCopyMark.size()) return false;
        if (in.bytes(kCopyMark.size()) != kCopyMark) return unreadable();
        (void)in.number<std::uint32_t>();  // flags
        (void)in.bytes(in.number<std::uint32_t>());
    }
    const auto count = in.number<std::int16_t>();
    if (in.failed()) return false;
    if (count >= 0 && static_cast<std::size_t>(count) != m_items) return unreadable();
    cells.resize(count < 0 ? 0 : m_items);
    for (auto& cell : cells) {
        const auto size = in.number<std::int32_t>();
        if (size < 0) {
            cell.reset();
        } else {
            cell = in.bytes(static_cast<std::size_t>(size));
        }
    }
    if (in.failed()) return false;
    m_begun = true;
    m_bytes = count < 0 ? std::string_view() : in.rest();  // less than 0: the end
    return count >= 0;
}

Result<RowsSession::Got> PostgresqlSession::next(Millis within, Cells& cells) {
    if (!m_reading) return Got::End;
    for (;;) {
        if (!m_bytes.empty()) {
            RW_TRY_ASSIGN(const bool row, take(cells));
            if (row) return Got::Row;
        }
        // What is left is the beginning of a row.
        std::string begun(m_bytes);
        RW_TRY_ASSIGN(PostgresqlClient::CopiedOut copied, m_client.copyOut(within));
        if (copied.over) {
            m_reading = false;
            if (!begun.empty()) return unreadable();
            return Got::End;
        }
        if (!copied.bytes) {
            if (!begun.empty()) {
                m_joined = std::move(begun);
                m_bytes = m_joined;
            }
            return Got::Nothing;
        }
        m_memory = std::move(copied.bytes);
        m_bytes = copied.view;
        if (begun.empty()) continue;
        m_joined = std::move(begun);
        m_joined += copied.view;
        m_bytes = m_joined;
    }
}

std::string PostgresqlSession::quotedText(std::string_view text) {
    const bool escapes = text.find('\\') != std::string_view::npos;
    std::string out = escapes ? "E'" : "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += c;
        out += c;
    }
    return out + '\'';
}

}  // namespace rw
