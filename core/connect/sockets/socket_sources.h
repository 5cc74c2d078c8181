// Rows of messages that come over TCP or UDP, without anything above them.
#pragma once
#include <memory>
#include <optional>

#include "core/connect/journal/journalled_source.h"
#include "core/connect/sockets/tcp_caller.h"
#include "core/connect/sockets/tcp_listener.h"
#include "core/connect/sockets/udp_reader.h"
#include "core/net/listening.h"

namespace rw {

/// Either it listens or it connects.
struct TcpPlace {
    std::optional<ListenAddress> listens{};
    TcpServer server{};
    SecretRef token{};
    std::optional<Millis> giveUpAfter{};
};

/// Contexts are those of the calls that make the sources.
class TcpSource final : public JournalledSource {
 public:
    TcpSource(const MakeContext& context, TcpPlace place, JournalledOptions options);

 private:
    Result<std::shared_ptr<JournalReader>> makeJournalReader(JournalReading journal) override;

    const TcpPlace m_place;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<const Connections> m_secrets;
};

class UdpSource final : public JournalledSource {
 public:
    UdpSource(const MakeContext& context, const ListenAddress& address, UdpReading reading,
              JournalledOptions options);

 private:
    Result<std::shared_ptr<JournalReader>> makeJournalReader(JournalReading journal) override;

    const ListenAddress m_address;
    UdpReading m_reading;
};

}  // namespace rw
