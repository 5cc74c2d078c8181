// Lines that a server sends to whoever connects.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/connections/connections.h"
#include "core/connect/journal/journal_reader.h"
#include "core/connect/sockets/line_cutter.h"
#include "core/connect/sockets/socket_messages.h"
#include "core/net/tcp_stream.h"

namespace rw {

struct TcpCalling {
    TcpServer server{};
    SecretRef token{};                             ///< sent as the first line; none: nothing is
    std::shared_ptr<const Connections> secrets{};  ///< that knows where it is; null: the environment
    std::size_t longestLine = kLongestRow;
    std::optional<Millis> giveUpAfter{};  ///< of a server that can't be reached
    std::shared_ptr<Clock> clock{};
};

/// Connects again for ever, in pauses that grow. What the server sends meanwhile is lost.
class TcpCaller final : public JournalReader {
 public:
    TcpCaller(JournalReading journal, TcpCalling calling);

 private:
    Result<Read> receive(Millis within, ReadOutput& out) override;
    Status connect(ReadOutput& out);
    Result<Read> cut(const Status& why, ReadOutput& out);

    const TcpCalling m_calling;
    TcpStream m_stream;
    std::unique_ptr<LineCutter> m_lines{};
    SocketMessages m_came{};
    std::vector<char> m_buffer;
    std::size_t m_passed = 0;      ///< lines that were too long, as they were counted
    std::int64_t m_tryAt = 0;      ///< steady milliseconds
    Millis m_pause = 0;            ///< before the next attempt
    std::int64_t m_cutSince = -1;  ///< steady milliseconds; less than 0: it is connected
    std::int64_t m_liveSince = -1;  ///< steady milliseconds; less than 0: it is not
    std::string m_told{};          ///< why it is cut off, as it was told
};

}  // namespace rw
