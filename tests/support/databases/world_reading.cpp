// What clients ask a PostgreSQL in memory that read tables: COPY of a SELECT, in the order of a key or of the
// transactions that added the rows, and rows by key.
#include <algorithm>
#include <cstdlib>

#include "core/data/text.h"
#include "tests/support/databases/world_session.h"
#include "tests/support/databases/world_values.h"

namespace rw::test {

namespace {

constexpr std::string_view kAddedBy = "pg_snapshot_xmax";  // is in what asks for the transaction of a row

std::string_view behindWords(std::string_view text, std::string_view words) {
    const std::size_t at = text.find(words);
    return at == std::string_view::npos ? std::string_view() : text.substr(at + words.size());
}

std::string_view upTo(std::string_view text, std::string_view words) {
    return text.substr(0, text.find(words));
}

/// 'it''s', one after the other.
std::vector<std::string> literalsIn(std::string_view text) {
    std::vector<std::string> literals;
    for (std::size_t at = text.find('\''); at < text.size(); at = text.find('\'', at)) {
        std::string& literal = literals.emplace_back();
        for (++at; at < text.size(); ++at) {
            if (text[at] == '\'' && (at + 1 == text.size() || text[at + 1] != '\'')) break;
            if (text[at] == '\'') ++at;
            literal += text[at];
        }
        ++at;
    }
    return literals;
}

/// One of the values that a SELECT asks for, or orders by.
struct WorldItem {
    bool transaction = false;  ///< the one that added the row
    std::size_t column = 0;
    bool asText = false;
};

WorldItem itemOf(const WorldTable& table, const std::string& part) {
    WorldItem item;
    item.asText = part.ends_with("::text");
    item.transaction = part.find(kAddedBy) != std::string::npos;
    const std::vector<std::string> names = quotedNames(part);
    for (std::size_t i = 0; i < table.columns.size() && !names.empty(); ++i) {
        if (table.columns[i].name == names.front()) item.column = i;
    }
    return item;
}

/// Each row has a transaction of its own, in their order.
WorldCell cellOf(const WorldTable& table, std::size_t row, const WorldItem& item) {
    return item.transaction ? WorldCell(std::to_string(row + 1)) : table.rows[row][item.column];
}

std::string asCopied(const WorldTable& table, std::size_t row, const std::vector<WorldItem>& items) {
    std::string bytes;
    appendWorldNumber(bytes, items.size(), 2);
    for (const WorldItem& item : items) {
        const WorldCell cell = cellOf(table, row, item);
        const bool text = item.asText || item.transaction;
        const std::string value =
            cell ? text ? *cell : worldBytes(*cell, table.columns[item.column].type) : std::string();
        appendWorldNumber(bytes, cell ? value.size() : 0xffffffff, 4);
        bytes += value;
    }
    return bytes;
}

/// Whether a row is behind the one that “(…) > ('5', '7')” names, by the first of the values, which are whole
/// numbers; or has one of the keys of “"k" IN ('a', 'b')”.
bool fits(const WorldTable& table, std::size_t row, std::string_view where) {
    if (const std::string_view keys = behindWords(where, " IN ("); !keys.empty()) {
        const WorldCell cell = cellOf(table, row, itemOf(table, std::string(upTo(where, " IN ("))));
        const std::vector<std::string> wanted = literalsIn(keys);
        return cell && std::find(wanted.begin(), wanted.end(), *cell) != wanted.end();
    }
    const std::string_view from = behindWords(where, ") > (");
    if (from.empty()) return true;
    const std::vector<std::string> parts = partsOf(inBrackets(where));
    const WorldCell cell = cellOf(table, row, itemOf(table, parts.front()));
    return cell && std::atoll(cell->c_str()) > std::atoll(literalsIn(from).front().c_str());
}

}  // namespace

WorldAnswer WorldSession::ofSlots(const std::string& statement, const std::vector<WorldParam>& params) {
    WorldAnswer answer;
    answer.columns = {"slot_name", "plugin", "database", "temporary", "pid", "confirmed", "state", "kept"};
    answer.tag = "SELECT";
    const WorldCell named = params.empty() ? WorldCell() : params.front().bytes;
    if (statement.find("pg_drop_replication_slot") != std::string::npos) {
        m_world.m_slots.erase(named.value_or(""));
        answer.columns = {"dropped"};
        answer.rows = {{""}};
        return answer;
    }
    if (statement.find("pg_publication") != std::string::npos) return answer;
    for (const auto& [name, slot] : m_world.m_slots) {
        if (named && name != *named) continue;
        answer.rows.push_back({name, "pgoutput", "world", "f", std::to_string(slot.first), "0/15815B0",
                               "reserved", std::to_string(slot.second)});
    }
    return answer;
}

WorldAnswer WorldSession::copyOut(const std::string& statement) {
    const std::string_view select = inBrackets(statement);
    std::string_view from = behindWords(select, " FROM ");
    // The result of a query is that of the table of its name.
    std::string name = from.starts_with('(') ? std::string(upTo(from.substr(1), "\n")) : takeTable(from);
    if (name.starts_with("public.")) name.erase(0, 7);
    const auto found = tables().find(name);
    WorldAnswer answer;
    if (found == tables().end()) {
        answer.state = "42P01";
        answer.said = "relation \"" + name + "\" does not exist";
        return answer;
    }
    const WorldTable& table = *found->second;
    std::vector<WorldItem> items;
    for (const std::string& part : partsOf(upTo(select.substr(7), " FROM ")))
        items.push_back(itemOf(table, part));
    items.resize(static_cast<std::size_t>(static_cast<int>(items.size()) + m_world.m_moreValues));
    const std::string_view where = upTo(behindWords(select, " WHERE "), " ORDER BY ");
    const std::string_view limit = behindWords(select, " LIMIT ");
    std::size_t left =
        limit.empty() ? table.rows.size() : std::strtoull(std::string(limit).c_str(), nullptr, 10);
    answer.givesCopy = true;
    std::string head("PGCOPY\n\377\r\n\0", 11);
    head.append(8, '\0');
    for (std::size_t row = 0; row < table.rows.size() && left > 0; ++row) {
        if (!fits(table, row, where)) continue;
        answer.copied.push_back(head + asCopied(table, row, items));
        head.clear();
        --left;
    }
    answer.copied.push_back(head + "\377\377");
    answer.tag = "COPY " + std::to_string(answer.copied.size() - 1);
    return answer;
}

WorldAnswer WorldSession::someRows(const std::string& statement) {
    std::string_view from = behindWords(statement, " FROM ");
    std::string name = takeTable(from);
    if (name.starts_with("public.")) name.erase(0, 7);
    WorldAnswer answer;
    answer.tag = "SELECT";
    const auto found = tables().find(name);
    if (found == tables().end()) return answer;
    for (const WorldTable::Column& column : found->second->columns) answer.columns.push_back(column.name);
    const std::string limit(behindWords(statement, " LIMIT "));
    const std::size_t most = std::strtoull(limit.c_str(), nullptr, 10);
    for (const std::vector<WorldCell>& row : found->second->rows) {
        if (answer.rows.size() < most) answer.rows.push_back(row);
    }
    return answer;
}

}  // namespace rw::test
