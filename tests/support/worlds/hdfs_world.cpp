#include "tests/support/worlds/hdfs_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/connect/hadoop/webhdfs_place.h"

namespace rw::test {

namespace {

constexpr const char* kRoot = "/webhdfs/v1";

std::string decodedText(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += static_cast<char>(std::strtol(text.substr(i + 1, 2).c_str(), nullptr, 16));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

HdfsCall callOf(const FakeRequest& request) {
    HdfsCall call;
    const std::size_t blank = request.line.find(' ');
    call.method = request.line.substr(0, blank);
    const std::string target = request.line.substr(blank + 1);
    const std::size_t query = std::min(target.find('?'), target.size());
    const std::string path = decodedText(target.substr(0, query));
    call.path = path.starts_with(kRoot) ? path.substr(std::string(kRoot).size()) : path;
    if (call.path.size() > 1 && call.path.ends_with('/')) call.path.pop_back();
    std::string rest = query < target.size() ? target.substr(query + 1) : "";
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string one = rest.substr(0, end);
        const std::size_t equals = std::min(one.find('='), one.size());
        if (equals < one.size()) call.params[one.substr(0, equals)] = decodedText(one.substr(equals + 1));
        rest.erase(0, std::min(end + 1, rest.size()));
    }
    call.op = call.param("op");
    call.body = request.body;
    call.head = request.head;
    return call;
}

FakeAnswer keptAnswer(const std::string& body, int status = 200, const std::string& headers = {}) {
    FakeAnswer said;
    said.bytes =
        fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(), headers, body);
    said.keep = true;
    return said;
}

std::string statusText(const std::string& name, bool folder, std::size_t bytes, std::int64_t changed) {
    return fmt::format(
        R"({{"pathSuffix":"{}","type":"{}","length":{},"modificationTime":{},"permission":"755"}})", name,
        folder ? "DIRECTORY" : "FILE", bytes, changed);
}

/// The name of the child of `folder` on the way to `path`; empty: it is not below.
std::string childOn(const std::string& folder, const std::string& path) {
    const std::string begin = folder == "/" ? folder : folder + '/';
    if (!path.starts_with(begin)) return {};
    return path.substr(begin.size(), path.find('/', begin.size()) - begin.size());
}

}  // namespace

std::string HdfsCall::param(const std::string& name) const {
    const auto found = params.find(name);
    return found == params.end() ? std::string() : found->second;
}

HdfsWorld::HdfsWorld()
    : m_data([this](const FakeRequest& request) { return reply(request, true); }),
      m_names([this](const FakeRequest& request) { return reply(request, false); }) {}

std::shared_ptr<const Connections> HdfsWorld::connections(const std::string& name,
                                                          std::map<std::string, std::string> fields,
                                                          const std::string& token) const {
    Connection made{name, "webhdfs", std::move(fields), {}};
    made.fields.emplace("address", address());
    made.fields.emplace("user", "rill");
    if (!token.empty()) made.secrets["token"] = {SecretRef::Kind::Environment, token};
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

void HdfsWorld::put(const std::string& path, const std::string& bytes) {
    const std::lock_guard lock(m_mutex);
    m_files[path] = {bytes, ++m_now};
}

void HdfsWorld::remove(const std::string& path) {
    const std::lock_guard lock(m_mutex);
    m_files.erase(path);
}

std::optional<std::string> HdfsWorld::file(const std::string& path) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_files.find(path);
    return found == m_files.end() ? std::nullopt : std::optional(found->second.bytes);
}

std::vector<std::string> HdfsWorld::files() const {
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> paths;
    for (const auto& [path, file] : m_files) paths.push_back(path);
    return paths;
}

std::vector<std::string> HdfsWorld::rows(const std::vector<std::string>& without) const {
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> lines;
    for (const auto& [path, file] : m_files) {
        if (isHiddenFile(path.substr(path.rfind('/') + 1))) continue;
        if (std::find(without.begin(), without.end(), path) != without.end()) continue;
        std::string rest = file.bytes;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            lines.push_back(rest.substr(0, end));
            rest.erase(0, std::min(end + 1, rest.size()));
        }
    }
    return lines;
}

std::vector<std::string> HdfsWorld::calls() const {
    const std::lock_guard lock(m_mutex);
    return m_calls;
}

void HdfsWorld::setFault(Fault fault) {
    const std::lock_guard lock(m_mutex);
    m_fault = std::move(fault);
}

void HdfsWorld::leadTo(const std::string& address) {
    const std::lock_guard lock(m_mutex);
    m_leadsTo = address;
}

void HdfsWorld::loseAnswerOf(const std::string& op) {
    const std::lock_guard lock(m_mutex);
    m_loses = op;
}

void HdfsWorld::halveNext() {
    const std::lock_guard lock(m_mutex);
    m_halves = true;
}

FakeAnswer HdfsWorld::thrown(const std::string& exception, const std::string& message, int status) {
    return keptAnswer(
        fmt::format(R"({{"RemoteException":{{"exception":"{}","javaClassName":"x.{}","message":"{}"}}}})",
                    exception, exception, message),
        status);
}

FakeAnswer HdfsWorld::reply(const FakeRequest& request, bool atData) {
    HdfsCall call = callOf(request);
    call.atData = atData;
    const std::lock_guard lock(m_mutex);
    m_calls.push_back((atData ? "data " : "") + call.op + ' ' + call.path);
    if (m_fault) {
        if (const std::optional<FakeAnswer> wrong = m_fault(call)) return *wrong;
    }
    FakeAnswer said =
        atData ? dataReply(call) : nameReply(call, request.line.substr(request.line.find(' ') + 1));
    if (call.op != m_loses) return said;
    m_loses.clear();
    return brokenOff();
}

bool HdfsWorld::isFolder(const std::string& path) const {
    return path == "/" || std::any_of(m_files.begin(), m_files.end(), [&path](const auto& each) {
               return !childOn(path, each.first).empty();
           });
}

FakeAnswer HdfsWorld::status(const std::string& path) const {
    const auto found = m_files.find(path);
    if (found == m_files.end() && !isFolder(path))
        return thrown("FileNotFoundException", "File does not exist: " + path, 404);
    const bool folder = found == m_files.end();
    return keptAnswer(
        R"({"FileStatus":)" +
        statusText({}, folder, folder ? 0 : found->second.bytes.size(), folder ? 0 : found->second.changed) +
        "}");
}

FakeAnswer HdfsWorld::listing(const std::string& path) const {
    std::map<std::string, std::string> entries;
    const auto itself = m_files.find(path);
    if (itself != m_files.end())
        entries[""] = statusText({}, false, itself->second.bytes.size(), itself->second.changed);
    for (const auto& [each, file] : m_files) {
        const std::string name = childOn(path, each);
        if (name.empty()) continue;
        const bool folder = joinedPath(path, name) != each;
        entries[name] = statusText(name, folder, folder ? 0 : file.bytes.size(), file.changed);
    }
    if (entries.empty() && path != "/")
        return thrown("FileNotFoundException", "File " + path + " does not exist.", 404);
    std::string all;
    for (const auto& [name, text] : entries) all += (all.empty() ? "" : ",") + text;
    return keptAnswer(R"({"FileStatuses":{"FileStatus":[)" + all + "]}}");
}

FakeAnswer HdfsWorld::nameReply(const HdfsCall& call, const std::string& target) {
    const auto found = m_files.find(call.path);
    if (call.op == "GETFILESTATUS") return status(call.path);
    if (call.op == "LISTSTATUS") return listing(call.path);
    if (call.op == "GETHOMEDIRECTORY") return keptAnswer(R"({"Path":"/user/rill"})");
    if (call.op == "OPEN" && found == m_files.end())
        return thrown("FileNotFoundException", "File does not exist: " + call.path, 404);
    if (call.op == "OPEN" || call.op == "CREATE") {
        const std::string to = m_leadsTo.empty() ? m_data.address() : m_leadsTo;
        return keptAnswer({}, 307, "Location: " + to + target + "\r\n");
    }
    if (call.op == "DELETE") {
        const bool there = m_files.erase(call.path) > 0;
        return keptAnswer(there ? R"({"boolean":true})" : R"({"boolean":false})");
    }
    if (call.op == "RENAME") {
        const std::string to = call.param("destination");
        const bool can = found != m_files.end() && m_files.count(to) == 0;
        if (can) {
            m_files[to] = std::move(found->second);
            m_files.erase(call.path);
        }
        return keptAnswer(can ? R"({"boolean":true})" : R"({"boolean":false})");
    }
    return thrown("UnsupportedOperationException", call.op + " is not supported.", 400);
}

FakeAnswer HdfsWorld::dataReply(const HdfsCall& call) {
    if (call.op == "CREATE") {
        const bool half = std::exchange(m_halves, false);
        m_files[call.path] = {half ? call.body.substr(0, call.body.size() / 2) : call.body, ++m_now};
        return keptAnswer({}, 201);
    }
    const auto found = m_files.find(call.path);
    if (call.op != "OPEN" || found == m_files.end())
        return thrown("FileNotFoundException", "File does not exist: " + call.path, 404);
    const std::string offset = call.param("offset"), length = call.param("length");
    const std::size_t from = std::min(std::strtoul(offset.c_str(), nullptr, 10), found->second.bytes.size());
    const std::size_t most = length.empty() ? std::string::npos : std::strtoul(length.c_str(), nullptr, 10);
    return keptAnswer(found->second.bytes.substr(from, most));
}

}  // namespace rw::test
