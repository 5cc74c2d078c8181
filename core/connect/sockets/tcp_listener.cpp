#include "core/connect/sockets/tcp_listener.h"

#include <openssl/crypto.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/base/byte_size.h"
#include "core/connect/sockets/socket_address.h"
#include "core/net/socket_wait.h"

namespace rw {

namespace {

constexpr std::size_t kTcpBuffer = std::size_t{256} << 10;
constexpr std::size_t kTcpPiece = std::size_t{4} << 20;  ///< bytes of messages that are kept together
constexpr int kReadsOfAClient = 4;                       ///< before the next one has its turn
constexpr std::size_t kLongestToken = std::size_t{4} << 10;

bool isSameToken(const Secret& token, std::string_view line) {
    return token.reveal([line](std::string_view text) {
        return text.size() == line.size() && CRYPTO_memcmp(text.data(), line.data(), line.size()) == 0;
    });
}

}  // namespace

TcpListener::TcpListener(JournalReading journal, ListeningSocket socket, TcpListening listening)
    : JournalReader(std::move(journal)),
      m_socket(std::move(socket)),
      m_listening(std::move(listening)),
      m_buffer(kTcpBuffer) {}

TcpListener::~TcpListener() {
    for (const Client& client : m_clients) ::close(client.socket);
}

Result<SourceReader::Read> TcpListener::receive(Millis within, ReadOutput& out) {
    if (!std::exchange(m_begun, true)) RW_TRY(learnToken());
    if (journal().isFull()) return Read::Some;
    std::vector<WatchedSocket> sockets;
    sockets.reserve(m_clients.size() + 1);
    sockets.push_back({m_socket.handle()});
    for (const Client& client : m_clients) sockets.push_back({client.socket});
    (void)awaitSockets(sockets, within);
    auto socket = sockets.begin() + 1;
    for (Client& client : m_clients) {
        if ((socket++)->ready && m_came.bytes() < kTcpPiece) readFrom(client);
    }
    if (sockets.front().ready) take(out);
    drop(out);
    const bool came = !m_came.empty();
    const Status kept = m_came.keep(journal(), m_listening.clock->now());
    if (!kept.ok() && english(kept.error()) != m_toldDisk) {
        m_toldDisk = english(kept.error());
        out.note(RW_TEXT("sockets", "Messages were lost, for the journal can't take them: %1 %2")
                     .with(kept.error().message, kept.error().fix));
    }
    if (kept.ok() && came) m_toldDisk.clear();
    return came ? Read::Some : Read::Nothing;
}

Status TcpListener::learnToken() {
    if (m_listening.token.kind == SecretRef::Kind::None) return {};
    RW_TRY_ASSIGN(m_token, m_listening.secrets ? m_listening.secrets->secretAt(m_listening.token)
                                               : environmentSecret(m_listening.token));
    if (!m_token.empty()) return {};
    return {ErrorCode::Denied, RW_TEXT("sockets", "The token that clients have to send is empty."),
            RW_TEXT("sockets", "Set the variable, or the entry of the keyring, that the node names.")};
}

/// Clients that want to come in.
void TcpListener::take(ReadOutput& out) {
    for (;;) {
        sockaddr_storage from{};
        socklen_t size = sizeof from;
        const int socket = ::accept4(m_socket.handle(), reinterpret_cast<sockaddr*>(&from), &size,
                                     SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) return;
        if (m_clients.size() >= m_listening.mostClients) {
            ::close(socket);
            if (!std::exchange(m_full, true)) {
                out.note(RW_TEXT("sockets", "%1 clients are connected: more are sent away.")
                             .with(m_listening.mostClients));
            }
            continue;
        }
        Client& client = m_clients.emplace_back(m_listening.longestLine);
        client.socket = socket;
        client.address = socketAddressText(from);
        client.greeted = m_token.empty();
        client.since = m_listening.clock->steadyMillis();
    }
}

void TcpListener::readFrom(Client& client) {
    for (int reads = 0; reads < kReadsOfAClient && m_came.bytes() < kTcpPiece; ++reads) {
        const ssize_t got = ::recv(client.socket, m_buffer.data(), m_buffer.size(), 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) {
            // One that closes the connection in order has ended its last line; of a lost one it may be cut.
            if (got == 0) client.lines.end([&](std::string_view text) { line(client, text); });
            client.ended = true;
            return;
        }
        client.lines.add({m_buffer.data(), static_cast<std::size_t>(got)},
                         [&](std::string_view text) { line(client, text); });
        if (!client.greeted && client.lines.open() > kLongestToken) client.ended = true;
        if (client.ended) return;
    }
}

void TcpListener::line(Client& client, std::string_view text) {
    if (client.ended) return;
    if (client.greeted) return m_came.add(text, client.address);
    client.greeted = isSameToken(m_token, text);
    client.ended = !client.greeted;
}

/// Of clients that have gone, or are not let in.
void TcpListener::drop(ReadOutput& out) {
    const std::int64_t now = m_listening.clock->steadyMillis();
    for (auto client = m_clients.begin(); client != m_clients.end();) {
        const std::size_t passed = client->lines.passed();
        journal().figures().lost += passed - std::exchange(client->told, passed);
        if (passed > 0 && !std::exchange(m_toldLong, true)) {
            out.note(RW_TEXT("sockets", "%1 sends lines of more than %2: they are passed over.")
                         .with(client->address, byteSizeText(m_listening.longestLine)));
        }
        const bool silent = !client->greeted && now - client->since >= m_listening.greetWithin;
        if (!client->ended && !silent) {
            ++client;
            continue;
        }
        if (!client->greeted && !std::exchange(m_toldToken, true)) {
            out.note(RW_TEXT("sockets", "%1 was sent away: its first line was not the token.")
                         .with(client->address));
        }
        ::close(client->socket);
        client = m_clients.erase(client);
        m_full = false;
    }
}

}  // namespace rw
