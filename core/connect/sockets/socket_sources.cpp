#include "core/connect/sockets/socket_sources.h"

#include <utility>

namespace rw {

namespace {
constexpr int kUdpBuffer = 8 << 20;  // bytes; with it a tenth of what the usual one loses
}

TcpSource::TcpSource(const MakeContext& context, TcpPlace place, JournalledOptions options)
    : JournalledSource(context, std::move(options)),
      m_place(std::move(place)),
      m_clock(context.clock),
      m_secrets(context.connections) {}

Result<std::shared_ptr<JournalReader>> TcpSource::makeJournalReader(JournalReading journal) {
    if (!m_place.listens) {
        TcpCalling calling;
        calling.server = m_place.server;
        calling.token = m_place.token;
        calling.secrets = m_secrets;
        calling.giveUpAfter = m_place.giveUpAfter;
        calling.clock = m_clock;
        return std::shared_ptr<JournalReader>(
            std::make_shared<TcpCaller>(std::move(journal), std::move(calling)));
    }
    RW_TRY_ASSIGN(ListeningSocket socket, ListeningSocket::open(*m_place.listens));
    TcpListening listening;
    listening.token = m_place.token;
    listening.secrets = m_secrets;
    listening.clock = m_clock;
    return std::shared_ptr<JournalReader>(
        std::make_shared<TcpListener>(std::move(journal), std::move(socket), std::move(listening)));
}

UdpSource::UdpSource(const MakeContext& context, const ListenAddress& address, UdpReading reading,
                     JournalledOptions options)
    : JournalledSource(context, std::move(options)), m_address(address), m_reading(std::move(reading)) {
    m_reading.clock = context.clock;
    m_reading.wantedBuffer = kUdpBuffer;
}

Result<std::shared_ptr<JournalReader>> UdpSource::makeJournalReader(JournalReading journal) {
    RW_TRY_ASSIGN(UdpSocket socket, UdpSocket::open(m_address, m_reading.wantedBuffer));
    return std::shared_ptr<JournalReader>(
        std::make_shared<UdpReader>(std::move(journal), std::move(socket), m_reading));
}

}  // namespace rw
