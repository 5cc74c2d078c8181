// Rows, and how their partitions stand.
#include <algorithm>
#include <utility>

#include "core/connect/kafka/kafka_reader.h"

namespace rw {

namespace {

/// So long rows that may not be read have to stand there before that is told: those that were just written
/// may be, a moment later.
constexpr Millis kOpenMillis = 1'000;
constexpr Millis kFindWait = 300, kFindAgain = 2'000;
constexpr Millis kProbeWait = 300, kFetchWait = 100;

std::string_view bytesOf(const void* bytes, std::size_t size) {
    return {static_cast<const char*>(bytes), size};
}

}  // namespace

Status KafkaReader::consume(Millis within, ReadOutput& out) {
    RW_TRY(giveAll(out));  // what a registry kept back
    const KafkaReading& reading = m_about.reading;
    if (!reading.bounded && m_cutSince < 0 && m_about.clock->steadyMillis() >= m_findAt) {
        const std::size_t before = m_partitions.size();
        const Status found = find(kFindWait);
        if (!found.ok() && found.error().code != ErrorCode::Io) return found;
        if (!found.ok()) {
            doubt();
            m_findAt = m_about.clock->steadyMillis() + kFindAgain;
        }
        if (m_partitions.size() > before) m_assigned = false;
        if (!m_assigned) return {};
    }
    RW_TRY(m_client->lasting());
    if (const std::optional<KafkaFault> trouble = m_client->events().takeTrouble(); trouble) {
        if (isCutOff(*trouble)) doubt();
    }
    pause(out);
    const std::size_t count = fetch(anyDoubted() ? std::min(within, kFetchWait) : within);
    Status status;
    for (std::size_t i = 0; i < count; ++i) {
        const KafkaMessage message(m_batch[i]);
        if (status.ok()) status = take(*message);
    }
    RW_TRY(giveAll(out));
    RW_TRY(status);
    if (count == 0 && anyDoubted()) RW_TRY(probe(kProbeWait, out));
    judge(out);
    return {};
}

/// As many as there are in m_batch, or the first that comes. A call for several waits until it has all of
/// them.
std::size_t KafkaReader::fetch(Millis within) {
    rd_kafka_queue_t* const queue = m_client->messages();
    const auto some = [&](std::size_t from, std::size_t most, Millis wait) {
        const ssize_t got =
            rd_kafka_consume_batch_queue(queue, static_cast<int>(wait), m_batch.data() + from, most);
        return got > 0 ? static_cast<std::size_t>(got) : std::size_t{0};
    };
    const std::size_t there = some(0, m_batch.size(), 0);
    if (there > 0) return there;
    const std::size_t first = some(0, 1, within);
    return first == 0 ? 0 : first + some(1, m_batch.size() - 1, 0);
}

KafkaReader::Partition* KafkaReader::partitionOf(const rd_kafka_message_t& message) {
    if (message.rkt == nullptr) return nullptr;
    if (message.rkt != m_lastTopic || message.partition != m_lastNumber) {
        const auto found =
            m_places.find(std::pair(std::string(rd_kafka_topic_name(message.rkt)), message.partition));
        if (found == m_places.end()) return nullptr;
        m_lastTopic = message.rkt;
        m_lastNumber = message.partition;
        m_lastPlace = found->second;
    }
    return &m_partitions[m_lastPlace];
}

Status KafkaReader::take(const rd_kafka_message_t& message) {
    if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) return takeFault(message);
    Partition* const partition = partitionOf(message);
    if (partition == nullptr || message.offset < partition->at.next || partition->at.ended()) return {};
    partition->doubted = false;
    if (partition->at.end >= 0 && message.offset >= partition->at.end) {
        partition->at.next = partition->at.end;
        return {};
    }
    ReceivedMessage received;
    receive(message, received);
    std::vector<std::unique_ptr<KafkaChunk>>& chunks = partition->chunks;
    if (chunks.empty() || !chunks.back()->messages.fits(received)) {
        KafkaChunk& chunk = *chunks.emplace_back(std::make_unique<KafkaChunk>());
        chunk.arrived = m_about.clock->now();
        chunk.behind = partition->at;
        chunk.messages = ReceivedMessages(m_about.wanted);
    }
    KafkaChunk& chunk = *chunks.back();
    chunk.messages.add(received);
    chunk.behind.next = partition->at.next = message.offset + 1;
    partition->eof = partition->openSince = -1;
    return {};
}

void KafkaReader::receive(const rd_kafka_message_t& message, ReceivedMessage& received) {
    const WantedParts& wanted = m_about.wanted;
    if (message.payload != nullptr) received.value = bytesOf(message.payload, message.len);
    received.partition = message.partition;
    received.offset = message.offset;
    if (wanted.key && message.key != nullptr) received.key = bytesOf(message.key, message.key_len);
    if (wanted.topic) received.topic = m_partitions[m_lastPlace].at.topic;
    if (wanted.timestamp) {
        rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
        const std::int64_t time = rd_kafka_message_timestamp(&message, &type);
        if (type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE && time >= 0) received.timestamp = time;
    }
    rd_kafka_headers_t* headers = nullptr;
    if (wanted.headers.empty() || rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    m_headers.clear();
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
        MessageHeader& header = m_headers.emplace_back();
        header.name = name;
        if (value != nullptr) header.value = bytesOf(value, size);
    }
    received.headers = m_headers;
}

Status KafkaReader::takeFault(const rd_kafka_message_t& message) {
    Partition* const partition = partitionOf(message);
    const std::string topic = partition != nullptr ? partition->at.topic : m_about.reading.topic;
    switch (message.err) {
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            if (partition == nullptr || message.offset < partition->at.next) return {};
            partition->doubted = false;
            partition->eof = message.offset;
            // Behind the last row there may be marks of transactions.
            if (partition->at.end >= 0 && message.offset >= partition->at.end)
                partition->at.next = partition->at.end;
            return {};
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
        case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
            if (partition == nullptr) return {};
            partition->resumed = partition->outOfRange = true;
            partition->placed = false;
            m_assigned = false;
            return {};
        case RD_KAFKA_RESP_ERR__BAD_MSG:
        case RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
        case RD_KAFKA_RESP_ERR_INVALID_MSG:
            return {ErrorCode::Refused,
                    RW_TEXT("kafka", "A message of topic “%1” can't be unpacked: %2")
                        .with(topic, rd_kafka_message_errstr(&message)),
                    RW_TEXT("kafka",
                            "See whether the topic is compressed in a way that librdkafka of this computer "
                            "does not know.")};
        default:
            break;
    }
    const KafkaFault fault{message.err, rd_kafka_message_errstr(&message)};
    if (!isCutOff(fault)) return m_client->status(fault, topic);
    doubt();
    return {};
}

Status KafkaReader::giveAll(ReadOutput& out) {
    for (std::size_t i = 0; i < m_partitions.size(); ++i) {
        Partition& partition = m_partitions[i];
        for (std::unique_ptr<KafkaChunk>& chunk : partition.chunks) {
            if (chunk && m_registry) RW_TRY(m_registry->learn(chunk->messages, *m_about.schemas));
            if (!chunk) continue;
            if (partition.standing == Standing::Blocked || partition.standing == Standing::Disconnected)
                tell(i, Standing::Live, out);
            partition.standing = Standing::Live;  // rows end that it is drained
            const std::size_t bytes = chunk->messages.bytes();
            out.give(std::move(chunk), bytes, static_cast<int>(i));
        }
        partition.chunks.clear();
    }
    return {};
}

void KafkaReader::pause(const ReadOutput& out) {
    KafkaPartitionList lists[2];  // to go on, to pause
    for (std::size_t i = 0; i < m_partitions.size(); ++i) {
        Partition& partition = m_partitions[i];
        if (partition.standing == Standing::Ended) continue;
        const bool pauses = partition.at.ended() || !out.wants(static_cast<int>(i));
        if (pauses == partition.paused) continue;
        partition.paused = pauses;
        KafkaPartitionList& list = lists[pauses ? 1 : 0];
        if (!list) list.reset(rd_kafka_topic_partition_list_new(1));
        rd_kafka_topic_partition_list_add(list.get(), partition.at.topic.c_str(), partition.at.number);
    }
    if (lists[0]) (void)rd_kafka_resume_partitions(m_client->handle(), lists[0].get());
    if (lists[1]) (void)rd_kafka_pause_partitions(m_client->handle(), lists[1].get());
}

void KafkaReader::resumeAll() {
    KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    for (Partition& partition : m_partitions) {
        if (!std::exchange(partition.paused, false)) continue;
        rd_kafka_topic_partition_list_add(list.get(), partition.at.topic.c_str(), partition.at.number);
    }
    if (list->cnt > 0) (void)rd_kafka_resume_partitions(m_client->handle(), list.get());
}

// ── How partitions stand ──

/// A broker that is away says nothing: nor does the client, whose rows just come no more.
void KafkaReader::doubt() {
    for (Partition& partition : m_partitions) partition.doubted = !partition.at.ended();
}

bool KafkaReader::anyDoubted() const {
    return std::any_of(m_partitions.begin(), m_partitions.end(),
                       [](const Partition& partition) { return partition.doubted; });
}

/// Asks for one of the partitions that are in doubt, in turn.
Status KafkaReader::probe(Millis within, ReadOutput& out) {
    for (std::size_t tried = 0; tried < m_partitions.size(); ++tried) {
        m_probed = (m_probed + 1) % m_partitions.size();
        if (m_partitions[m_probed].doubted) break;
    }
    Partition& partition = m_partitions[m_probed];
    const Result<KafkaRange> range = m_client->range(partition.at.topic, partition.at.number, within);
    if (range.ok()) {
        partition.high = range->high;
        partition.doubted = false;
        if (partition.standing == Standing::Disconnected) tell(m_probed, Standing::Live, out);
        if (anyDoubted()) return {};
        m_cutSince = -1;
        m_toldCut.clear();
        return {};
    }
    if (range.error().code != ErrorCode::Io) return range.status();
    RW_TRY(giveUp(range.status()));
    if (m_cutSince < 0) m_cutSince = m_about.clock->steadyMillis();
    tell(m_probed, Standing::Disconnected, out, range.error().message);
    return {};
}

void KafkaReader::judge(ReadOutput& out) {
    if (!anyDoubted()) m_cutSince = -1;
    for (std::size_t i = 0; i < m_partitions.size(); ++i) {
        const Partition& partition = m_partitions[i];
        if (partition.at.ended()) {
            tell(i, Standing::Ended, out);
        } else if (partition.eof >= 0 && !partition.doubted) {
            judgeEnd(i, out);
        }
    }
}

void KafkaReader::judgeEnd(std::size_t place, ReadOutput& out) {
    Partition& partition = m_partitions[place];
    std::int64_t low = 0, high = -1;
    (void)rd_kafka_get_watermark_offsets(m_client->handle(), partition.at.topic.c_str(), partition.at.number,
                                         &low, &high);
    if (partition.eof >= std::max(high, partition.high)) {
        partition.openSince = -1;
        return tell(place, Standing::Drained, out);
    }
    const std::int64_t now = m_about.clock->steadyMillis();
    if (partition.openSince < 0) partition.openSince = now;
    if (now - partition.openSince < kOpenMillis) return;
    tell(place, Standing::Blocked, out,
         RW_TEXT(
             "kafka",
             "A transaction of another program is open: the rows behind it wait until it ends, or until the "
             "brokers give it up."));
}

void KafkaReader::tell(std::size_t partition, Standing standing, ReadOutput& out, const Text& reason) {
    if (m_partitions[partition].standing == standing) return;
    m_partitions[partition].standing = standing;
    PartitionState state = PartitionState::Live;
    switch (standing) {
        case Standing::Live:
            break;
        case Standing::Drained:
            state = PartitionState::Drained;
            break;
        case Standing::Blocked:
            state = PartitionState::Blocked;
            break;
        case Standing::Disconnected:
            state = PartitionState::Disconnected;
            break;
        case Standing::Ended:
            state = PartitionState::Ended;
            break;
    }
    out.tell(state, reason, static_cast<int>(partition));
}

bool KafkaReader::allEnded() const {
    return std::all_of(m_partitions.begin(), m_partitions.end(),
                       [](const Partition& partition) { return partition.at.ended(); });
}

bool KafkaReader::allTaken() const {
    return std::all_of(m_partitions.begin(), m_partitions.end(), [](const Partition& partition) {
        return partition.chunks.empty() && (partition.paused || partition.standing != Standing::Live);
    });
}

}  // namespace rw
