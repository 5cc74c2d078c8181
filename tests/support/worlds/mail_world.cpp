#include "tests/support/worlds/mail_world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace rw::test {

namespace {

constexpr int kMailLookMillis = 20;  ///< how often the thread looks whether the test is over

/// The lines of a client, from some point on encrypted.
class MailLines {
 public:
    MailLines(int connection, const std::atomic<bool>& over) : m_connection(connection), m_over(over) {}
    ~MailLines() {
        SSL_free(m_ssl);
        SSL_CTX_free(m_context);
        ::close(m_connection);
    }
    MailLines(const MailLines&) = delete;
    MailLines& operator=(const MailLines&) = delete;

    /// Without its line end; false: the client has gone.
    bool read(std::string& line) {
        for (;;) {
            const std::size_t end = m_bytes.find("\r\n");
            if (end != std::string::npos) {
                line = m_bytes.substr(0, end);
                m_bytes.erase(0, end + 2);
                return true;
            }
            pollfd look{m_connection, POLLIN, 0};
            while (!m_over && (m_ssl == nullptr || SSL_pending(m_ssl) == 0) &&
                   ::poll(&look, 1, kMailLookMillis) <= 0) {
            }
            char bytes[4096];
            if (m_over) return false;
            const long count = m_ssl != nullptr
                                   ? SSL_read(m_ssl, bytes, sizeof bytes)
                                   : static_cast<long>(::recv(m_connection, bytes, sizeof bytes, 0));
            if (count <= 0) return false;
            m_bytes.append(bytes, static_cast<std::size_t>(count));
        }
    }
    void say(const std::string& line) const {
        const std::string bytes = line + "\r\n";
        if (m_ssl != nullptr) {
            (void)SSL_write(m_ssl, bytes.data(), static_cast<int>(bytes.size()));
        } else {
            (void)::send(m_connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        }
    }
    bool encrypt(const Certificate& certificate) {
        m_context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(m_context, certificate.certificate.get());
        SSL_CTX_use_PrivateKey(m_context, certificate.key.get());
        m_ssl = SSL_new(m_context);
        SSL_set_fd(m_ssl, m_connection);
        return SSL_accept(m_ssl) == 1;
    }
    bool encrypted() const { return m_ssl != nullptr; }

 private:
    const int m_connection;
    const std::atomic<bool>& m_over;
    SSL_CTX* m_context = nullptr;
    SSL* m_ssl = nullptr;
    std::string m_bytes{};
};

}  // namespace

MailWorld::MailWorld(Answers answers, const Certificate* certificate)
    : m_certificate(certificate), m_answers(std::move(answers)) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof at;
    ::bind(m_listening, reinterpret_cast<const sockaddr*>(&at), length);
    ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &length);
    m_port = ntohs(at.sin_port);
    ::listen(m_listening, 16);
    m_accepting = std::thread([this] {
        while (!m_over) {
            pollfd look{m_listening, POLLIN, 0};
            if (::poll(&look, 1, kMailLookMillis) <= 0) continue;
            const int connection = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection >= 0) serve(connection);
        }
    });
}

MailWorld::~MailWorld() {
    m_over = true;
    m_accepting.join();
    ::close(m_listening);
}

void MailWorld::answerWith(Answers answers) {
    const std::lock_guard lock(m_mutex);
    m_answers = std::move(answers);
}

std::vector<MailWorld::Taken> MailWorld::mails() const {
    const std::lock_guard lock(m_mutex);
    return m_mails;
}

std::string MailWorld::answerTo(const std::string& line) const {
    const std::lock_guard lock(m_mutex);
    for (const auto& [begin, said] : m_answers) {
        if (line.starts_with(begin)) return said;
    }
    return {};
}

void MailWorld::serve(int connection) {
    ++m_visits;
    MailLines lines(connection, m_over);
    Taken taken;
    lines.say("220 mail.example ESMTP");
    for (std::string line; lines.read(line);) {
        const std::string other = answerTo(line);
        if (other == kSilence) continue;
        if (!other.empty()) {
            lines.say(other);
        } else if (line.starts_with("EHLO")) {
            lines.say("250-mail.example");
            if (m_certificate != nullptr && !lines.encrypted()) lines.say("250-STARTTLS");
            lines.say("250 AUTH PLAIN LOGIN");
        } else if (line == "STARTTLS" && m_certificate != nullptr) {
            lines.say("220 go on");
            if (!lines.encrypt(*m_certificate)) return;
        } else if (line.starts_with("AUTH")) {
            taken.signedIn = line;
            if (line == "AUTH PLAIN" || line == "AUTH LOGIN") {  // without a first answer
                lines.say("334 ");
                if (!lines.read(line)) return;
                taken.signedIn += " " + line;
            }
            lines.say("235 welcome");
        } else if (line.starts_with("MAIL FROM:")) {
            taken.from = line.substr(10, line.find(' ', 10) - 10);
            lines.say("250 ok");
        } else if (line.starts_with("RCPT TO:")) {
            taken.to.push_back(line.substr(8));
            lines.say("250 ok");
        } else if (line == "DATA") {
            lines.say("354 go on");
            while (lines.read(line) && line != ".") taken.content += line + "\r\n";
            const std::string said = answerTo(".");
            taken.encrypted = lines.encrypted();
            if (said.empty()) {
                const std::lock_guard lock(m_mutex);
                m_mails.push_back(std::exchange(taken, {}));
            }
            lines.say(said.empty() ? "250 taken" : said);
        } else if (line == "QUIT") {
            lines.say("221 bye");
            return;
        } else {
            lines.say("502 what?");
        }
    }
}

}  // namespace rw::test
