#include "tests/support/worlds/superset_world.h"

#include <fmt/format.h>

#include <cstdint>
#include <memory>

#include "core/pipeline/pipeline.h"

namespace rw::test {

namespace {

constexpr const char* kSessionToken = "token-of-the-session";
constexpr const char* kCookie = "session=kept";
constexpr const char* kCsrf = "csrf-of-the-session";

/// A good answer with a cookie.
FakeAnswer withCookie(const std::string& body) {
    return {fmt::format(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: {}; HttpOnly; Path=/\r\n"
        "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
        kCookie, body.size(), body)};
}

FakeAnswer toLogin() {
    return {"HTTP/1.1 302 FOUND\r\nLocation: /login/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"};
}

std::uint32_t number(const std::string& bytes, std::size_t at, int width) {
    std::uint32_t value = 0;
    for (int i = width - 1; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

bool has(const FakeRequest& request, const std::string& words) {
    return request.head.find(words) != std::string::npos;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> filesOfZip(const std::string& zip) {
    constexpr std::size_t kHead = 30;
    std::vector<std::pair<std::string, std::string>> files;
    std::size_t at = 0;
    while (at + kHead < zip.size() && number(zip, at, 4) == 0x04034b50) {
        const std::size_t size = number(zip, at + 18, 4), name = number(zip, at + 26, 2);
        files.emplace_back(zip.substr(at + kHead, name), zip.substr(at + kHead + name, size));
        at += kHead + name + size;
    }
    return files;
}

std::string yamlValue(const std::string& yaml, const std::string& key) {
    const std::string line = "\n\"" + key + "\": \"";
    const std::size_t found = ("\n" + yaml).find(line);
    if (found == std::string::npos) return {};
    const std::size_t from = found + line.size() - 1;
    return yaml.substr(from, yaml.find("\"\n", from) - from);
}

SupersetWorld::SupersetWorld(SupersetFaults faults)
    : m_faults(std::move(faults)), m_server([this](const FakeRequest& request) { return reply(request); }) {}

std::shared_ptr<const Connections> SupersetWorld::connections(const std::string& password,
                                                              const std::string& line) const {
    const Connection superset{"bi",
                              "superset",
                              {{"address", line.empty() ? address() : line}, {"user", "admin"}},
                              {{"password", {SecretRef::Kind::Keyring, "bi"}}}};
    const Connection postgresql{
        "pg",
        "postgresql",
        {{"address", "db.example:5433"}, {"database", "shop"}, {"user", "rill"}, {"tls", "off"}},
        {{"password", {SecretRef::Kind::Keyring, "pg"}}}};
    return std::make_shared<const Connections>(
        std::vector<Connection>{superset, postgresql}, [password](const SecretRef& secret) {
            return Result<Secret>(Secret(secret.name == "pg" ? std::string(kDatabasePassword) : password));
        });
}

std::vector<FakeRequest> SupersetWorld::requestsOf(const std::string& line) const {
    std::vector<FakeRequest> found;
    for (FakeRequest& request : m_server.requests()) {
        if (request.line.starts_with(line)) found.push_back(std::move(request));
    }
    return found;
}

std::string SupersetWorld::imported() const {
    const std::lock_guard hold(m_mutex);
    return m_imported;
}

std::size_t SupersetWorld::count(const std::string& kind) const {
    const std::lock_guard hold(m_mutex);
    const auto found = m_there.find(kind);
    return found == m_there.end() ? 0 : found->second.size();
}

FakeAnswer SupersetWorld::reply(const FakeRequest& request) {
    const std::lock_guard hold(m_mutex);
    if (m_faults.answersPages) return answer("<!DOCTYPE html><html><body>Welcome</body></html>");
    if (request.line.starts_with("POST /api/v1/security/login")) {
        const Json body = Json::parse(request.body, nullptr, false);
        const bool right =
            body.is_object() && body.value("password", "") == kPassword && body.value("provider", "") == "db";
        return right ? answer(fmt::format("{{\"access_token\":\"{}\"}}", kSessionToken))
                     : answer("{\"message\":\"Not authorized\"}", 401);
    }
    if (!has(request, fmt::format("Bearer {}", kSessionToken))) return toLogin();
    if (request.line.starts_with("GET /api/v1/security/csrf_token/"))
        return withCookie(fmt::format("{{\"result\":\"{}\"}}", kCsrf));
    if (request.line.starts_with("POST")) {
        const bool session = has(request, kCookie) && has(request, fmt::format("X-CSRFToken: {}", kCsrf));
        return session && !m_faults.forgetsCookie ? import(request) : toLogin();
    }
    if (request.line.find("/data/") != std::string::npos)
        return m_faults.unreadable.empty()
                   ? answer("{\"result\":[{\"data\":[]}]}")
                   : answer(fmt::format("{{\"message\":\"{}\"}}", m_faults.unreadable), 400);
    for (const char* kind : {"database", "dataset", "chart", "dashboard"}) {
        if (request.line.starts_with(fmt::format("GET /api/v1/{}/?q=", kind))) return list(kind);
    }
    return answer("{\"message\":\"Not found\"}", 404);
}

FakeAnswer SupersetWorld::list(const std::string& kind) const {
    Json rows = Json::array();
    const auto there = m_there.find(kind);
    if (there != m_there.end()) {
        for (const auto& [uuid, id] : there->second) rows.push_back({{"id", id}, {"uuid", uuid}});
    }
    return answer(Json{{"count", rows.size()}, {"result", rows}}.dump());
}

FakeAnswer SupersetWorld::import(const FakeRequest& request) {
    if (m_faults.hangs) return {{}, true, false};
    if (request.line.starts_with("POST /api/v1/dashboard/import/"))
        return answer(m_faults.diagnosisBody, m_faults.diagnosisStatus);
    if (m_faults.importStatus != 200) return answer(m_faults.importBody, m_faults.importStatus);
    const std::string boundary = request.body.substr(0, request.body.find("\r\n"));
    const std::size_t begins = request.body.find("PK\x03\x04"), ends = request.body.find("\r\n" + boundary);
    if (begins == std::string::npos) return answer("{\"message\":\"no bundle\"}", 422);
    m_imported = request.body.substr(begins, ends - begins);
    for (const auto& [name, text] : filesOfZip(m_imported)) {
        const std::size_t slash = name.find('/');
        const std::string folder = name.substr(slash + 1, name.find('/', slash + 1) - slash - 1);
        const std::string uuid = yamlValue(text, "uuid");
        if (!uuid.empty() && !m_faults.loses) {
            int& id = m_there[folder.substr(0, folder.size() - 1)][uuid];
            if (id == 0) id = ++m_last;
        }
    }
    return answer("{\"message\":\"OK\"}");
}

}  // namespace rw::test
