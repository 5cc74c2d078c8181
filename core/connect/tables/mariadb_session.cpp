#include "core/connect/tables/mariadb_session.h"

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/data/text.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

std::string literalOf(const RowsSession::Order& order, std::string_view text) {
    const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return isAsciiDigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    });
    if (order.number && plain) return std::string(text);
    // Bytes that are no text would be refused as one.
    std::string out = validUtf8Prefix(text) == text.size() ? "" : "_binary ";
    MariadbClient::appendLiteral(out, text);
    return out;
}

}  // namespace

MariadbSession::MariadbSession(const NodeConnection& connection, std::function<bool()> givesUp)
    : m_client(connection, [&givesUp] {
          DatabaseClient::About about;
          about.givesUp = std::move(givesUp);
          return about;
      }()) {}

RowsSession::Item MariadbSession::item(const DatabaseColumn& column, Type type) const {
    const std::string name = m_client.quoted(column.name);
    const bool bytes = column.type.is(TypeId::Bytes);
    if (type.is(TypeId::Bytes) && bytes) return {name, SqlCellForm::Raw};
    return {name, SqlCellForm::Text};
}

RowsSession::Order MariadbSession::order(const DatabaseColumn& column) const {
    return {std::string(kRowsAlias) + '.' + m_client.quoted(column.name), column.type.isNumeric()};
}

std::string MariadbSession::literal(const Order& order, const Column& column, std::size_t row) const {
    if (column.type().is(TypeId::Boolean)) return column.at<std::uint8_t>(row) == 0 ? "0" : "1";
    std::string text;
    if (column.type().is(TypeId::Bytes)) {
        appendHex(text, column.string(row));
        return "x'" + text + '\'';
    }
    appendCell(text, column, row);
    return literalOf(order, text);
}

/// (a, b) > (1, 2) finds its rows without an index here.
std::string MariadbSession::behind(const std::vector<Order>& order,
                                   const std::vector<std::string>& texts) const {
    std::string condition, equal;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::string value = literalOf(order[i], texts[i]);
        condition += (i == 0 ? "(" : " OR (") + equal + order[i].sql + " > " + value + ')';
        equal += order[i].sql + " = " + value + " AND ";
    }
    return '(' + condition + ')';
}

Status MariadbSession::beginSnapshot(bool) {
    RW_TRY(m_client.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
    return m_client.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

Status MariadbSession::open(const std::string& select, std::size_t items) {
    m_items = items;
    return m_client.send(select).status();
}

Result<RowsSession::Got> MariadbSession::next(Millis, Cells& cells) {
    RW_TRY_ASSIGN(const bool row, m_client.fetch(cells));
    if (row && cells.size() != m_items) return unreadable();
    return row ? Got::Row : Got::End;
}

}  // namespace rw
