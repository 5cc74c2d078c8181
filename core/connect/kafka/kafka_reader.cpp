#include "core/connect/kafka/kafka_reader.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

constexpr std::size_t kBatch = 4'096;  // messages of one call
constexpr Millis kLeastWait = 20;      // the world outside does not go by a simulated clock
constexpr Millis kAnswerWait = 300;    // brokers far away answer later than a read may last
constexpr Millis kCommitWait = 400;
constexpr Millis kReaderTryEvery = 1'000;  // reconnect.backoff.max.ms
constexpr Millis kConnectMillis = 3'000;  // connecting may take so long before that is worth a word
constexpr Millis kMissingAtStart = 2'000;  // of a topic: brokers that have just started know it later

bool isMissing(const Status& status) {
    return !status.ok() && status.error().code == ErrorCode::NotFound;
}

KafkaOptions consumerOptions(const KafkaReading& reading) {
    return {// Needed for its calls; without a group of the user nothing is asked or told under this name.
            {"group.id", reading.group.empty() ? "rillwright-unused" : reading.group},
            {"enable.auto.commit", "false"},
            {"enable.auto.offset.store", "false"},
            {"enable.partition.eof", "true"},
            {"isolation.level", "read_committed"},
            {"auto.offset.reset", "error"},
            {"queued.max.messages.kbytes", "16384"},
            {"fetch.wait.max.ms", "50"},
            // Longer ones than a row may be are set aside, which they can't be before they are here.
            {"receive.message.max.bytes", "1000000000"},
            {"max.poll.interval.ms", "86400000"}};
}

}  // namespace

KafkaReader::KafkaReader(NodeConnection connection, About about)
    : m_connection(std::move(connection)),
      m_about(std::move(about)),
      m_pattern(m_about.reading.isPattern
                    ? std::make_unique<const re2::RE2>(m_about.reading.topic, re2::RE2::Quiet)
                    : nullptr),
      m_batch(kBatch) {
    for (const KafkaPartition& known : m_about.partitions) {
        m_places.emplace(std::pair(known.topic, known.number), m_partitions.size());
        Partition& partition = m_partitions.emplace_back();
        partition.at = known;
        if (!m_about.reading.bounded) partition.at.end = -1;  // it was, before an edit
        partition.resumed = known.next >= 0;
        partition.fromStart = known.next < 0;
        partition.placed = partition.at.ended();
        partition.standing = Standing::Connecting;
    }
    m_told = m_partitions.size();
    m_isFresh = m_partitions.empty() && !m_about.looked;
}

KafkaReader::~KafkaReader() = default;

Status KafkaReader::start() {
    if (m_client) return {};
    RW_TRY_ASSIGN(m_client, KafkaClient::make(KafkaClient::Role::Consumer, m_connection,
                                              consumerOptions(m_about.reading)));
    m_startedAt = m_about.clock->steadyMillis();
    if (!m_about.registry) return {};
    RW_TRY_ASSIGN(HttpServer server, registryServer(*m_about.registry));
    m_registry = std::make_unique<SchemaRegistry>(std::move(server));
    return {};
}

Result<SourceReader::Read> KafkaReader::read(Millis within, ReadOutput& out) {
    RW_TRY(start());
    const Millis wait = std::max(within, kLeastWait);
    Status status = m_assigned ? consume(wait, out) : connect(wait, out);
    for (Text& note : m_client->events().takeNotes()) out.note(std::move(note));
    for (Text& note : std::exchange(m_notes, {})) out.note(std::move(note));
    if (!status.ok() && status.error().code == ErrorCode::Io) status = cutOff(status, out);
    RW_TRY(status);
    if (!m_assigned) return Read::Some;
    if (m_about.reading.bounded && allEnded()) return Read::End;
    return allTaken() ? Read::Nothing : Read::Some;
}

// ── Topics and partitions ──

Status KafkaReader::connect(Millis within, ReadOutput& out) {
    const std::int64_t until = m_about.clock->steadyMillis() + within;
    RW_TRY(m_client->lasting());
    if (!m_found) {
        const Status found = find(std::max(within, kAnswerWait));
        if (isMissing(found)) return awaitTopic(found, out);
        RW_TRY(found);
    }
    for (std::size_t i = 0; i < m_partitions.size(); ++i) {
        Partition& partition = m_partitions[i];
        if (partition.placed || partition.silent) continue;
        if (m_about.clock->steadyMillis() >= until) return {};  // the rest in the next call
        const Status placed = place(partition, std::max(within, kAnswerWait));
        if (placed.ok()) continue;
        if (placed.error().code != ErrorCode::Io && !isMissing(placed)) return placed;
        if (i < m_told) {
            // Others go on: it is assigned where it was, and asked for again.
            partition.silent = true;
            continue;
        }
        // The next look tells which of those that were found just now have a broker.
        leaveForLater(m_isFresh ? m_told : i);
        if (!m_isFresh) break;
        m_found = false;
        return isMissing(placed) ? Status() : placed;
    }
    return assign(out);
}

bool KafkaReader::isUnplaced(const Partition& partition) const {
    const KafkaPartition& at = partition.at;
    return !at.gone && (at.next < 0 || (m_about.reading.bounded && at.end < 0));
}

/// The one that is named. One that was read may be unknown for a while to a broker that has just started.
Status KafkaReader::awaitTopic(const Status& why, ReadOutput& out) {
    const std::int64_t now = m_about.clock->steadyMillis();
    if (m_missingSince < 0) m_missingSince = now;
    if (now - m_missingSince >= (m_told == 0 ? kMissingAtStart : m_about.reading.missingFor)) return why;
    for (std::size_t i = 0; i < m_told; ++i) tell(i, Standing::Disconnected, out, why.error().message);
    return {};
}

/// Those that were found from there on: the next look finds them again.
void KafkaReader::leaveForLater(std::size_t first) {
    for (std::size_t i = first; i < m_partitions.size(); ++i)
        m_places.erase({m_partitions[i].at.topic, m_partitions[i].at.number});
    m_partitions.resize(first);
}

bool KafkaReader::isWanted(const std::string& topic) const {
    if (!m_pattern) return topic == m_about.reading.topic;
    return !topic.starts_with("__") && re2::RE2::FullMatch(topic, *m_pattern);
}

Status KafkaReader::find(Millis within) {
    RW_TRY_ASSIGN(const std::vector<KafkaTopic> topics,
                  m_client->topics(within, m_pattern ? std::string() : m_about.reading.topic));
    for (Partition& partition : m_partitions) partition.seen = false;
    for (const KafkaTopic& topic : topics) {
        if (!isWanted(topic.name)) continue;
        for (const std::int32_t number : topic.partitions) {
            const bool leads =
                std::find(topic.leaderless.begin(), topic.leaderless.end(), number) == topic.leaderless.end();
            const auto known = m_places.find(std::pair(topic.name, number));
            if (known != m_places.end()) {
                foundAgain(m_partitions[known->second], leads);
                continue;
            }
            // One that came later is read from its first row, whenever it is found.
            if (!leads && !m_isFresh) continue;
            m_places.emplace(std::pair(topic.name, number), m_partitions.size());
            Partition& partition = m_partitions.emplace_back();
            partition.at.topic = topic.name;
            partition.at.number = number;
            partition.at.next = -1;
            partition.fromStart = m_isFresh;
            partition.silent = !leads;
            partition.seen = true;
        }
    }
    for (Partition& partition : m_partitions)
        partition.doubted = partition.doubted || (m_assigned && !partition.seen && !partition.at.ended());
    if (m_partitions.empty() && !std::exchange(m_toldNone, true))
        m_notes.push_back(RW_TEXT("kafka", "No topic matches “%1”.").with(m_about.reading.topic));
    m_found = true;
    m_missingSince = -1;
    m_findAt = m_about.clock->steadyMillis() + m_about.reading.findEvery;
    return {};
}

void KafkaReader::foundAgain(Partition& partition, bool leads) {
    partition.seen = true;
    if (partition.at.gone && partition.standing == Standing::Connecting) {
        partition.at.gone = partition.placed = false;
        partition.back = true;
    } else if (partition.at.gone && !std::exchange(partition.toldBack, true)) {
        m_notes.push_back(RW_TEXT("kafka",
                                  "Partition %1 is there again. It is read when the run is resumed, or "
                                  "started anew.")
                              .with(partition.at.name()));
    }
    if (!m_assigned && isUnplaced(partition)) partition.silent = !leads;
}

Status KafkaReader::place(Partition& partition, Millis within) {
    RW_TRY_ASSIGN(const KafkaRange range, m_client->range(partition.at.topic, partition.at.number, within));
    partition.high = range.high;
    const bool anew = partition.at.next < range.low || partition.at.next > range.high;
    if (std::exchange(partition.back, false) && partition.resumed && anew) {
        partition.resumed = partition.fromStart = false;
        m_notes.push_back(RW_TEXT("kafka", "Partition %1 was made anew: it is read from its first row.")
                              .with(partition.at.name()));
    }
    if (!partition.resumed) {
        RW_TRY_ASSIGN(partition.at.next, beginOf(partition, range, within));
        partition.untold = true;
    }
    if (m_about.reading.bounded && partition.at.end < 0) partition.at.end = range.high;
    // A broker that leads since a moment may not know the end yet: it is asked for rows first.
    const bool isBehind = partition.outOfRange && partition.at.next > range.high;
    if (partition.at.next < range.low || isBehind) RW_TRY(goOnElsewhere(partition, range));
    partition.outOfRange = false;
    partition.placed = true;
    return {};
}

Result<std::int64_t> KafkaReader::beginOf(const Partition& partition, const KafkaRange& range,
                                          Millis within) {
    using Start = KafkaReading::Start;
    // One that came later has no row from before the start.
    const Start start = partition.fromStart ? m_about.reading.start : Start::Earliest;
    std::int64_t offset = -1;
    switch (start) {
        case Start::Earliest:
            return range.low;
        case Start::Latest:
            return range.high;
        case Start::Time: {
            RW_TRY_ASSIGN(offset, m_client->offsetAt(partition.at.topic, partition.at.number,
                                                     m_about.reading.from, within));
            return offset < 0 ? range.high : offset;
        }
        case Start::Group: {
            RW_TRY_ASSIGN(offset, committedOffset(partition, within));
            return offset < 0 ? range.low : offset;
        }
    }
    return range.low;
}

/// Less than 0: the group has committed nothing.
Result<std::int64_t> KafkaReader::committedOffset(const Partition& partition, Millis within) {
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), partition.at.topic.c_str(), partition.at.number);
    const rd_kafka_resp_err_t failed =
        rd_kafka_committed(m_client->handle(), list.get(), static_cast<int>(within));
    m_client->serve();
    const rd_kafka_topic_partition_t& answer = list->elems[0];
    if (failed != RD_KAFKA_RESP_ERR_NO_ERROR) return m_client->status(failed, partition.at.topic);
    if (answer.err != RD_KAFKA_RESP_ERR_NO_ERROR) return m_client->status(answer.err, partition.at.topic);
    return answer.offset;
}

/// The rows that come next are not there any more.
Status KafkaReader::goOnElsewhere(Partition& partition, const KafkaRange& range) {
    const std::int64_t next = partition.at.next;
    const std::string name = partition.at.name();
    Text what = range.low < range.high
                    ? RW_TEXT("kafka",
                              "Partition %1 has the rows %2 to %3, and reading was to go on at %4: the rows "
                              "between are gone, or the topic was made anew.")
                          .with(name, range.low, range.high - 1, next)
                    : RW_TEXT("kafka",
                              "Partition %1 has no rows, and reading was to go on at %2: its rows are gone, "
                              "or the topic was made anew.")
                          .with(name, next);
    if (m_about.reading.lost == KafkaReading::Lost::Fail) {
        return {
            ErrorCode::Refused, std::move(what),
            RW_TEXT("kafka",
                    "Set “Position that is gone” to the earliest or the latest row and resume the run, or "
                    "start it anew. A longer retention of the topic avoids it.")};
    }
    partition.at.next = m_about.reading.lost == KafkaReading::Lost::Earliest ? range.low : range.high;
    if (partition.at.end >= 0) partition.at.end = std::max(partition.at.end, partition.at.next);
    m_notes.push_back(std::move(what));
    m_notes.push_back(
        RW_TEXT("kafka", "Partition %1: reading goes on at row %2.").with(name, partition.at.next));
    return {};
}

/// All partitions, each from where it was read to; those that are new are told of.
Status KafkaReader::assign(ReadOutput& out) {
    (void)m_client->messages();  // events and rows come by one queue from here on
    KafkaPartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(m_partitions.size())));
    for (Partition& partition : m_partitions) {
        partition.eof = partition.openSince = -1;
        partition.paused = partition.at.ended() || isUnplaced(partition);
        if (partition.paused) continue;
        rd_kafka_topic_partition_list_add(list.get(), partition.at.topic.c_str(), partition.at.number)
            ->offset = partition.at.next;
    }
    const rd_kafka_resp_err_t failed = rd_kafka_assign(m_client->handle(), list.get());
    if (failed != RD_KAFKA_RESP_ERR_NO_ERROR) return m_client->status(failed, m_about.reading.topic);
    const std::size_t known = m_told;
    if (m_isFresh && m_partitions.empty()) *m_about.foundNothing = true;
    if (m_told < m_partitions.size()) {
        auto news = std::make_unique<KafkaChunk>();
        news->arrived = m_about.clock->now();
        news->firstFound = m_told;
        news->looked = true;
        for (; m_told < m_partitions.size(); ++m_told) {
            news->found.push_back(m_partitions[m_told].at);
            (void)out.partition(m_partitions[m_told].at.name());
        }
        const int first = static_cast<int>(news->firstFound);
        out.give(std::move(news), 0, first);
    }
    for (std::size_t i = 0; i < m_partitions.size(); ++i) {
        Partition& partition = m_partitions[i];
        partition.doubted = std::exchange(partition.silent, false);
        if (std::exchange(partition.untold, false) && i < known) givePosition(i, out);
        if (partition.at.ended()) {
            tell(i, Standing::Ended, out);
        } else if (isUnplaced(partition)) {
            partition.doubted = true;
            tell(i, Standing::Disconnected, out,
                 RW_TEXT("kafka", "No broker answers for partition %1 at the moment.")
                     .with(partition.at.name()));
        } else if (partition.standing != Standing::Live) {
            tell(i, Standing::Live, out);
        }
    }
    if (std::exchange(m_wholeCut, false) && m_partitions.empty()) out.tell(PartitionState::Live);
    noteCut(false);
    m_toldCut.clear();
    m_lastTopic = nullptr;
    m_isFresh = false;
    m_assigned = true;
    return {};
}

// ── Brokers that are away ──

/// Of all partitions, or before any is known.
Status KafkaReader::cutOff(const Status& why, ReadOutput& out) {
    const std::int64_t now = m_about.clock->steadyMillis();
    if (!m_assigned && !m_client->events().trouble() && now - m_startedAt < kConnectMillis) return {};
    RW_TRY(giveUp(why));
    for (std::size_t i = 0; i < m_told; ++i) tell(i, Standing::Disconnected, out, why.error().message);
    if (m_told == 0 && !std::exchange(m_wholeCut, true))
        out.tell(PartitionState::Disconnected, why.error().message);
    noteCut(true);
    // Two causes may take turns.
    if (!m_toldCut.insert(english(why.error().message)).second) return {};
    out.note(RW_TEXT("kafka", "%1 It is tried again every second.").with(why.error().message));
    return {};
}

/// librdkafka tries again about every second.
void KafkaReader::noteCut(bool cut) {
    if (!cut) m_cutSince = -1;
    if (cut && m_cutSince < 0) m_cutSince = m_about.clock->steadyMillis();
    m_about.board->retryAt(cut ? m_about.clock->now() + kReaderTryEvery : 0);
}

/// The error, where it has lasted too long.
Status KafkaReader::giveUp(const Status& why) const {
    const std::optional<Millis>& after = m_about.reading.giveUpAfter;
    if (!after || m_cutSince < 0 || m_about.clock->steadyMillis() - m_cutSince < *after) return {};
    return why;
}

// ── The group ──

Status KafkaReader::commit(const std::vector<KafkaPartition>& positions) {
    RW_TRY(start());
    KafkaPartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(positions.size())));
    for (const KafkaPartition& position : positions) {
        if (position.gone || position.next < 0) continue;
        rd_kafka_topic_partition_list_add(list.get(), position.topic.c_str(), position.number)->offset =
            position.next;
    }
    if (list->cnt == 0) return {};
    const KafkaQueue answers(rd_kafka_queue_new(m_client->handle()));
    rd_kafka_resp_err_t failed =
        rd_kafka_commit_queue(m_client->handle(), list.get(), answers.get(), nullptr, nullptr);
    if (failed == RD_KAFKA_RESP_ERR_NO_ERROR) {
        const KafkaEvent answer(rd_kafka_queue_poll(answers.get(), static_cast<int>(kCommitWait)));
        failed = answer ? rd_kafka_event_error(answer.get()) : RD_KAFKA_RESP_ERR__TIMED_OUT;
    }
    if (failed == RD_KAFKA_RESP_ERR_NO_ERROR) {
        m_toldCommit = failed;
        return {};
    }
    // Each checkpoint tries it: why it fails is told once.
    if (std::exchange(m_toldCommit, failed) == failed) return {};
    if (failed == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID || failed == RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION ||
        failed == RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS) {
        m_notes.push_back(
            RW_TEXT("kafka",
                    "Another program reads as a member of the group “%1”: this run's offsets can't be "
                    "committed there. Give this node a group of its own.")
                .with(m_about.reading.group));
        return {};
    }
    m_notes.push_back(
        RW_TEXT("kafka", "Offsets were not committed in the group “%1”: %2")
            .with(m_about.reading.group, m_client->status(failed, positions.front().topic).error().message));
    return {};
}

}  // namespace rw
