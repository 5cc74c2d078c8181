// The systems outside of one story, in memory, on the two ends of its pipeline: where rows come from and
// where they go.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/connect/connections/connection.h"
#include "core/pipeline/pipeline.h"
#include "core/state/checkpoint_location.h"

namespace rw::simulated {

/// Where rows come from.
enum class RowOrigin {
    BoundedTopic,  ///< Kafka, up to the end of the topic
    LiveTopic,     ///< Kafka, without end
    WholeTable,    ///< PostgreSQL, the rows that are there
    GrowingTable,  ///< PostgreSQL, and those that are added
    MqttTopic,
    WebRows  ///< HTTP, asked again and again
};
inline constexpr int kOrigins = 6;
/// Where they go.
enum class RowGoal {
    AppendedFile,   ///< SQLite
    KeyedFile,      ///< SQLite, by key
    AppendedTable,  ///< PostgreSQL, by transaction
    KeyedTable,     ///< PostgreSQL, by key
    KafkaMessages,  ///< at least once
    MqttMessages,
    WebRequests
};
inline constexpr int kGoals = 7;
const char* nameOf(RowOrigin origin);
const char* nameOf(RowGoal goal);

/// A run from there ends by itself.
bool endsByItself(RowOrigin origin);
/// The same row may come twice from there, or be there twice.
bool mayRepeat(RowOrigin origin);
bool mayRepeat(RowGoal goal);
/// Rows replace those of the same key.
bool isByKey(RowGoal goal);

/// Rows of `n BIGINT` from 0 on, `k BIGINT` and `ts TIMESTAMP(3)`.
class RowsBrought {
 public:
    virtual ~RowsBrought() = default;
    /// With commas between, as a connection has them.
    virtual std::string addresses() const = 0;
    /// Rows up to that number: each call goes on where the one before ended.
    virtual void bring(int until) = 0;
    /// Rows that are brought now are kept for a run that is not there.
    virtual bool keeps() const { return true; }
};

class RowsTaken {
 public:
    virtual ~RowsTaken() = default;
    virtual std::string addresses() const = 0;
    /// In any order; nothing where it can't be looked at just now.
    virtual std::vector<std::string> rows() const = 0;
};

/// `all`: rows that will be brought.
std::unique_ptr<RowsBrought> bringRows(RowOrigin origin, int all);
/// `folder`: of files.
std::unique_ptr<RowsTaken> takeRows(RowGoal goal, const std::string& folder);

/// The node “in” of a pipeline, which reads over the connection “from”.
Node sourceNode(RowOrigin origin);
/// The node “out”, which writes over the connection “to”, or into a file in `folder`.
Node sinkNode(RowGoal goal, const std::string& folder, const std::vector<std::string>& key);
/// Of the connections to these addresses.
Connection connectionFrom(RowOrigin origin, const std::string& addresses);
Connection connectionTo(RowGoal goal, const std::string& addresses);
/// Where a pipeline with this goal has its checkpoints.
CheckpointLocation checkpointsOf(RowGoal goal, const std::string& folder);

}  // namespace rw::simulated
