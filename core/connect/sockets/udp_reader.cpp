#include "core/connect/sockets/udp_reader.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/connect/sockets/line_cutter.h"
#include "core/connect/sockets/socket_address.h"
#include "core/net/socket_wait.h"

namespace rw {

namespace {

constexpr std::size_t kDatagram = std::size_t{64} << 10;
constexpr unsigned kAtOnce = 64;
constexpr int kCallsOfOne = 16;
constexpr Millis kTellLostEvery = 10'000;

struct FreeUdpAddresses {
    void operator()(addrinfo* addresses) const { ::freeaddrinfo(addresses); }
};

Status udpTrouble(const ListenAddress& address, int reason) {
    const std::string at = listenText(address);
    if (reason == EADDRINUSE) {
        return {ErrorCode::Locked, RW_TEXT("net", "Another program listens at %1.").with(at),
                RW_TEXT("net", "Choose another port, or end that program.")};
    }
    return {ErrorCode::Invalid,
            RW_TEXT("net", "It can't be listened at %1: %2").with(at, std::strerror(reason)),
            RW_TEXT("net", "Write a number of this computer and a port, as 127.0.0.1:8077.")};
}

/// Joins the group that the address names; of others nothing is done.
bool joinsGroup(int socket, const addrinfo& address) {
    if (address.ai_family == AF_INET) {
        const auto& group = *reinterpret_cast<const sockaddr_in*>(address.ai_addr);
        if (!IN_MULTICAST(ntohl(group.sin_addr.s_addr))) return true;
        ip_mreq join{};
        join.imr_multiaddr = group.sin_addr;
        return ::setsockopt(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, &join, sizeof join) == 0;
    }
    const auto& group = *reinterpret_cast<const sockaddr_in6*>(address.ai_addr);
    if (!IN6_IS_ADDR_MULTICAST(&group.sin6_addr)) return true;
    ipv6_mreq join{};
    join.ipv6mr_multiaddr = group.sin6_addr;
    return ::setsockopt(socket, IPPROTO_IPV6, IPV6_JOIN_GROUP, &join, sizeof join) == 0;
}

}  // namespace

Result<UdpSocket> UdpSocket::open(const ListenAddress& address, int buffer) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(address.port).c_str(), &hints, &found) != 0)
        return udpTrouble(address, EADDRNOTAVAIL);
    const std::unique_ptr<addrinfo, FreeUdpAddresses> place(found);
    UdpSocket opened(::socket(place->ai_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), address.port);
    if (opened.m_socket < 0) return udpTrouble(address, errno);
    const int yes = 1;
    ::setsockopt(opened.m_socket, SOL_SOCKET, SO_RXQ_OVFL, &yes, sizeof yes);
    // Beyond the system's limit where this program may.
    if (::setsockopt(opened.m_socket, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) != 0)
        ::setsockopt(opened.m_socket, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    int given = 0;
    socklen_t size = sizeof given;
    ::getsockopt(opened.m_socket, SOL_SOCKET, SO_RCVBUF, &given, &size);
    opened.m_buffer = given / 2;  // the kernel counts its own data, and tells twice as much
    if (::bind(opened.m_socket, place->ai_addr, place->ai_addrlen) != 0) return udpTrouble(address, errno);
    if (!joinsGroup(opened.m_socket, *place)) return udpTrouble(address, errno);
    sockaddr_storage at{};
    size = sizeof at;
    if (::getsockname(opened.m_socket, reinterpret_cast<sockaddr*>(&at), &size) == 0) {
        opened.m_port = ntohs(at.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(at).sin6_port
                                                       : reinterpret_cast<sockaddr_in&>(at).sin_port);
    }
    return opened;
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept
    : m_socket(std::exchange(other.m_socket, -1)), m_port(other.m_port), m_buffer(other.m_buffer) {}

UdpSocket::~UdpSocket() {
    if (m_socket >= 0) ::close(m_socket);
}

/// Where the kernel puts datagrams, several in one call.
struct UdpReader::Slots {
    alignas(cmsghdr) std::array<std::array<char, CMSG_SPACE(sizeof(std::uint32_t))>, kAtOnce> controls{};
    std::vector<char> bytes = std::vector<char>(kAtOnce * kDatagram);
    std::array<mmsghdr, kAtOnce> heads{};
    std::array<iovec, kAtOnce> parts{};
    std::array<sockaddr_storage, kAtOnce> senders{};

    void prepare() {
        for (std::size_t i = 0; i < kAtOnce; ++i) {
            parts[i] = {bytes.data() + i * kDatagram, kDatagram};
            msghdr& head = heads[i].msg_hdr;
            head = {};
            head.msg_name = &senders[i];
            head.msg_namelen = sizeof senders[i];
            head.msg_iov = &parts[i];
            head.msg_iovlen = 1;
            head.msg_control = controls[i].data();
            head.msg_controllen = controls[i].size();
        }
    }
    std::string_view datagram(std::size_t i) const {
        return {bytes.data() + i * kDatagram, heads[i].msg_len};
    }
};

UdpReader::UdpReader(JournalReading journal, UdpSocket socket, UdpReading reading)
    : JournalReader(std::move(journal)),
      m_socket(std::move(socket)),
      m_reading(std::move(reading)),
      m_slots(std::make_unique<Slots>()) {}

UdpReader::~UdpReader() = default;

Result<SourceReader::Read> UdpReader::receive(Millis within, ReadOutput& out) {
    if (journal().isFull()) return Read::Some;
    if (!std::exchange(m_toldBuffer, true) && m_socket.buffer() < m_reading.wantedBuffer) {
        out.note(
            RW_TEXT("sockets",
                    "The system gives a receive buffer of %1 instead of %2: datagrams that come faster than "
                    "the run takes them are lost. Set net.core.rmem_max to allow more.")
                .with(byteSizeText(static_cast<std::uint64_t>(m_socket.buffer())),
                      byteSizeText(static_cast<std::uint64_t>(m_reading.wantedBuffer))));
    }
    (void)awaitSocket(m_socket.handle(), within);
    for (int calls = 0; calls < kCallsOfOne; ++calls) {
        if (take() < static_cast<int>(kAtOnce)) break;
    }
    tellLost(out);
    const bool came = !m_came.empty();
    const Status kept = m_came.keep(journal(), m_reading.clock->now());
    if (!kept.ok() && english(kept.error()) != m_toldDisk) {
        m_toldDisk = english(kept.error());
        out.note(RW_TEXT("sockets", "Messages were lost, for the journal can't take them: %1 %2")
                     .with(kept.error().message, kept.error().fix));
    }
    if (kept.ok() && came) m_toldDisk.clear();
    return came ? Read::Some : Read::Nothing;
}

/// How many datagrams came; less than 0: none.
int UdpReader::take() {
    m_slots->prepare();
    const int count = ::recvmmsg(m_socket.handle(), m_slots->heads.data(), kAtOnce, MSG_DONTWAIT, nullptr);
    std::string sender;
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        msghdr& head = m_slots->heads[at].msg_hdr;
        for (cmsghdr* part = CMSG_FIRSTHDR(&head); part != nullptr; part = CMSG_NXTHDR(&head, part)) {
            if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SO_RXQ_OVFL) continue;
            std::uint32_t overflow = 0;
            std::memcpy(&overflow, CMSG_DATA(part), sizeof overflow);
            const std::uint32_t more =
                overflow - std::exchange(m_overflow, overflow);  // it may start again at 0
            m_lost += more;
            journal().figures().lost += more;
        }
        if (i == 0 ||
            std::memcmp(&m_slots->senders[at], &m_slots->senders[at - 1], sizeof(sockaddr_storage)) != 0)
            sender = socketAddressText(m_slots->senders[at]);
        if (!m_reading.lines) {
            m_came.add(m_slots->datagram(at), sender);
            continue;
        }
        LineCutter lines;
        const auto add = [&](std::string_view line) { m_came.add(line, sender); };
        lines.add(m_slots->datagram(at), add);
        lines.end(add);
    }
    return count;
}

void UdpReader::tellLost(ReadOutput& out) {
    const std::int64_t now = m_reading.clock->steadyMillis();
    if (m_lost == m_toldLost || now < m_tellAt) return;
    out.note(figures::counted(
        m_lost, RW_TEXT("sockets", "1 datagram was lost so far: it came faster than the run takes them."),
        RW_TEXT("sockets", "%1 datagrams were lost so far: they came faster than the run takes them.")));
    m_toldLost = m_lost;
    m_tellAt = now + kTellLostEvery;
}

}  // namespace rw
