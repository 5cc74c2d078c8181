// The transactions of all sinks of one connection in a run: one for each checkpoint.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// A message that is to be sent; all of it is the caller's.
struct KafkaRecord {
    const std::string* topic = nullptr;
    std::optional<std::string_view> key{};
    std::optional<std::string_view> value{};  ///< nothing: null, a tombstone
    std::int32_t partition = -1;              ///< less than 0: by the key
};

/// A producer of a name that one process at a time can have. send() from any number of threads; the other
/// calls one at a time. All may wait for the brokers.
class TransactionalProducer {
 public:
    virtual ~TransactionalProducer() = default;
    /// Before all others, once: the process that had the name before can't commit from here on, and what it
    /// has not committed is given up.
    virtual Status init() = 0;
    /// The number in the last transaction that was committed, as kept beside `topic`; 0: there is none.
    virtual Result<Epoch> marker(const std::string& topic) = 0;
    virtual Status begin() = 0;
    /// ErrorCode::Row: the brokers would take no message like this one.
    virtual Status send(const KafkaRecord& record) = 0;
    /// All that was sent, and the marker, are at the brokers.
    virtual Status prepare(const std::string& topic, Epoch marker) = 0;
    virtual Status commit() = 0;
    virtual void abort() = 0;
};

/// Any thread. The transaction of a checkpoint carries its number as the offset of a consumer group: what the
/// brokers have committed can be asked for after the process that committed it is gone. A checkpoint
/// without a row has no transaction, and says that it is committed when it is asked to.
class KafkaTransactions {
 public:
    explicit KafkaTransactions(std::shared_ptr<TransactionalProducer> producer)
        : m_producer(std::move(producer)) {}

    /// A sink that writes to `topic` takes part from here on; its number.
    std::size_t join(const std::string& topic);
    /// Before open(): the run resumes from that checkpoint, whose marker is beside `topic`.
    void resume(Epoch from, const std::string& topic);
    /// Where the marker is kept: beside the topic that joined first, in the first run of all.
    std::string markerTopic() const;

    Result<bool> isCommitted(Epoch epoch);
    Status open();
    Status send(const KafkaRecord& record);
    /// All rows of that sink before the checkpoint were sent. The last one that says so prepares all.
    Status prepare(std::size_t sink, Epoch epoch);
    /// The first one that asks for it commits all.
    Status commit(Epoch epoch);
    void abort();

 private:
    Status init();
    Status begin();

    const std::shared_ptr<TransactionalProducer> m_producer;
    mutable std::mutex m_mutex;  ///< guards the members below
    std::string m_markerTopic{};
    Epoch m_from = 0, m_committed = 0;
    std::vector<Epoch> m_prepared{};  ///< by each sink
    Epoch m_marked = 0;               ///< the transaction that is open has this marker; 0: none yet
    bool m_init = false, m_opened = false, m_begun = false;
};

}  // namespace rw
