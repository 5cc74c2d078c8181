#include "core/connect/kafka/kafka_producer.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/connect/kafka/kafka_creation.h"

namespace rw {

namespace {

constexpr Millis kWait = 300;         // of one call
constexpr Millis kLongestCall = 600;  // of one that begins anew each time
constexpr Millis kLimitsWithin = 400;
constexpr Millis kMissingWithin = 2'000;  // brokers that have just started learn of topics later
constexpr Millis kCreateWithin = 10'000;
constexpr Millis kStopWait = 400;     // for calls of a run that is being stopped
constexpr Millis kOpenWait = 30'000;  // for brokers that are away at the start
constexpr Millis kProducerTryEvery = 1'000;  // librdkafka does
constexpr Millis kForEver = std::numeric_limits<Millis>::max();
constexpr std::uint64_t kServeEvery = 256;  // messages

rd_kafka_vu_t part(rd_kafka_vtype_t type) {
    rd_kafka_vu_t made{};
    made.vtype = type;
    return made;
}

rd_kafka_vu_t bytesPart(rd_kafka_vtype_t type, const std::optional<std::string_view>& bytes) {
    rd_kafka_vu_t made = part(type);
    // The library copies them; null and empty are two things.
    static char empty = 0;
    made.u.mem.ptr = !bytes ? nullptr : bytes->empty() ? &empty : const_cast<char*>(bytes->data());
    made.u.mem.size = bytes ? bytes->size() : 0;
    return made;
}

KafkaError produced(rd_kafka_t* client, const KafkaRecord& record) {
    std::array<rd_kafka_vu_t, 5> parts{
        part(RD_KAFKA_VTYPE_TOPIC), part(RD_KAFKA_VTYPE_PARTITION), part(RD_KAFKA_VTYPE_MSGFLAGS),
        bytesPart(RD_KAFKA_VTYPE_KEY, record.key), bytesPart(RD_KAFKA_VTYPE_VALUE, record.value)};
    parts[0].u.cstr = record.topic->c_str();
    parts[1].u.i32 = record.partition < 0 ? RD_KAFKA_PARTITION_UA : record.partition;
    parts[2].u.i = RD_KAFKA_MSG_F_COPY;
    return KafkaError(rd_kafka_produceva(client, parts.data(), parts.size()));
}

bool isFenced(rd_kafka_resp_err_t code) {
    return code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
           code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH ||
           code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING;
}

}  // namespace

class KafkaProducer::Patience {
 public:
    Patience(const About& about, Millis longest)
        : m_about(about), m_began(about.clock->steadyMillis()), m_longest(longest) {}

    bool stopped() {
        if (!m_about.stopping || !m_about.stopping()) return false;
        const std::int64_t now = m_about.clock->steadyMillis();
        const std::int64_t since = m_stoppedAt.value_or(now);
        m_stoppedAt = since;
        return now - since >= kStopWait;
    }
    /// Asked after each call. A clock of a test may stand still.
    bool isOver() {
        return ++m_calls > m_longest / kWait || m_about.clock->steadyMillis() - m_began >= m_longest;
    }

 private:
    const About& m_about;
    const std::int64_t m_began;
    const Millis m_longest;
    Millis m_calls = 0;
    std::optional<std::int64_t> m_stoppedAt{};
};

KafkaProducer::KafkaProducer(NodeConnection connection, About about)
    : m_connection(std::move(connection)), m_about(std::move(about)) {}

std::shared_ptr<KafkaClient> KafkaProducer::current() const {
    const std::lock_guard lock(m_mutex);
    return m_client;
}

Result<std::shared_ptr<KafkaClient>> KafkaProducer::client() {
    if (std::shared_ptr<KafkaClient> made = current()) return made;
    const std::lock_guard making(m_making);
    if (std::shared_ptr<KafkaClient> made = current()) return made;
    KafkaSizes sizes;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [topic, bytes] : m_limits) {
            sizes.batch = sizes.batch == 0 ? bytes : std::min(sizes.batch, bytes);
            sizes.message = std::max(sizes.message, bytes);
        }
    }
    RW_TRY_ASSIGN(std::shared_ptr<KafkaClient> made,
                  KafkaClient::make(KafkaClient::Role::Producer, m_connection,
                                    producerOptions(m_about.transactionalId, m_about.longest, sizes)));
    const std::lock_guard lock(m_mutex);
    m_client = std::move(made);
    return m_client;
}

Result<std::shared_ptr<KafkaClient>> KafkaProducer::asking() {
    if (std::shared_ptr<KafkaClient> made = current()) return made;
    return KafkaClient::make(KafkaClient::Role::Consumer, m_connection,
                             {{"group.id", "rillwright-unused"}, {"enable.auto.commit", "false"}});
}

void KafkaProducer::expect(const std::string& topic) {
    const std::lock_guard lock(m_mutex);
    m_topics.insert(topic);
}

Status KafkaProducer::make(KafkaClient& with, const std::string& topic) {
    if (m_about.create) return m_about.create(with, topic);
    return createKafkaTopic(with, topic, kCreateWithin, m_about.stopping);
}

Result<std::int32_t> KafkaProducer::partitionsOf(const std::string& topic, bool create) {
    RW_TRY_ASSIGN(const std::shared_ptr<KafkaClient> asked, asking());
    Patience patience(m_about, kOpenWait);
    std::optional<Patience> forTopic(std::in_place, m_about, kMissingWithin);
    std::optional<std::int32_t> partitions;
    while (!partitions) {
        // Of all topics: to ask for one makes it, where the brokers are set so.
        const Result<std::vector<KafkaTopic>> topics = asked->topics(kWait);
        const bool answered = topics.ok();
        Status failed = topics.status();
        if (answered) {
            const auto found = std::find_if(topics->begin(), topics->end(),
                                            [&topic](const KafkaTopic& each) { return each.name == topic; });
            reached();
            if (found != topics->end()) partitions = static_cast<std::int32_t>(found->partitions.size());
            failed = asked->status(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, topic);
        }
        if (partitions) break;
        if (answered && std::exchange(create, false)) {
            const Status made = make(*asked, topic);
            if (m_about.stopping && m_about.stopping()) return stopped();
            RW_TRY(made);
            forTopic.emplace(m_about, kMissingWithin);  // the brokers tell each other
            continue;
        }
        const bool mends =
            answered ? !forTopic->isOver() : failed.error().code == ErrorCode::Io && !patience.isOver();
        if (!mends) return failed;
        if (answered) systemClock()->sleep(kWait);
        if (!answered) waits(*asked);
        if (patience.stopped()) return stopped();
    }
    std::set<std::string> unasked;
    {
        const std::lock_guard lock(m_mutex);
        if (!std::exchange(m_asked, true)) unasked = m_topics;
    }
    if (!unasked.empty()) {
        KafkaLimits limits = m_about.limits ? m_about.limits(*asked, unasked)
                                            : askForLimits(*asked, unasked, kLimitsWithin, m_about.stopping);
        const std::lock_guard lock(m_mutex);
        m_limits = std::move(limits);
    }
    RW_TRY(client().status());  // what it does not take of the connection is told now
    return *partitions;
}

/// Whether the topic takes it: the brokers would refuse it with all that is in its batch.
Status KafkaProducer::tooLong(const KafkaRecord& record) const {
    const auto limit = m_limits.find(*record.topic);
    if (limit == m_limits.end()) return {};
    const std::size_t bytes =
        (record.key ? record.key->size() : 0) + (record.value ? record.value->size() : 0);
    if (static_cast<std::int64_t>(bytes) + kBatchOverhead <= limit->second) return {};
    return {ErrorCode::Row,
            RW_TEXT("kafka", "The message has %1, and the topic takes batches of up to %2.")
                .with(figures::bytes(bytes), figures::bytes(static_cast<std::size_t>(limit->second)))};
}

template <class Call>
Status KafkaProducer::retried(Call&& call, Millis longest, const std::string& topic) {
    RW_TRY_ASSIGN(const std::shared_ptr<KafkaClient> made, client());
    Patience patience(m_about, longest);
    for (Millis wait = kWait;; wait = kLongestCall) {
        const bool ends = m_about.stopping && m_about.stopping();
        const KafkaError error(call(*made, static_cast<int>(ends ? kWait : wait)));
        made->serve();
        if (!error) {
            reached();
            return {};
        }
        RW_TRY(made->lasting());
        waits(*made);
        if (rd_kafka_error_is_retriable(error.get()) == 0 || patience.isOver())
            return failed(*made, *error, topic);
        if (patience.stopped()) return stopped();
    }
}

Status KafkaProducer::init() {
    return retried([](KafkaClient& of, int wait) { return rd_kafka_init_transactions(of.handle(), wait); },
                   kOpenWait);
}

Result<Epoch> KafkaProducer::marker(const std::string& topic) {
    RW_TRY_ASSIGN(const std::shared_ptr<KafkaClient> asked,
                  KafkaClient::make(KafkaClient::Role::Consumer, m_connection,
                                    {{"group.id", group()}, {"enable.auto.commit", "false"}}));
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0);
    Patience patience(m_about, kOpenWait);
    for (;;) {
        list->elems[0].offset = RD_KAFKA_OFFSET_INVALID;
        rd_kafka_resp_err_t code = rd_kafka_committed(asked->handle(), list.get(), static_cast<int>(kWait));
        asked->serve();
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) code = list->elems[0].err;
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
            return static_cast<Epoch>(std::max<std::int64_t>(list->elems[0].offset, 0));
        const Status status = asked->status(code, topic);
        if (status.error().code != ErrorCode::Io || patience.isOver()) return status;
        if (patience.stopped()) return stopped();
    }
}

Status KafkaProducer::begin() {
    m_begunAt = m_about.clock->steadyMillis();
    return retried([](KafkaClient& of, int) { return rd_kafka_begin_transaction(of.handle()); }, kForEver);
}

Status KafkaProducer::send(const KafkaRecord& record) {
    RW_TRY_ASSIGN(const std::shared_ptr<KafkaClient> made, client());
    RW_TRY(tooLong(record));
    Patience patience(m_about, kForEver);
    for (;;) {
        const KafkaError error = produced(made->handle(), record);
        if (!error) break;
        switch (rd_kafka_error_code(error.get())) {
            case RD_KAFKA_RESP_ERR__QUEUE_FULL:
                (void)rd_kafka_poll(made->handle(), 20);
                waits(*made);
                RW_TRY(broken(*made));
                if (patience.stopped()) return stopped();
                continue;
            case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
                return {ErrorCode::Row,
                        RW_TEXT("kafka", "The message is longer than the client sends: %1.")
                            .with(figures::bytes(record.value ? record.value->size() : 0))};
            default:
                return failed(*made, *error, *record.topic);
        }
    }
    if (++m_sent % kServeEvery != 0) return {};
    made->serve();
    reached();  // so many found room
    return broken(*made);
}

Status KafkaProducer::check() {
    RW_TRY_ASSIGN(const std::shared_ptr<KafkaClient> made, client());
    made->serve();
    return broken(*made);
}

Status KafkaProducer::flush() {
    RW_TRY_ASSIGN(const std::shared_ptr<KafkaClient> made, client());
    Patience patience(m_about, kForEver);
    for (;;) {
        const rd_kafka_resp_err_t code = rd_kafka_flush(made->handle(), static_cast<int>(kWait));
        RW_TRY(broken(*made));
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
            reached();
            return {};
        }
        waits(*made);
        if (patience.stopped()) return stopped();
    }
}

Status KafkaProducer::prepare(const std::string& topic, Epoch marker) {
    RW_TRY(flush());
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0)->offset =
        static_cast<std::int64_t>(marker);
    const KafkaGroup to(rd_kafka_consumer_group_metadata_new(group().c_str()));
    return retried(
        [&](KafkaClient& of, int wait) {
            return rd_kafka_send_offsets_to_transaction(of.handle(), list.get(), to.get(), wait);
        },
        kForEver, topic);
}

/// A call that times out goes on in the client, and the next one waits for the same.
Status KafkaProducer::commit() {
    RW_TRY(retried([](KafkaClient& of,
                      int) { return rd_kafka_commit_transaction(of.handle(), static_cast<int>(kWait)); },
                   kForEver));
    m_begunAt = 0;
    return {};
}

/// Without waiting long: what is left open the brokers abort, at the latest when the run is resumed.
void KafkaProducer::abort() {
    const std::shared_ptr<KafkaClient> made = current();
    if (made) (void)KafkaError(rd_kafka_abort_transaction(made->handle(), static_cast<int>(kWait)));
}

// ── How it stands ──

void KafkaProducer::reached() {
    if (m_reached) return;
    const std::lock_guard lock(m_mutex);
    m_standing = {};
    m_reached = true;
}

/// A call that takes long is no loss of a connection: one was told of meanwhile.
void KafkaProducer::waits(const KafkaClient& client) {
    const std::optional<KafkaFault> trouble = client.events().takeTrouble();
    if (!trouble || !isCutOff(*trouble)) return;
    Text why = client.status(*trouble).error().message;
    const Instant next = m_about.clock->now() + kProducerTryEvery;
    const std::lock_guard lock(m_mutex);
    m_standing = {PartitionState::Disconnected, std::move(why), next};
    m_reached = false;
}

SinkStanding KafkaProducer::standing() const {
    const std::lock_guard lock(m_mutex);
    return m_standing;
}

std::vector<Text> KafkaProducer::takeNotes() {
    const std::shared_ptr<KafkaClient> made = current();
    return made ? made->events().takeNotes() : std::vector<Text>();
}

// ── Errors ──

Status KafkaProducer::broken(const KafkaClient& client) const {
    RW_TRY(client.lasting());
    std::array<char, 512> said{};
    const rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(client.handle(), said.data(), said.size());
    if (isFenced(fatal)) return fencedOff();
    if (fatal != RD_KAFKA_RESP_ERR_NO_ERROR) return client.status(KafkaFault{fatal, said.data(), {}});
    const std::optional<KafkaFault> lost = client.events().lostMessage();
    if (!lost) return {};
    return isFenced(lost->code) ? fencedOff() : client.status(*lost);
}

Status KafkaProducer::failed(const KafkaClient& client, const rd_kafka_error_t& error,
                             const std::string& topic) const {
    const rd_kafka_resp_err_t code = rd_kafka_error_code(&error);
    if (isFenced(code)) return fencedOff();
    RW_TRY(broken(client));
    if (code == RD_KAFKA_RESP_ERR__STATE && !m_about.transactionalId.empty()) {
        // Producing says only that the transaction has failed. To begin another one is refused with the
        // reason.
        const KafkaError why(rd_kafka_begin_transaction(client.handle()));
        if (why && rd_kafka_error_code(why.get()) != code) return failed(client, *why, topic);
    }
    const Status status = client.status(error, topic);
    const bool lastsOn = rd_kafka_error_txn_requires_abort(&error) == 0 || !status.error().fix.empty();
    if (lastsOn) return status;
    return {ErrorCode::Io, status.error().message,
            RW_TEXT("kafka", "Resume the run: it goes on from its last checkpoint.")};
}

Status KafkaProducer::fencedOff() const {
    const Millis length = m_about.clock->steadyMillis() - m_begunAt;
    if (m_begunAt > 0 && length >= m_about.longest) {
        return {ErrorCode::Io,
                RW_TEXT("kafka", "The transaction was open for longer than %1, and the brokers aborted it.")
                    .with(durationText(m_about.longest)),
                RW_TEXT("kafka",
                        "Resume the run: no row is lost. Set the longest transaction to more than the time "
                        "between checkpoints and any pause together.")};
    }
    return {
        ErrorCode::Refused,
        RW_TEXT("kafka",
                "Another run with these checkpoints has begun to write to these topics: this one was shut "
                "out, and its last rows are not committed."),
        RW_TEXT("kafka", "Let one of them end; then resume that one or the other.")};
}

Status KafkaProducer::stopped() const {
    return {ErrorCode::Cancelled,
            RW_TEXT("kafka",
                    "The run was stopped while the brokers were waited for: rows behind the last "
                    "checkpoint are not in the topics.")};
}

}  // namespace rw
