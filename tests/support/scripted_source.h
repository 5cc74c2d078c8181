// A source with partitions whose outside world a test plays: the rows to be read, their times, and the states
// of its partitions, which are those of topics where their names are as those of Kafka (“orders/3”). Node
// type “scripted”: columns k STRING, v INT, ts TIMESTAMP(3).
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/source.h"

namespace rw::test {

struct ScriptedRow {
    std::string key;
    int value = 0;
    Instant time = kMinTimestamp;  ///< kMinTimestamp: NULL
    std::int64_t offset = -1;      ///< in its partition; −1: it is not known
};

/// The world of one source: a log of events, in order. Any thread.
class Outside {
 public:
    struct Event {
        std::string partition;
        std::vector<ScriptedRow> rows;  ///< none: `state` is news
        PartitionState state = PartitionState::Live;
        std::int64_t at = 0;  ///< steady milliseconds before which it does not happen
    };

    /// That of the node whose parameter `outside` is `name`, the same for all runs.
    static Outside& named(const std::string& name);

    /// Starts from the beginning.
    void clear();
    void rows(const std::string& partition, std::vector<ScriptedRow> rows, std::int64_t at = 0);
    void news(const std::string& partition, PartitionState state, std::int64_t at = 0);
    void end();  ///< nothing will happen any more
    /// The partition is forgotten: a run that is restored does not find it.
    void forget(const std::string& partition);
    /// The waker that the last source made got.
    std::shared_ptr<SourceWaker> waker() const;
    /// How often a partition was told to give nothing.
    int timesHeld() const;

 private:
    friend class ScriptedSource;
    void add(Event event);

    mutable std::mutex m_mutex;
    std::vector<Event> m_events;
    bool m_ended = false;
    std::shared_ptr<SourceWaker> m_waker;
    int m_timesHeld = 0;
};

/// `kinds` and the type “scripted”: parameter `outside`, and those that all sources share.
Catalogue withScriptedSource(const Catalogue& kinds);

}  // namespace rw::test
