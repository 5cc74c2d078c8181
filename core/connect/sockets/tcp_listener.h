// Lines that many clients send to a port of this computer.
#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/connections/connections.h"
#include "core/connect/journal/journal_reader.h"
#include "core/connect/sockets/line_cutter.h"
#include "core/connect/sockets/socket_messages.h"
#include "core/net/listening.h"

namespace rw {

struct TcpListening {
    std::size_t mostClients = 1'000;
    std::size_t longestLine = kLongestRow;
    Millis greetWithin = 10'000;  ///< for the line with the token
    SecretRef token{};            ///< the first line of each client; none: it is not asked for
    std::shared_ptr<const Connections> secrets{};  ///< that knows where it is; null: the environment
    std::shared_ptr<Clock> clock{};
};

/// What is not read yet stays in the sockets: clients that send faster than the run takes are slowed down.
class TcpListener final : public JournalReader {
 public:
    TcpListener(JournalReading journal, ListeningSocket socket, TcpListening listening);
    ~TcpListener() override;

    int port() const { return m_socket.port(); }

 private:
    struct Client {
        explicit Client(std::size_t longestLine) : lines(longestLine) {}

        int socket = -1;
        std::string address{};
        LineCutter lines;
        bool greeted = false;
        bool ended = false;
        std::int64_t since = 0;  ///< steady milliseconds
        std::size_t told = 0;    ///< LineCutter::passed(), of them
    };
    Result<Read> receive(Millis within, ReadOutput& out) override;
    Status learnToken();
    void take(ReadOutput& out);
    void readFrom(Client& client);
    void line(Client& client, std::string_view text);
    void drop(ReadOutput& out);

    const ListeningSocket m_socket;
    const TcpListening m_listening;
    std::list<Client> m_clients{};
    SocketMessages m_came{};
    std::vector<char> m_buffer;
    bool m_begun = false;
    Secret m_token{};          ///< empty: none is asked for
    bool m_full = false;       ///< it was told that there are too many clients
    bool m_toldLong = false;   ///< … that a line was too long
    bool m_toldToken = false;  ///< … that a client had another token
    std::string m_toldDisk{};  ///< why the journal took nothing, as it was told
};

}  // namespace rw
