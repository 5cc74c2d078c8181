#include "tests/support/worlds/hbase_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/data/base64.h"
#include "core/pipeline/json/json_scan.h"

namespace rw::test {

namespace {

FakeAnswer keptReply(const std::string& body, int status = 200) {
    FakeAnswer said;
    said.bytes = fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\n\r\n{}", status, body.size(), body);
    said.keep = true;
    return said;
}

std::string bytesOf(const Json& object, const char* name) {
    std::string bytes;
    const std::string text = object.value(name, std::string());
    return appendFromBase64(bytes, text) ? bytes : "no Base64";
}

std::string unescaped(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size();
        out += escape ? static_cast<char>(std::strtol(text.substr(i + 1, 2).c_str(), nullptr, 16)) : text[i];
        if (escape) i += 2;
    }
    return out;
}

}  // namespace

HbaseWorld::HbaseWorld(std::string table, std::vector<std::string> families)
    : m_table(std::move(table)),
      m_families(std::move(families)),
      m_server([this](const FakeRequest& request) { return reply(request); }) {}

std::shared_ptr<const Connections> HbaseWorld::connections(const std::string& name) const {
    Connection made{name, "hbase", {{"address", address()}}, {}};
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

std::vector<std::string> HbaseWorld::rows() const {
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> lines;
    for (const auto& [key, cells] : m_rows) {
        std::string line = key;
        for (const auto& [column, cell] : cells) {
            const auto removed = m_removed.find(key);
            if (removed != m_removed.end() && cell.time <= removed->second) continue;
            line += '|' + column + '=' + cell.value;
        }
        if (line.size() > key.size()) lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::int64_t> HbaseWorld::times(const std::string& key, const std::string& column) const {
    const std::lock_guard lock(m_mutex);
    const auto row = m_rows.find(key);
    if (row == m_rows.end() || row->second.count(column) == 0) return {};
    return row->second.at(column).times;
}

void HbaseWorld::clear() {
    const std::lock_guard lock(m_mutex);
    m_rows.clear();
    m_removed.clear();
}

void HbaseWorld::setFault(Fault fault) {
    const std::lock_guard lock(m_mutex);
    m_fault = std::move(fault);
}

FakeAnswer HbaseWorld::reply(const FakeRequest& request) {
    const std::lock_guard lock(m_mutex);
    if (m_fault) {
        if (const std::optional<FakeAnswer> wrong = m_fault(request)) return *wrong;
    }
    const std::string path = request.line.substr(request.line.find(' ') + 1);
    if (path == "/") return keptReply(fmt::format(R"({{"table":[{{"name":"{}"}}]}})", m_table));
    if (!path.starts_with('/' + m_table + '/')) return keptReply("Not found", 404);
    const std::string rest = path.substr(m_table.size() + 2);
    if (rest == "schema") {
        std::string families;
        for (const std::string& family : m_families)
            families += fmt::format(R"({}{{"name":"{}"}})", families.empty() ? "" : ",", family);
        return keptReply(fmt::format(R"({{"name":"{}","ColumnSchema":[{}]}})", m_table, families));
    }
    if (request.line.starts_with("PUT")) return keptReply({}, put(request.body) ? 200 : 400);
    if (!request.line.starts_with("DELETE")) return keptReply({}, 405);
    const std::size_t slash = rest.find('/'), last = rest.rfind('/');
    std::string key = unescaped(rest.substr(0, slash));
    // As HBase 2.6.1 was seen to do.
    if (key == "schema" || key == "regions" || key == "exists" || key == "scanner") return keptReply({}, 404);
    if (key.ends_with('*')) key.pop_back();
    remove(key, std::strtoll(rest.c_str() + last + 1, nullptr, 10));
    return keptReply({});
}

bool HbaseWorld::put(const std::string& body) {
    const Result<Json> read = parseJson(body);
    if (!read.ok() || !read->contains("Row")) return false;
    for (const Json& row : (*read)["Row"]) {
        const std::string key = bytesOf(row, "key");
        for (const Json& cell : row["Cell"]) {
            const std::string column = bytesOf(cell, "column");
            const std::string family = column.substr(0, column.find(':'));
            if (std::find(m_families.begin(), m_families.end(), family) == m_families.end()) return false;
            Cell& kept = m_rows[key][column.substr(family.size() + 1)];
            const std::int64_t time = cell.value("timestamp", std::int64_t{0});
            kept.times.push_back(time);
            if (time < kept.time) continue;
            kept.time = time;
            kept.value = bytesOf(cell, "$");
        }
    }
    return true;
}

void HbaseWorld::remove(const std::string& key, std::int64_t time) {
    std::int64_t& until = m_removed[key];
    until = std::max(until, time);
}

}  // namespace rw::test
