// The messages of the protocol.
#include "tests/support/databases/world_session.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace rw::test {

namespace {

constexpr std::uint32_t kSslRequest = 80'877'103, kCancelRequest = 80'877'102;
constexpr std::uint32_t kTextType = 25;

std::uint32_t numberAt(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i)
        number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

void addNumber(std::string& out, std::uint32_t number, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
}

/// Takes a text up to its NUL.
std::string takeText(std::string_view& bytes) {
    const std::size_t end = std::min(bytes.find('\0'), bytes.size());
    std::string text(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    return text;
}

std::uint32_t takeNumber(std::string_view& bytes, std::size_t size) {
    const std::uint32_t number = numberAt(bytes, 0, size);
    bytes.remove_prefix(std::min(size, bytes.size()));
    return number;
}

}  // namespace

WorldSession::~WorldSession() {
    if (m_connection >= 0) ::close(m_connection);
}

void WorldSession::end() {
    over = true;
    if (m_connection >= 0) ::shutdown(m_connection, SHUT_RDWR);
}

bool WorldSession::read(std::size_t bytes) {
    while (m_bytes.size() < bytes) {
        char piece[16'384];
        const ssize_t got = over ? 0 : ::recv(m_connection, piece, sizeof piece, 0);
        if (got <= 0) return false;
        m_bytes.append(piece, static_cast<std::size_t>(got));
    }
    return true;
}

void WorldSession::send(char kind, const std::string& body) {
    std::string bytes(1, kind);
    addNumber(bytes, static_cast<std::uint32_t>(body.size() + 4), 4);
    bytes += body;
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t sent = ::send(m_connection, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (sent <= 0) return;
        at += static_cast<std::size_t>(sent);
    }
}

void WorldSession::sendReady() {
    send('Z', std::string(1, m_standing));
}

bool WorldSession::greet() {
    for (;;) {
        if (!read(8)) return false;
        const std::size_t size = numberAt(m_bytes, 0, 4);
        const std::uint32_t version = numberAt(m_bytes, 4, 4);
        if (version == kCancelRequest || !read(size)) return false;
        std::string_view body = std::string_view(m_bytes).substr(8, size - 8);
        if (version == kSslRequest) {
            (void)::send(m_connection, "N", 1, MSG_NOSIGNAL);
        } else {
            while (!body.empty()) {
                const std::string name = takeText(body);
                const std::string value = takeText(body);
                if (name == "application_name") m_name = value;
            }
        }
        m_bytes.erase(0, size);
        if (version != kSslRequest) break;
    }
    WorldAnswer refusal;
    {
        const std::lock_guard lock(m_world.m_mutex);
        refusal.state = m_world.m_signInRefused;
    }
    if (!refusal.state.empty()) {
        refusal.said = "password authentication failed for user";
        sendError(refusal);
        return false;
    }
    send('R', std::string(4, '\0'));
    send('S', std::string("server_version\0"
                          "15.0\0",
                          20));
    std::string key;
    addNumber(key, 1, 4);
    addNumber(key, 1, 4);
    send('K', key);
    sendReady();
    return true;
}

void WorldSession::serve() {
    if (greet()) {
        while (read(5)) {
            const char kind = m_bytes.front();
            const std::size_t size = 1 + numberAt(m_bytes, 1, 4);
            if (kind == 'X' || !read(size)) break;
            const std::string body = m_bytes.substr(5, size - 5);
            m_bytes.erase(0, size);
            answer(kind, body);
            if (m_answer.gone || over) break;
        }
    }
    {
        const std::lock_guard lock(m_world.m_mutex);
        unlock();
    }
    end();
    m_world.m_news.notify_all();
}

void WorldSession::sendError(const WorldAnswer& answer) {
    std::string body;
    const std::pair<char, std::string> fields[] = {
        {'S', "ERROR"}, {'V', "ERROR"}, {'C', answer.state}, {'M', answer.said}};
    for (const auto& [field, text] : fields) {
        body += field;
        body += text;
        body += '\0';
    }
    send('E', body + '\0');
    if (m_standing == 'T') m_standing = 'E';
}

void WorldSession::describe(const WorldAnswer& answer) {
    if (answer.columns.empty()) return send('n', {});
    std::string body;
    addNumber(body, static_cast<std::uint32_t>(answer.columns.size()), 2);
    for (const std::string& column : answer.columns) {
        body += column + '\0';
        addNumber(body, 0, 4);
        addNumber(body, 0, 2);
        addNumber(body, kTextType, 4);
        addNumber(body, 0xffff, 2);
        addNumber(body, 0xffffffff, 4);
        addNumber(body, 0, 2);
    }
    send('T', body);
}

void WorldSession::sendRows(const WorldAnswer& answer) {
    for (const std::vector<WorldCell>& row : answer.rows) {
        std::string body;
        addNumber(body, static_cast<std::uint32_t>(row.size()), 2);
        for (const WorldCell& cell : row) {
            addNumber(body, cell ? static_cast<std::uint32_t>(cell->size()) : 0xffffffff, 4);
            body += cell.value_or("");
        }
        send('D', body);
    }
    send('C', answer.tag + '\0');
}

void WorldSession::simple(std::string_view body) {
    m_answer = carryOut(takeText(body), {});
    if (m_answer.gone) return;
    if (m_answer.takesCopy) {
        m_copying = true;
        m_copied.clear();
        return send('G', std::string(3, '\0'));
    }
    if (!m_answer.state.empty()) {
        sendError(m_answer);
    } else if (m_answer.givesCopy) {
        send('H', std::string("\1\0\0", 3));
        for (const std::string& message : m_answer.copied) send('d', message);
        send('c', {});
        send('C', m_answer.tag + '\0');
    } else {
        if (!m_answer.columns.empty()) describe(m_answer);
        sendRows(m_answer);
    }
    sendReady();
}

/// The portal has the statement that was parsed last, and no name.
void WorldSession::bind(std::string_view body) {
    takeText(body);
    takeText(body);
    std::vector<bool> binary(takeNumber(body, 2));
    for (std::size_t i = 0; i < binary.size(); ++i) binary[i] = takeNumber(body, 2) == 1;
    const std::size_t count = takeNumber(body, 2);
    m_params.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t size = takeNumber(body, 4);
        m_params[i].binary = i < binary.size() && binary[i];
        m_params[i].bytes.reset();
        if (size == 0xffffffff) continue;
        m_params[i].bytes = std::string(body.substr(0, size));
        body.remove_prefix(size);
    }
}

void WorldSession::answer(char kind, std::string_view body) {
    if (m_failed && kind != 'S') return;
    switch (kind) {
        case 'Q':
            return simple(body);
        case 'P': {
            takeText(body);
            m_statement = takeText(body);
            m_params.assign(takeNumber(body, 2), {});
            for (WorldParam& param : m_params) param.type = takeNumber(body, 4);
            return send('1', {});
        }
        case 'B':
            bind(body);
            return send('2', {});
        case 'D':
            m_answer = carryOut(m_statement, m_params);
            if (m_answer.gone) return;
            m_failed = !m_answer.state.empty();
            return m_failed ? sendError(m_answer) : describe(m_answer);
        case 'E':
            return sendRows(m_answer);
        case 'S':
            m_failed = false;
            return sendReady();
        case 'd':
            m_copied += body;
            return;
        case 'c':
            return endCopy();
        case 'f':
            m_copying = false;
            sendError({{}, {}, {}, "57014", "COPY was ended"});
            return sendReady();
        default:
            return;
    }
}

}  // namespace rw::test
