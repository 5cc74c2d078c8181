#include "core/connect/sockets/tcp_caller.h"

#include <algorithm>
#include <utility>

#include "core/base/byte_size.h"

namespace rw {

namespace {

constexpr std::size_t kCallerBuffer = std::size_t{256} << 10;
constexpr int kReadsAtOnce = 16;
constexpr Millis kFirstCallPause = 250, kLongestCallPause = 10'000, kTokenWithin = 2'000;
constexpr Millis kSteadyCall = 10'000;  ///< a connection that lasts so long is a good one

Status endedByServer(const TcpServer& server) {
    return {ErrorCode::Io, RW_TEXT("sockets", "%1 has ended the connection.").with(addressOf(server)),
            RW_TEXT("sockets", "See whether the server runs.")};
}

}  // namespace

TcpCaller::TcpCaller(JournalReading journal, TcpCalling calling)
    : JournalReader(std::move(journal)),
      m_calling(std::move(calling)),
      m_stream(m_calling.server),
      m_buffer(kCallerBuffer) {}

Result<SourceReader::Read> TcpCaller::receive(Millis within, ReadOutput& out) {
    if (journal().isFull()) return Read::Some;
    if (!m_stream.isConnected()) {
        const std::int64_t now = m_calling.clock->steadyMillis();
        if (now < m_tryAt) {
            (void)journal().await(std::min(within, m_tryAt - now));
            return Read::Some;
        }
        if (const Status connected = connect(out); !connected.ok()) return cut(connected, out);
    }
    const auto take = [this](std::string_view line) { m_came.add(line, addressOf(m_calling.server)); };
    Status lost;
    for (int reads = 0; reads < kReadsAtOnce && lost.ok(); ++reads) {
        const Result<TcpStream::Received> got = m_stream.receive(m_buffer, reads == 0 ? within : 0);
        lost = got.status();
        if (!got.ok() || (got->bytes == 0 && !got->ended)) break;
        m_lines->add({m_buffer.data(), got->bytes}, take);
        if (!got->ended) continue;
        m_lines->end(take);
        m_stream.close();
        lost = endedByServer(m_calling.server);
    }
    const std::size_t passed = m_lines->passed();
    if (passed > m_passed) {
        journal().figures().lost += passed - m_passed;
        if (m_passed == 0) {
            out.note(RW_TEXT("sockets", "%1 sends lines of more than %2: they are passed over.")
                         .with(addressOf(m_calling.server), byteSizeText(m_calling.longestLine)));
        }
        m_passed = passed;
    }
    const bool came = !m_came.empty();
    const Status kept = m_came.keep(journal(), m_calling.clock->now());
    if (!kept.ok()) {
        m_stream.close();
        return cut(kept, out);
    }
    if (!lost.ok()) return cut(lost, out);
    return came ? Read::Some : Read::Nothing;
}

Status TcpCaller::connect(ReadOutput& out) {
    RW_TRY(m_stream.connect());
    if (m_calling.token.kind != SecretRef::Kind::None) {
        RW_TRY_ASSIGN(const Secret token, m_calling.secrets ? m_calling.secrets->secretAt(m_calling.token)
                                                            : environmentSecret(m_calling.token));
        RW_TRY(token.reveal([this](std::string_view text) {
            std::string line = std::string(text) + "\n";
            Status sent = m_stream.send(line, kTokenWithin);
            wipe(line);
            return sent;
        }));
    }
    m_lines = std::make_unique<LineCutter>(m_calling.longestLine);
    m_passed = 0;
    if (m_cutSince >= 0) out.tell(PartitionState::Live);
    m_cutSince = -1;
    m_liveSince = m_calling.clock->steadyMillis();
    return {};
}

Result<SourceReader::Read> TcpCaller::cut(const Status& why, ReadOutput& out) {
    if (errorKindOf(why.error().code) != ErrorKind::Transient) return why;
    const std::int64_t now = m_calling.clock->steadyMillis();
    // A server that ends each connection at once is not asked without a pause, nor told of each time.
    if (m_liveSince >= 0 && now - std::exchange(m_liveSince, -1) >= kSteadyCall) {
        m_pause = 0;
        m_told.clear();
    }
    if (m_cutSince < 0) m_cutSince = now;
    if (m_calling.giveUpAfter && now - m_cutSince >= *m_calling.giveUpAfter) return why;
    m_pause = m_pause == 0 ? kFirstCallPause : std::min(2 * m_pause, kLongestCallPause);
    m_tryAt = now + m_pause;
    out.tell(PartitionState::Disconnected, why.error().message);
    if (std::string said = english(why.error()); said != m_told) {
        out.note(RW_TEXT("sockets", "Messages can't be taken now: %1 %2")
                     .with(why.error().message, why.error().fix));
        m_told = std::move(said);
    }
    return Read::Some;
}

}  // namespace rw
