// A client of librdkafka with the calls that sources, sinks and the browser of connections share.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/kafka/kafka_events.h"
#include "core/connect/kafka/kafka_handles.h"
#include "core/connect/kafka/kafka_options.h"

namespace rw {

struct KafkaTopic {
    std::string name{};
    std::vector<std::int32_t> partitions{};  ///< ascending
};

/// The offsets that a partition has: from the first row there is to behind the last that may be read.
struct KafkaRange {
    std::int64_t low = 0, high = 0;
};

/// Connects by itself, in threads of its own, and again whenever it was cut off. Its calls wait no longer
/// than they are told, and one thread makes them.
class KafkaClient {
 public:
    enum class Role { Consumer, Producer };
    /// Takes up the secrets of the connection, which may wait for the user; librdkafka keeps them as long as
    /// the client lives. `more`: options besides those of the connection.
    static Result<std::shared_ptr<KafkaClient>> make(Role role, const NodeConnection& connection,
                                                     const KafkaOptions& more = {});
    /// Does not wait: a thread ends the client, which may hang in the name server.
    ~KafkaClient();
    KafkaClient(const KafkaClient&) = delete;
    KafkaClient& operator=(const KafkaClient&) = delete;

    rd_kafka_t* handle() const { return m_handle; }
    KafkaEvents& events() const { return *m_events; }
    /// Of a consumer: the queue of its messages, which serves its events from now on.
    rd_kafka_queue_t* messages();

    /// All topics that the user may see, in the order of their names; `only`: that one, which is made
    /// nowhere. ErrorCode::NotFound: there is none of that name.
    Result<std::vector<KafkaTopic>> topics(Millis within, const std::string& only = {});
    /// The offset of the first message that is not older than `time` (milliseconds since 1970), less than 0:
    /// there is none; or RD_KAFKA_OFFSET_BEGINNING or RD_KAFKA_OFFSET_END.
    Result<std::int64_t> offsetAt(const std::string& topic, std::int32_t partition, std::int64_t time,
                                  Millis within);
    /// Asks twice, each time for so long.
    Result<KafkaRange> range(const std::string& topic, std::int32_t partition, Millis within);

    /// An error of a call: what has caused it, where the events know that.
    Status status(rd_kafka_resp_err_t code, const std::string& topic = {}) const;
    /// The same of an error object, which is not null.
    Status status(const rd_kafka_error_t& error, const std::string& topic = {}) const;
    Status status(const KafkaFault& fault, const std::string& topic = {}) const;
    /// The fault that time does not mend, if there was one.
    Status lasting() const;
    /// Hands events to their callbacks.
    void serve();

 private:
    KafkaClient(KafkaPlace place, std::shared_ptr<KafkaEvents> events)
        : m_place(std::move(place)), m_events(std::move(events)) {}

    const KafkaPlace m_place;
    const std::shared_ptr<KafkaEvents> m_events;  ///< shared with the callbacks, until the client has ended
    rd_kafka_t* m_handle = nullptr;
    KafkaQueue m_messages{};
};

}  // namespace rw
