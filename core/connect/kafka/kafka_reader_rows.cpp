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
constexpr Millis kProbeEvery = 500;  // where others give rows meanwhile
constexpr Millis kPostEndsEvery = 250;

/// Or there is none.
bool mayPass(const Status& status) {
    return status.ok() || status.error().code == ErrorCode::Io;
}

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
        const bool mends = mayPass(found) || found.error().code == ErrorCode::NotFound;
        if (!mends) return found;
        if (!found.ok()) {
            doubt();
            m_findAt = m_about.clock->steadyMillis() + kFindAgain;
        }
        if (m_partitions.size() > before) m_assigned = false;
        if (!m_assigned) return {};
    }
    RW_TRY(m_client->lasting());
    if (const std::optional<KafkaFault> trouble = m_client->events().takeTrouble(); trouble) {
        // That a topic is not there any more is told as an event, too.
        if (isCutOff(*trouble) || m_client->status(*trouble).error().code == ErrorCode::NotFound) doubt();
    }
    pause(out);
    const std::size_t count = fetch(anyDoubted() ? std::min(within, kFetchWait) : within);
    const Status status = takeAll(count);
    RW_TRY(giveAll(out));
    RW_TRY(status);
    if (anyDoubted() && m_about.clock->steadyMillis() >= m_probeAt) RW_TRY(probe(kProbeWait, out));
    judge(out);
    postEnds();
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

/// Behind a fault that may pass the rest is taken all the same: the client has counted it as read. Behind one
/// that ends the run it is not, for its rows come again when the run is resumed.
Status KafkaReader::takeAll(std::size_t count) {
    Status status;
    for (std::size_t i = 0; i < count; ++i) {
        const KafkaMessage message(m_batch[i]);
        if (!mayPass(status)) continue;
        Status taken = take(*message);
        if (status.ok() || !mayPass(taken)) status = std::move(taken);
    }
    return status;
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
    partition->missingSince = -1;
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
            partition->missingSince = -1;
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
    if (isCutOff(fault)) {
        doubt();
        return {};
    }
    const Status status = m_client->status(fault, topic);
    if (status.error().code != ErrorCode::NotFound) return status;
    if (partition != nullptr) partition->doubted = !partition->at.ended();
    return {};
}

Status KafkaReader::giveAll(ReadOutput& out) {
    for (std::size_t i = 0; i < m_partitions.size(); ++i) {
        Partition& partition = m_partitions[i];
        for (std::unique_ptr<KafkaChunk>& chunk : partition.chunks) {
            if (chunk && m_registry) RW_TRY(m_registry->learn(chunk->messages, *m_about.schemas));
            if (!chunk) continue;
            if (partition.standing == Standing::Blocked || partition.standing == Standing::Disconnected ||
                partition.standing == Standing::Connecting)
                tell(i, Standing::Live, out);
            partition.standing = Standing::Live;  // rows end that it is drained
            const std::size_t bytes = chunk->messages.bytes();
            out.give(std::move(chunk), bytes, static_cast<int>(i));
        }
        partition.chunks.clear();
    }
    return {};
}

/// Partitions are assigned or not, each time from where they were read to. Where the library itself would
/// pause one it would go on behind the last event of its queue, and in versions 2.2.0 to 2.13.1 the end of a
/// partition is such an event: the row that comes next there would be lost.
void KafkaReader::pause(const ReadOutput& out) {
    KafkaPartitionList wanted, unwanted;
    for (std::size_t i = 0; i < m_partitions.size(); ++i) {
        Partition& partition = m_partitions[i];
        const bool pauses = partition.at.ended() || isUnplaced(partition) || !out.wants(static_cast<int>(i));
        if (pauses == partition.paused) continue;
        partition.paused = pauses;
        KafkaPartitionList& list = pauses ? unwanted : wanted;
        if (!list) list.reset(rd_kafka_topic_partition_list_new(1));
        rd_kafka_topic_partition_list_add(list.get(), partition.at.topic.c_str(), partition.at.number)
            ->offset = partition.at.next;
    }
    KafkaError failed;
    if (wanted) failed.reset(rd_kafka_incremental_assign(m_client->handle(), wanted.get()));
    if (unwanted && !failed) failed.reset(rd_kafka_incremental_unassign(m_client->handle(), unwanted.get()));
    if (failed) m_assigned = false;  // the next call assigns all of them
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
    const Status answer = measure(m_probed, within, out);
    if (answer.ok()) {
        Partition& partition = m_partitions[m_probed];
        partition.doubted = false;
        // What the client does with a partition that it did not know for a while is its own matter.
        if (std::exchange(partition.missingSince, -1) >= 0) m_assigned = false;
        if (partition.standing == Standing::Disconnected) tell(m_probed, Standing::Live, out);
        if (anyDoubted()) return {};
        noteCut(false);
        m_toldCut.clear();
        return {};
    }
    const bool allSilent = std::all_of(m_partitions.begin(), m_partitions.end(),
                                       [](const Partition& each) { return each.doubted || each.at.ended(); });
    m_probeAt = allSilent ? 0 : m_about.clock->steadyMillis() + kProbeEvery;
    if (answer.error().code == ErrorCode::NotFound) return miss(m_probed, answer, out);
    if (answer.error().code != ErrorCode::Io) return answer;
    RW_TRY(giveUp(answer));
    noteCut(true);
    tell(m_probed, Standing::Disconnected, out, answer.error().message);
    return {};
}

/// The end of a partition; also where it begins, where that was not known.
Status KafkaReader::measure(std::size_t number, Millis within, ReadOutput& out) {
    Partition& partition = m_partitions[number];
    // The client remembers that a topic or a leader is missing, and asks again for those that are read alone.
    if (isUnplaced(partition) || partition.missingSince >= 0)
        RW_TRY(m_client->topics(within, partition.at.topic).status());
    if (isUnplaced(partition)) {
        RW_TRY(place(partition, within));
        partition.untold = false;
        givePosition(number, out);
        return {};
    }
    RW_TRY_ASSIGN(const KafkaRange range, m_client->range(partition.at.topic, partition.at.number, within));
    partition.high = range.high;
    return {};
}

/// The brokers do not know a partition that they had: those that have just started learn of it later.
Status KafkaReader::miss(std::size_t number, const Status& why, ReadOutput& out) {
    Partition& partition = m_partitions[number];
    const std::int64_t now = m_about.clock->steadyMillis();
    if (partition.missingSince < 0) partition.missingSince = now;
    if (now - partition.missingSince < m_about.reading.missingFor) {
        tell(number, Standing::Disconnected, out, why.error().message);
        return {};
    }
    if (!m_pattern) return why;
    partition.at.gone = true;
    partition.doubted = false;
    givePosition(number, out);
    tell(number, Standing::Ended, out);
    m_notes.push_back(
        RW_TEXT("kafka",
                "Partition %1 is there no longer: its topic was dropped, or the user may not see "
                "it any more. The run goes on without it.")
            .with(partition.at.name()));
    return {};
}

/// To be in the next checkpoint, though no row comes.
void KafkaReader::givePosition(std::size_t number, ReadOutput& out) {
    auto position = std::make_unique<KafkaChunk>();
    position->arrived = m_about.clock->now();
    position->behind = m_partitions[number].at;
    out.give(std::move(position), 0, static_cast<int>(number));
}

void KafkaReader::judge(ReadOutput& out) {
    if (m_cutSince >= 0 && !anyDoubted()) noteCut(false);
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
         RW_TEXT("kafka",
                 "A transaction of another program is open: the rows behind it wait until that program ends "
                 "it. If it "
                 "does not, the brokers abort it after its time limit: a minute unless that program sets "
                 "another, at "
                 "most their transaction.max.timeout.ms, which is 15 minutes unless set."));
}

/// What librdkafka heard with the rows: nobody is asked.
void KafkaReader::postEnds() {
    const std::int64_t now = m_about.clock->steadyMillis();
    if (now < m_postAt) return;
    m_postAt = now + kPostEndsEvery;
    for (const Partition& partition : m_partitions) {
        std::int64_t low = 0, high = -1;
        (void)rd_kafka_get_watermark_offsets(m_client->handle(), partition.at.topic.c_str(),
                                             partition.at.number, &low, &high);
        high = std::max(high, partition.high);
        if (high < 0 || partition.at.next < 0) continue;
        // At the end there may be marks of transactions, which are no rows.
        std::int64_t end =
            partition.eof < 0 ? high : partition.at.next + std::max<std::int64_t>(high - partition.eof, 0);
        if (partition.at.end >= 0) end = std::min(end, partition.at.end);
        m_about.board->end(partition.at.name(), end);
    }
}

void KafkaReader::tell(std::size_t partition, Standing standing, ReadOutput& out, const Text& reason) {
    if (m_partitions[partition].standing == standing) return;
    m_partitions[partition].standing = standing;
    PartitionState state = PartitionState::Live;
    switch (standing) {
        case Standing::Live:
            break;
        case Standing::Connecting:
            state = PartitionState::Connecting;
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
