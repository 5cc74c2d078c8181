// The statements that a PostgreSQL in memory knows.
#include <algorithm>
#include <cstdlib>

#include "tests/support/databases/world_session.h"
#include "tests/support/databases/world_values.h"

namespace rw::test {

namespace {

WorldAnswer done(const std::string& tag) {
    WorldAnswer answer;
    answer.tag = tag;
    return answer;
}

WorldAnswer refused(const std::string& state, const std::string& said) {
    WorldAnswer answer;
    answer.state = state;
    answer.said = said;
    return answer;
}

WorldAnswer rowsOf(std::vector<std::string> columns, std::vector<std::vector<WorldCell>> rows) {
    WorldAnswer answer;
    answer.tag = "SELECT " + std::to_string(rows.size());
    answer.columns = std::move(columns);
    answer.rows = std::move(rows);
    return answer;
}

WorldCell truth(bool is) {
    return is ? "t" : "f";
}

std::size_t placeOf(const WorldTable& table, const std::string& column) {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](const WorldTable::Column& each) { return each.name == column; });
    return static_cast<std::size_t>(found - table.columns.begin());
}

bool sameValues(const std::vector<WorldCell>& row, const std::vector<std::size_t>& places,
                const std::vector<WorldCell>& values) {
    for (std::size_t i = 0; i < places.size(); ++i)
        if (row[places[i]] != values[i]) return false;
    return true;
}

std::string_view behind(std::string_view text, std::string_view words) {
    const std::size_t at = text.find(words);
    return at == std::string_view::npos ? std::string_view() : text.substr(at + words.size());
}

/// The rows that arrays of parameters make.
std::vector<std::vector<WorldCell>> unnestedRows(const std::vector<WorldParam>& params) {
    std::vector<std::vector<WorldCell>> rows;
    for (const WorldParam& param : params) {
        const std::vector<WorldCell> cells = worldArray(param.bytes.value_or(""));
        rows.resize(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) rows[i].push_back(cells[i]);
    }
    return rows;
}

std::string textParam(const std::vector<WorldParam>& params, std::size_t number) {
    return number < params.size() ? params[number].bytes.value_or("") : std::string();
}

}  // namespace

WorldTables& WorldSession::tables() {
    return m_mine ? *m_mine : m_world.m_tables;
}

WorldTable* WorldSession::writable(const std::string& name) {
    const auto found = tables().find(name);
    if (found == tables().end()) return nullptr;
    auto own = std::make_shared<WorldTable>(*found->second);
    WorldTable* const table = own.get();
    found->second = std::move(own);
    return table;
}

WorldAnswer WorldSession::carryOut(const std::string& statement, const std::vector<WorldParam>& params) {
    std::unique_lock lock(m_world.m_mutex);
    m_world.m_statements.push_back(statement);
    m_world.m_news.wait(lock, [&] {
        return over || m_world.m_over || !m_world.m_held || !statement.starts_with(m_world.m_held->first);
    });
    for (auto each = m_world.m_failures.begin(); each != m_world.m_failures.end(); ++each) {
        if (!statement.starts_with(each->first)) continue;
        const std::string state = each->second;
        m_world.m_failures.erase(each);
        return refused(state, "as the test wants it");
    }
    if (statement.find("_rill_sinks") != std::string::npos) {
        lock.unlock();
        return ofMarker(statement, params);
    }
    return know(statement, params);
}

WorldAnswer WorldSession::know(const std::string& statement, const std::vector<WorldParam>& params) {
    const std::string_view text = statement;
    const bool ends = text.starts_with("ROLLBACK") || text == "COMMIT";
    if (m_standing == 'E' && !ends) return refused("25P02", "current transaction is aborted");
    if (ends || text == "BEGIN" || text.starts_with("SAVEPOINT") || text.starts_with("RELEASE"))
        return transact(statement);
    if (text.starts_with("SET CONSTRAINTS")) {
        WorldAnswer broken = ofReferences();
        m_immediate = broken.state.empty();
        return m_immediate ? done("SET CONSTRAINTS") : broken;
    }
    if (text.starts_with("CREATE TABLE")) return create(statement);
    if (text.starts_with("INSERT INTO")) return insert(statement, params);
    if (text.starts_with("DELETE FROM")) return remove(statement, params);
    if (text.starts_with("DROP TABLE IF EXISTS ")) {
        std::string_view rest = text.substr(21);
        tables().erase(takeTable(rest));
        return done("DROP TABLE");
    }
    if (text.starts_with("BEGIN ISOLATION LEVEL")) return transact("BEGIN");
    if (text.starts_with("SET ") || text.starts_with("LISTEN ")) return done("SET");
    if (text.starts_with("COPY (SELECT ")) return copyOut(statement);
    if (text.starts_with("SELECT pg_catalog.left(")) return someRows(statement);
    if (text.starts_with("SELECT s.slot_name") ||
        text.starts_with("SELECT 1 FROM pg_catalog.pg_publication") ||
        text.starts_with("SELECT pg_catalog.pg_drop_replication_slot"))
        return ofSlots(statement, params);
    if (text.starts_with("SELECT pg_catalog.format_type")) return rowsOf({"declared"}, {{"text"}});
    if (const auto query = tables().find(statement); query != tables().end()) {
        std::vector<std::string> columns;
        for (const WorldTable::Column& column : query->second->columns) columns.push_back(column.name);
        return rowsOf(std::move(columns), {});
    }
    if (text.starts_with("COPY ")) {
        std::string_view rest = text.substr(5);
        if (!tables().contains(takeTable(rest))) return refused("42P01", "relation does not exist");
        WorldAnswer answer = done("COPY 0");
        answer.takesCopy = true;
        m_statement = statement;
        return answer;
    }
    return ofCatalogue(statement, params);
}

WorldAnswer WorldSession::transact(const std::string& statement) {
    if (statement == "BEGIN") {
        m_mine = m_world.m_tables;
        m_standing = 'T';
        m_immediate = false;
        return done("BEGIN");
    }
    if (statement == "COMMIT") return commit();
    if (statement == "ROLLBACK") {
        m_mine.reset();
        unlock();
        m_standing = 'I';
        return done("ROLLBACK");
    }
    if (statement.starts_with("SAVEPOINT")) m_saved = m_mine;
    if (statement.starts_with("ROLLBACK TO")) {
        m_mine = m_saved;
        m_standing = 'T';
    }
    return done(statement.substr(0, statement.find(' ')));
}

WorldAnswer WorldSession::commit() {
    WorldAnswer broken = ofReferences();
    if (m_standing == 'T' && !broken.state.empty()) {
        m_mine.reset();
        unlock();
        m_standing = 'I';
        return broken;
    }
    const bool failed = m_standing == 'E';
    m_standing = 'I';
    const std::optional<bool> lost = std::exchange(m_world.m_lostCommit, std::nullopt);
    if (!failed && lost.value_or(true)) {
        if (m_mine) m_world.m_tables = *m_mine;
        for (const auto& [name, marker] : m_markers) {
            m_world.m_markers[name].owner = marker.owner;
            m_world.m_markers[name].number = marker.number;
        }
    }
    m_mine.reset();
    unlock();
    WorldAnswer answer = done(failed ? "ROLLBACK" : "COMMIT");
    answer.gone = lost.has_value();
    return answer;
}

WorldAnswer WorldSession::ofReferences() {
    for (const PostgresqlWorld::Reference& each : m_world.m_references) {
        const auto from = tables().find(each.table), to = tables().find(each.toTable);
        if (from == tables().end() || to == tables().end()) continue;
        const std::size_t column = placeOf(*from->second, each.column);
        const std::size_t toColumn = placeOf(*to->second, each.toColumn);
        for (const std::vector<WorldCell>& row : from->second->rows) {
            const auto meets = [&](const auto& other) { return other[toColumn] == row[column]; };
            const auto& others = to->second->rows;
            if (row[column] && std::none_of(others.begin(), others.end(), meets))
                return refused("23503", "key \"" + *row[column] + "\" is not present");
        }
    }
    return {};
}

bool WorldSession::lock(const std::string& marker) {
    std::unique_lock lock(m_world.m_mutex);
    const auto free = [&] {
        const auto found = m_world.m_markers.find(marker);
        return found == m_world.m_markers.end() || found->second.holder == nullptr ||
               found->second.holder == this;
    };
    m_world.m_news.wait(lock, [&] { return over || m_world.m_over || free(); });
    if (over || m_world.m_over) return false;
    if (!m_markers.contains(marker)) {
        m_world.m_markers[marker].holder = this;
        m_markers[marker] = m_world.m_markers[marker];
    }
    return true;
}

/// With the lock of the world.
void WorldSession::unlock() {
    for (const auto& [name, marker] : m_markers) m_world.m_markers[name].holder = nullptr;
    m_markers.clear();
    m_world.m_news.notify_all();
}

WorldAnswer WorldSession::ofMarker(const std::string& statement, const std::vector<WorldParam>& params) {
    if (statement.starts_with("CREATE")) {
        const std::lock_guard hold(m_world.m_mutex);
        m_world.m_hasMarkers = true;
        return done("CREATE TABLE");
    }
    if (statement.starts_with("SELECT owner")) {
        const std::string name = textParam(params, 0);
        const std::lock_guard hold(m_world.m_mutex);
        const auto own = m_markers.find(name), known = m_world.m_markers.find(name);
        std::vector<std::vector<WorldCell>> rows;
        if (own != m_markers.end()) {
            rows.push_back({own->second.owner, std::to_string(own->second.number)});
        } else if (known != m_world.m_markers.end() && !known->second.owner.empty()) {
            rows.push_back({known->second.owner, std::to_string(known->second.number)});
        }
        return rowsOf({"owner", "epoch"}, std::move(rows));
    }
    const bool marks = statement.starts_with("UPDATE");
    const std::string name = textParam(params, marks ? 1 : 0);
    if (!lock(name)) return refused("57P01", "terminating connection");
    const std::lock_guard hold(m_world.m_mutex);
    PostgresqlWorld::Marker& marker = m_markers[name];
    if (!marks) {
        marker.owner = "owner " + std::to_string(++m_world.m_owners);
        return done("INSERT 0 1");
    }
    if (marker.owner != textParam(params, 2)) return done("UPDATE 0");
    marker.number = std::strtoll(textParam(params, 0).c_str(), nullptr, 10);
    return done("UPDATE 1");
}

WorldAnswer WorldSession::ofCatalogue(const std::string& statement, const std::vector<WorldParam>& params) {
    const std::string_view text = statement;
    if (text.starts_with("SELECT p.pid")) {
        if (!m_world.m_held) return rowsOf({"pid", "user", "program", "open"}, {});
        const PostgresqlWorld::Holder& by = m_world.m_held->second;
        return rowsOf({"pid", "user", "program", "open"}, {{by.session, by.user, by.program, by.openMillis}});
    }
    if (text == "SELECT 1") return rowsOf({"one"}, {{"1"}});
    if (text.starts_with("SELECT pg_catalog.set_config")) return rowsOf({"set_config"}, {});
    if (text.starts_with("SELECT pg_catalog.pg_terminate_backend")) {
        m_world.endSessions(this, m_name);
        m_world.m_news.notify_all();
        return rowsOf({"ended"}, {});
    }
    if (text.starts_with("SELECT c.oid")) {
        const std::string quoted = textParam(params, 0);
        std::string_view rest = quoted;
        const std::string name = quoted.starts_with('"') ? takeTable(rest) : quoted;
        if (name == "_rill_sinks" && m_world.m_hasMarkers)
            return rowsOf({"oid", "s", "t", "v"}, {{"_rill_sinks", "public", "_rill_sinks", "f"}});
        if (!tables().contains(name)) return rowsOf({"oid", "s", "t", "v"}, {});
        return rowsOf({"oid", "s", "t", "v"}, {{name, "public", name, "f"}});
    }
    std::vector<std::vector<WorldCell>> rows;
    const auto found = tables().find(textParam(params, 0));
    if (text.starts_with("SELECT a.attname")) {
        if (found != tables().end()) {
            for (const WorldTable::Column& column : found->second->columns)
                rows.push_back({column.name, catalogueName(column.declared), std::to_string(column.type),
                                std::to_string(modifierOfDeclared(column.declared)), truth(!column.nullable),
                                truth(false), truth(false)});
        }
        return rowsOf({"n", "d", "t", "m", "null", "def", "gen"}, std::move(rows));
    }
    if (text.starts_with("SELECT i.indexrelid")) {
        if (found != tables().end()) {
            for (const std::string& column : found->second->key) rows.push_back({"1", truth(true), column});
        }
        return rowsOf({"i", "p", "c"}, std::move(rows));
    }
    if (text.starts_with("SELECT n.nspname")) {
        for (const auto& [name, table] : tables())
            rows.push_back({"public", name, truth(false), std::to_string(table->rows.size()), "8192"});
        return rowsOf({"s", "t", "v", "r", "b"}, std::move(rows));
    }
    return refused("0A000", "this server in memory does not know: " + statement);
}

WorldAnswer WorldSession::create(const std::string& statement) {
    std::string_view rest = behind(statement, "IF NOT EXISTS ");
    const std::string name = takeTable(rest);
    if (tables().contains(name)) return done("CREATE TABLE");
    const std::string_view inside = inBrackets(rest);
    auto table = std::make_shared<WorldTable>();
    if (inside.starts_with("LIKE ")) {
        std::string_view like = inside.substr(5);
        const auto model = tables().find(takeTable(like));
        if (model == tables().end()) return refused("42P01", "relation does not exist");
        *table = *model->second;
        table->rows.clear();
    } else {
        for (const std::string& part : partsOf(inside)) {
            if (part.starts_with("PRIMARY KEY")) {
                table->key = quotedNames(part);
                continue;
            }
            WorldTable::Column& column = table->columns.emplace_back();
            column.name = quotedNames(part).front();
            column.declared = part.substr(column.name.size() + 3);
            const std::size_t needed = column.declared.find(" NOT NULL");
            column.nullable = needed == std::string::npos;
            column.declared = column.declared.substr(0, needed);
            column.type = typeOfDeclared(column.declared);
        }
    }
    tables()[name] = std::move(table);
    return done("CREATE TABLE");
}

WorldAnswer WorldSession::put(const std::string& name, const std::vector<std::string>& columns,
                              const std::vector<std::vector<WorldCell>>& rows, bool upsert) {
    WorldTable* const table = writable(name);
    if (table == nullptr) return refused("42P01", "relation \"" + name + "\" does not exist");
    std::vector<std::size_t> key, places;
    for (const std::string& column : columns) {
        places.push_back(placeOf(*table, column));
        if (places.back() == table->columns.size())
            return refused("42703", "column \"" + column + "\" does not exist");
    }
    for (const std::string& column : table->key) key.push_back(placeOf(*table, column));
    for (const std::vector<WorldCell>& given : rows) {
        std::vector<WorldCell> row(table->columns.size()), values;
        for (std::size_t i = 0; i < places.size(); ++i) row[places[i]] = given[i];
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!row[i] && !table->columns[i].nullable)
                return refused("23502", "null value in column \"" + table->columns[i].name + "\"");
            for (const std::string& text : m_world.m_rejected)
                if (row[i] == text) return refused("22003", "value \"" + text + "\" is out of range");
        }
        for (const std::size_t place : key) values.push_back(row[place]);
        const auto same = std::find_if(table->rows.begin(), table->rows.end(), [&](const auto& each) {
            return !key.empty() && sameValues(each, key, values);
        });
        if (same == table->rows.end()) {
            table->rows.push_back(std::move(row));
        } else if (upsert) {
            *same = std::move(row);
        } else {
            return refused("23505", "duplicate key value violates unique constraint");
        }
    }
    if (WorldAnswer broken = ofReferences(); m_immediate && !broken.state.empty()) return broken;
    return done("INSERT 0 " + std::to_string(rows.size()));
}

WorldAnswer WorldSession::insert(const std::string& statement, const std::vector<WorldParam>& params) {
    std::string_view rest = behind(statement, "INTO ");
    const std::string name = takeTable(rest);
    const std::vector<std::string> columns = quotedNames(inBrackets(rest));
    if (!params.empty())
        return put(name, columns, unnestedRows(params), statement.find(" ON CONFLICT ") != std::string::npos);
    std::string_view from = behind(statement, " FROM ");
    const auto model = tables().find(takeTable(from));
    if (model == tables().end()) return refused("42P01", "relation does not exist");
    std::vector<std::vector<WorldCell>> rows;
    const std::shared_ptr<const WorldTable> table = model->second;
    for (const std::vector<WorldCell>& row : table->rows) {
        std::vector<WorldCell>& taken = rows.emplace_back();
        for (const std::string& column : columns) taken.push_back(row[placeOf(*table, column)]);
    }
    return put(name, columns, rows, false);
}

WorldAnswer WorldSession::remove(const std::string& statement, const std::vector<WorldParam>& params) {
    std::string_view rest = behind(statement, "FROM ");
    const std::string name = takeTable(rest);
    WorldTable* const table = writable(name);
    if (table == nullptr) return refused("42P01", "relation \"" + name + "\" does not exist");
    const std::size_t before = table->rows.size();
    if (params.empty()) {
        table->rows.clear();
        return done("DELETE " + std::to_string(before));
    }
    // Conditions are in the order of the table's columns, parameters in that of the key: “t."a" = k.c2”.
    const std::string_view conditions = behind(statement, " WHERE ");
    std::vector<std::size_t> places(params.size());
    const std::vector<std::string> names = quotedNames(conditions);
    std::string_view left = conditions;
    for (const std::string& column : names) {
        left = behind(left, " = k.c");
        places.at(static_cast<std::size_t>(std::atoi(std::string(left.substr(0, 2)).c_str()) - 1)) =
            placeOf(*table, column);
    }
    for (const std::vector<WorldCell>& values : unnestedRows(params))
        std::erase_if(table->rows, [&](const auto& row) { return sameValues(row, places, values); });
    return done("DELETE " + std::to_string(before - table->rows.size()));
}

void WorldSession::endCopy() {
    m_copying = false;
    std::string_view rest = behind(m_statement, "COPY ");
    const std::string name = takeTable(rest);
    const std::vector<std::string> columns = quotedNames(inBrackets(rest));
    {
        const std::lock_guard lock(m_world.m_mutex);
        std::vector<std::uint32_t> types;
        const auto found = tables().find(name);
        for (const std::string& column : columns) {
            if (found == tables().end()) break;
            const std::size_t place = placeOf(*found->second, column);
            types.push_back(place < found->second->columns.size() ? found->second->columns[place].type : 25);
        }
        m_answer = put(name, columns, worldCopy(m_copied, types), false);
    }
    if (m_answer.state.empty()) {
        m_answer.tag = "COPY" + m_answer.tag.substr(m_answer.tag.rfind(' '));
        sendRows(m_answer);
    } else {
        sendError(m_answer);
    }
    sendReady();
}

}  // namespace rw::test
