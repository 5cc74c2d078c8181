#include "tests/support/worlds/web_world.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <thread>
#include <utility>

#include "core/connect/web/http_items.h"
#include "core/connect/web/websocket_link.h"
#include "core/net/http_client.h"
#include "core/net/listening.h"

namespace rw::test {

namespace {

constexpr const char *kTokenVariable = "RILLWRIGHT_TEST_WEB_TOKEN", *kToken = "open sesame";
constexpr Millis kSendWithin = 2'000;

std::string valueIn(const std::string& head, const std::string& name) {
    const std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
}

bool postTo(const HttpServer& server, const std::string& path, const std::string& row) {
    HttpClient client(server);
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.path = path;
    request.body = row;
    const Result<HttpAnswer> answer = client.send(request);
    return answer.ok() && answer->status == 204;
}

void speakTo(const HttpServer& server, const std::string& path, const std::string& row) {
    WebsocketOptions options;
    options.server = server;
    options.path = path;
    options.first = row;
    options.connectWithin = kSendWithin;
    const Result<std::unique_ptr<WebsocketLink>> link = WebsocketLink::open(std::move(options));
    for (int turns = 0; link.ok() && turns < 100; ++turns) {
        const auto served = (*link)->serve(10);
        if (!served.ok()) return;
        if (served->isOpen) turns += 20;
    }
}

/// On a thread of its own: who listens may be served by the thread that sends. One at a time.
class Sender {
 public:
    // Begun before, OpenSSL is ended behind the thread, not under it.
    Sender() { OPENSSL_init_ssl(0, nullptr); }
    ~Sender() {
        if (m_thread.joinable()) m_thread.join();
    }
    void send(const std::string& listening, const std::string& row) {
        if (m_busy.exchange(true)) return;
        if (m_thread.joinable()) m_thread.join();
        m_thread = std::thread([this, listening, row] {
            HttpServer server;
            server.address = "http://" + listening;
            server.bearer = Secret(kToken);
            server.answerWithin = kSendWithin;
            server.tries = 1;
            for (const char* const path : {"/", "/name"}) {
                // Whoever listens may want it as an element of a list.
                if (postTo(server, path, row) || postTo(server, path, "{\"data\":[" + row + "]}")) continue;
                speakTo(server, path, row);
            }
            m_busy = false;
        });
    }

 private:
    std::thread m_thread{};
    std::atomic<bool> m_busy{false};
};

FakeAnswer kept(const std::string& body, int status = 200) {
    FakeAnswer said = answer(body, status);
    const std::string close = "Connection: close\r\n";
    said.bytes.erase(said.bytes.find(close), close.size());
    said.keep = true;
    return said;
}

}  // namespace

std::string websocketAccept(const std::string& head) {
    std::string key = valueIn(head, "Sec-WebSocket-Key");
    key += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest.data());
    std::array<unsigned char, 64> text{};
    const int size = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: " +
           std::string(reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(size)) +
           "\r\n\r\n";
}

std::string websocketFrame(const std::string& text) {
    std::string frame(1, '\x81');
    const bool isShort = text.size()<126, isLong = text.size()> 65'535;
    frame += isShort ? static_cast<char>(text.size()) : isLong ? '\x7f' : '\x7e';
    for (int shift = isShort ? -8 : isLong ? 56 : 8; shift >= 0; shift -= 8)
        frame += static_cast<char>((text.size() >> shift) & 0xff);
    return frame + text;
}

WebWorld::WebWorld(std::vector<std::string> rows)
    : m_rows(std::move(rows)), m_server([this](const FakeRequest& request) { return reply(request); }) {}

std::shared_ptr<const Connections> WebWorld::connections(const std::string& name) const {
    (void)tokenPlace();
    Connection made{name, "http", {{"address", address()}}, {}};
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

std::vector<std::string> WebWorld::taken() const {
    const std::lock_guard lock(m_mutex);
    return m_taken;
}

FakeAnswer WebWorld::reply(const FakeRequest& request) {
    if (!valueIn(request.head, "Sec-WebSocket-Key").empty()) {
        FakeAnswer said;
        said.bytes = websocketAccept(request.head);
        for (const std::string& row : m_rows) said.bytes += websocketFrame(row);
        said.never = true;
        return said;
    }
    if (request.line.starts_with("GET")) {
        const std::size_t page = request.line.find("page=");
        const bool behind = page != std::string::npos && std::atoi(&request.line[page + 5]) > 2;
        std::string body = "{\"data\":[";
        for (std::size_t i = 0; i < m_rows.size() && !behind; ++i) body += (i > 0 ? "," : "") + m_rows[i];
        return kept(body + "]}");
    }
    HttpItems items = *parseHttpItems("$[*]");
    if (!request.body.starts_with('[')) items.kind = HttpItems::Kind::Lines;
    const std::lock_guard lock(m_mutex);
    (void)eachItem(items, request.body, [this](std::string_view row) { m_taken.emplace_back(row); });
    return kept({}, 204);
}

const std::string& WebWorld::listenAt() {
    static const std::string address = [] {
        const Result<ListeningSocket> found = ListeningSocket::open({"127.0.0.1", 0});
        return listenText({"127.0.0.1", found.ok() ? found->port() : 8077});
    }();
    return address;
}

std::string WebWorld::tokenPlace() {
    static const bool set = ::setenv(kTokenVariable, kToken, 1) == 0;
    return set ? std::string("environment:") + kTokenVariable : std::string();
}

void WebWorld::sendTo(const std::string& listening, const std::string& row) {
    static Sender sender;
    sender.send(listening, row);
}

}  // namespace rw::test
