#include "core/connect/kafka/kafka_browser.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "core/connect/kafka/kafka_reading.h"
#include "core/connect/kafka/kafka_topics.h"

namespace rw {

namespace {

constexpr Millis kLookWait = 200;  // of one call: between them it may be cancelled
constexpr Millis kRangesWait = 2'000;
constexpr std::size_t kMostPartitions = 1'000;  // of a pattern that matches many topics

Status cancelledSight() {
    return {ErrorCode::Cancelled, RW_TEXT("kafka", "It was cancelled.")};
}

/// A partition, and how far the look at it has come.
struct SeenPartition {
    KafkaClient::PartitionName name{};
    std::int64_t next = 0, end = 0;
    bool done() const { return next >= end; }
};

class NewestMessages {
 public:
    explicit NewestMessages(BrowsedConnection& browsed) : m_browsed(browsed) {}

    Result<SubjectContent> of(const std::string& subject) {
        KafkaReading reading;
        RW_TRY(readTopic(subject, reading));
        RW_TRY_ASSIGN(m_client, KafkaClient::make(KafkaClient::Role::Consumer, m_browsed.node(),
                                                  {{"group.id", "rillwright-unused"},
                                                   {"enable.auto.commit", "false"},
                                                   {"enable.auto.offset.store", "false"},
                                                   {"enable.partition.eof", "true"},
                                                   {"isolation.level", "read_committed"},
                                                   // What goes while it is looked at is not missed.
                                                   {"auto.offset.reset", "earliest"},
                                                   {"fetch.wait.max.ms", "50"},
                                                   {"queued.max.messages.kbytes", "16384"},
                                                   {"receive.message.max.bytes", "1000000000"}}));
        RW_TRY(findPartitions(reading));
        RW_TRY(place());
        RW_TRY(read());
        std::vector<SubjectMessage>& all = m_content.messages;
        std::stable_sort(all.begin(), all.end(), [](const SubjectMessage& a, const SubjectMessage& b) {
            return a.timestamp.value_or(0) < b.timestamp.value_or(0);
        });
        return std::move(m_content);
    }

 private:
    Status findPartitions(const KafkaReading& reading) {
        const std::string only = reading.isPattern ? std::string() : reading.topic;
        RW_TRY_ASSIGN(const std::vector<KafkaTopic> topics,
                      askForTopics(*m_client, m_browsed.left(), m_browsed.cancelled(), only));
        const re2::RE2 pattern(reading.isPattern ? reading.topic : std::string(), re2::RE2::Quiet);
        bool found = false;
        for (const KafkaTopic& topic : topics) {
            if (reading.isPattern && (isBrokersOwn(topic.name) || !re2::RE2::FullMatch(topic.name, pattern)))
                continue;
            found = true;
            for (const std::int32_t partition : topic.partitions) {
                // It can't be read, and would be an error for all.
                if (std::count(topic.leaderless.begin(), topic.leaderless.end(), partition) > 0) continue;
                if (m_partitions.size() >= kMostPartitions) return {};
                m_partitions.push_back({{topic.name, partition}, 0, 0});
            }
        }
        if (found) return {};
        return {ErrorCode::NotFound, RW_TEXT("kafka", "No topic matches “%1”.").with(reading.topic),
                RW_TEXT("kafka", "Correct the expression, or choose one of the topics.")};
    }

    /// Where each partition is read from.
    Status place() {
        if (m_partitions.empty()) return {};
        std::vector<KafkaClient::PartitionName> names;
        for (const SeenPartition& each : m_partitions) names.push_back(each.name);
        auto ranges = m_client->ranges(names, std::min(kRangesWait, m_browsed.left()));
        while (!ranges.ok() && ranges.error().code == ErrorCode::Io && m_browsed.left() > 1) {
            if (m_browsed.cancelled()) return cancelledSight();
            systemClock()->sleep(kLookWait);  // one that has just lost its leader is an error at once
            ranges = m_client->ranges(names, std::min(kRangesWait, m_browsed.left()));
        }
        RW_TRY(ranges.status());
        std::vector<std::int64_t> sizes;
        for (const std::optional<KafkaRange>& range : *ranges)
            sizes.push_back(range ? std::max<std::int64_t>(range->high - range->low, 0) : 0);
        const std::vector<std::int64_t> shares =
            sharesOfNewest(sizes, static_cast<std::int64_t>(kNewestMessages));
        for (std::size_t i = 0; i < m_partitions.size(); ++i) {
            if (!(*ranges)[i]) continue;
            m_partitions[i].end = (*ranges)[i]->high;
            m_partitions[i].next = m_partitions[i].end - shares[i];
        }
        return {};
    }

    bool allRead() const {
        return std::all_of(m_partitions.begin(), m_partitions.end(),
                           [](const SeenPartition& each) { return each.done(); });
    }

    Status read() {
        if (allRead()) return {};
        KafkaPartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(m_partitions.size())));
        for (const SeenPartition& each : m_partitions) {
            if (each.done()) continue;
            rd_kafka_topic_partition_list_add(list.get(), each.name.topic.c_str(), each.name.partition)
                ->offset = each.next;
        }
        rd_kafka_queue_t* const queue = m_client->messages();
        const rd_kafka_resp_err_t failed = rd_kafka_assign(m_client->handle(), list.get());
        if (failed != RD_KAFKA_RESP_ERR_NO_ERROR) return m_client->status(failed);
        std::array<rd_kafka_message_t*, 256> batch{};
        while (!allRead() && m_bytes < kNewestBytes) {
            if (m_browsed.cancelled()) return cancelledSight();
            RW_TRY(m_client->lasting());
            const ssize_t got =
                rd_kafka_consume_batch_queue(queue, static_cast<int>(kLookWait), batch.data(), batch.size());
            Status status;
            for (ssize_t i = 0; i < got; ++i) {
                const KafkaMessage message(batch[static_cast<std::size_t>(i)]);
                if (status.ok()) status = take(*message);
            }
            RW_TRY(status);
            if (m_browsed.left() > 1) continue;
            // What came in time is better than nothing.
            return m_content.messages.empty() ? m_client->status(RD_KAFKA_RESP_ERR__TIMED_OUT) : Status();
        }
        return {};
    }

    SeenPartition* partitionOf(const rd_kafka_message_t& message) {
        if (message.rkt == nullptr) return nullptr;
        const std::string_view topic = rd_kafka_topic_name(message.rkt);
        const auto found =
            std::find_if(m_partitions.begin(), m_partitions.end(), [&](const SeenPartition& each) {
                return each.name.partition == message.partition && each.name.topic == topic;
            });
        return found == m_partitions.end() ? nullptr : &*found;
    }

    Status take(const rd_kafka_message_t& message) {
        SeenPartition* const partition = partitionOf(message);
        if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            // Behind the last message there may be marks of transactions, or one that is open.
            if (partition != nullptr) partition->next = partition->end;
            return {};
        }
        if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
            const KafkaFault fault{message.err, rd_kafka_message_errstr(&message)};
            if (isCutOff(fault)) return {};
            return m_client->status(fault, partition != nullptr ? partition->name.topic : std::string());
        }
        if (partition == nullptr || partition->done()) return {};
        partition->next = message.offset + 1;
        if (message.offset >= partition->end || m_bytes >= kNewestBytes) return {};
        SubjectMessage& seen = m_content.messages.emplace_back();
        if (message.payload != nullptr)
            seen.value.emplace(static_cast<const char*>(message.payload), message.len);
        m_bytes += message.len;
        seen.partition = message.partition;
        seen.offset = message.offset;
        rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
        const std::int64_t time = rd_kafka_message_timestamp(&message, &type);
        if (type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE && time >= 0) seen.timestamp = time;
        return {};
    }

    BrowsedConnection& m_browsed;
    std::shared_ptr<KafkaClient> m_client{};
    std::vector<SeenPartition> m_partitions{};
    std::size_t m_bytes = 0;
    SubjectContent m_content{};
};

ConnectionSubjects subjectsOf(const std::vector<KafkaTopicSize>& topics) {
    ConnectionSubjects subjects;
    for (const KafkaTopicSize& topic : topics) {
        ConnectionSubject& subject = subjects.emplace_back();
        subject.name = topic.name;
        subject.parts = topic.partitions;
        subject.rows = topic.messages;
    }
    return subjects;
}

class KafkaBrowser final : public ConnectionBrowser {
 public:
    Result<ConnectionSubjects> subjects(
        BrowsedConnection& browsed,
        const std::function<void(const ConnectionSubjects&)>& early) const override {
        const auto tell = [&early](const std::vector<KafkaTopicSize>& topics) {
            if (early) early(subjectsOf(topics));
        };
        RW_TRY_ASSIGN(const std::vector<KafkaTopicSize> topics,
                      kafkaTopicSizes(browsed.node(), browsed.left(), browsed.cancelled(), tell));
        return subjectsOf(topics);
    }

    Result<SubjectContent> content(BrowsedConnection& browsed, const std::string& subject) const override {
        return NewestMessages(browsed).of(subject);
    }
};

}  // namespace

std::shared_ptr<const ConnectionBrowser> kafkaBrowser() {
    return std::make_shared<KafkaBrowser>();
}

std::vector<std::int64_t> sharesOfNewest(const std::vector<std::int64_t>& sizes, std::int64_t most) {
    std::vector<std::size_t> smallestFirst(sizes.size());
    std::iota(smallestFirst.begin(), smallestFirst.end(), std::size_t{0});
    std::sort(smallestFirst.begin(), smallestFirst.end(),
              [&sizes](std::size_t a, std::size_t b) { return sizes[a] < sizes[b]; });
    std::vector<std::int64_t> shares(sizes.size(), 0);
    auto others = static_cast<std::int64_t>(sizes.size());
    std::int64_t left = most;
    for (const std::size_t place : smallestFirst) {
        const std::int64_t share = std::max<std::int64_t>(left / others--, 1);
        shares[place] = std::min(sizes[place], share);
        left = std::max<std::int64_t>(left - shares[place], 0);
    }
    return shares;
}

}  // namespace rw
