#include "core/connect/kafka/kafka_transactions.h"

#include <algorithm>

namespace rw {

std::size_t KafkaTransactions::join(const std::string& topic) {
    const std::lock_guard lock(m_mutex);
    if (m_markerTopic.empty()) m_markerTopic = topic;
    m_prepared.push_back(0);
    return m_prepared.size() - 1;
}

void KafkaTransactions::resume(Epoch from, const std::string& topic) {
    const std::lock_guard lock(m_mutex);
    m_from = std::max(m_from, from);
    if (!topic.empty()) m_markerTopic = topic;
}

std::string KafkaTransactions::markerTopic() const {
    const std::lock_guard lock(m_mutex);
    return m_markerTopic;
}

Status KafkaTransactions::init() {
    if (!m_init) RW_TRY(m_producer->init());
    m_init = true;
    return {};
}

Result<bool> KafkaTransactions::isCommitted(Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    RW_TRY(init());
    RW_TRY_ASSIGN(const Epoch marker, m_producer->marker(m_markerTopic));
    return marker >= epoch;
}

Status KafkaTransactions::open() {
    const std::lock_guard lock(m_mutex);
    if (m_opened) return {};
    RW_TRY(init());
    RW_TRY_ASSIGN(const Epoch marker, m_producer->marker(m_markerTopic));
    if (marker > m_from) {
        return {
            ErrorCode::Refused,
            RW_TEXT("kafka",
                    "The topics have the rows up to checkpoint %1, and the run resumes from %2: rows that "
                    "were committed can't be taken back.")
                .with(marker, m_from),
            RW_TEXT("kafka", "Resume from checkpoint %1, or start the run anew.").with(marker)};
    }
    m_committed = m_from;
    m_opened = true;
    return {};
}

/// With the first row, for an open transaction holds back who reads the topics, and has a time-out.
Status KafkaTransactions::begin() {
    const std::lock_guard lock(m_mutex);
    if (!m_begun) RW_TRY(m_producer->begin());
    m_begun = true;
    return {};
}

Status KafkaTransactions::send(const KafkaRecord& record) {
    RW_TRY(begin());
    return m_producer->send(record);  // it may wait: not with the lock
}

Status KafkaTransactions::prepare(std::size_t sink, Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    m_prepared.at(sink) = epoch;
    const bool all = std::all_of(m_prepared.begin(), m_prepared.end(),
                                 [epoch](Epoch prepared) { return prepared == epoch; });
    if (!all || !m_begun) return {};
    RW_TRY(m_producer->prepare(m_markerTopic, epoch));
    m_marked = epoch;
    return {};
}

Status KafkaTransactions::commit(Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    if (epoch <= m_committed) return {};
    if (m_begun) {
        if (m_marked != epoch) {
            return {ErrorCode::Internal,
                    RW_TEXT("kafka", "Checkpoint %1 was to be committed, and %2 is prepared.")
                        .with(epoch, m_marked)};
        }
        RW_TRY(m_producer->commit());
        m_begun = false;
        m_marked = 0;
    }
    m_committed = epoch;
    return {};
}

void KafkaTransactions::abort() {
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_begun, false)) m_producer->abort();
    m_marked = 0;
}

}  // namespace rw
