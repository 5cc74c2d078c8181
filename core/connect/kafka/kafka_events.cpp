#include "core/connect/kafka/kafka_events.h"

#include <utility>

#include "core/base/readable.h"

namespace rw {

namespace {
constexpr std::size_t kMostNotes = 20;   // of one client
constexpr std::size_t kShownLine = 300;  // bytes
constexpr int kWarning = 4;              // as syslog counts

std::string oneLine(std::string_view said) {
    return shortened(said.substr(0, said.find('\n')), kShownLine);
}
/// Without “(after 3ms in state CONNECT, 2 identical error(s) suppressed)”, which is another one each time.
std::string_view withoutTime(std::string_view said) {
    const std::size_t at = said.rfind(" (after ");
    const bool isTime =
        at != std::string_view::npos && said.find("ms in state ", at) != std::string_view::npos;
    return isTime ? said.substr(0, at) : said;
}
}  // namespace

void KafkaEvents::fail(rd_kafka_resp_err_t code, std::string_view said) {
    KafkaFault fault{code, oneLine(withoutTime(said)), {}};
    const bool lasting = isUntrusted(fault) ||
                         (code == RD_KAFKA_RESP_ERR__AUTHENTICATION && !isCutOff(fault)) ||
                         code == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED ||
                         code == RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM;
    const std::lock_guard lock(m_mutex);
    if (lasting && !m_lasting) m_lasting = fault;
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) m_allWereDown = true;
    // That all are down is less than why one is.
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && m_newest && isCutOff(*m_newest)) {
        m_isNew = true;
        return;
    }
    m_newest = std::move(fault);
    m_isNew = true;
}

void KafkaEvents::loseMessage(rd_kafka_resp_err_t code, std::string_view topic) {
    // By a transaction that is aborted.
    if (code == RD_KAFKA_RESP_ERR__PURGE_QUEUE || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT) return;
    const std::lock_guard lock(m_mutex);
    if (!m_lostMessage) m_lostMessage = KafkaFault{code, rd_kafka_err2str(code), std::string(topic)};
}

std::optional<KafkaFault> KafkaEvents::lostMessage() const {
    const std::lock_guard lock(m_mutex);
    return m_lostMessage;
}

void KafkaEvents::log(int level, std::string_view facility, std::string_view line) {
    // These come to fail(), too.
    if (level > kWarning || facility == "FAIL" || facility == "ERROR") return;
    // A broker that has just started has no producer ids yet. The client asks again, and our patience judges.
    if (facility == "GETPID") return;
    // “[thrd:main]: …”
    if (const std::size_t thread = line.find("]: "); line.starts_with("[thrd:") && thread != line.npos)
        line.remove_prefix(thread + 3);
    std::string text = oneLine(line);
    const std::lock_guard lock(m_mutex);
    if (m_told.size() >= kMostNotes || !m_told.insert(text).second) return;
    m_notes.push_back(RW_TEXT("kafka", "Kafka client: %1").with(text));
}

std::optional<KafkaFault> KafkaEvents::lasting() const {
    const std::lock_guard lock(m_mutex);
    return m_lasting;
}

std::optional<KafkaFault> KafkaEvents::takeTrouble() {
    const std::lock_guard lock(m_mutex);
    if (!std::exchange(m_isNew, false)) return std::nullopt;
    return m_newest;
}

std::optional<KafkaFault> KafkaEvents::trouble() const {
    const std::lock_guard lock(m_mutex);
    return m_newest;
}

bool KafkaEvents::allWereDown() const {
    const std::lock_guard lock(m_mutex);
    return m_allWereDown;
}

std::vector<Text> KafkaEvents::takeNotes() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_notes, {});
}

}  // namespace rw
