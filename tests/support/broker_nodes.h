// A source and a sink of a broker (fake_broker.h), as those of real ones will be: “queue” gives messages that
// are acknowledged when a checkpoint is durable, “topic” writes in transactions and decides which checkpoints
// count. Some break their contracts, each in one way, for tests that must find that.
#pragma once
#include "core/pipeline/node_kind.h"

namespace rw::test {

enum class QueueFault {
    None,
    AcknowledgesAtOnce,      ///< polled messages
    AcknowledgesAtBarriers,  ///< messages before a written position, durable or not
    AcknowledgesAll,         ///< when a checkpoint is durable: messages polled since as well
    CantHearTwice            ///< being told again is an error
};

/// The parameters of the type “rows”, whose rows are in the queue: the first that opens it fills it. It is
/// named as the node. A message a millisecond.
NodeKind queueKind(const char* type, QueueFault fault = QueueFault::None);

/// The same queue, read on a thread of its own, which the outside world may keep.
NodeKind readQueueKind(const char* type);

enum class TopicFault {
    None,
    DoesNotDecide,   ///< commit() is asked of it again, as of others
    SaysCommitted,   ///< in any case
    SaysLost,        ///< the same
    DoesNotShutOut,  ///< the earlier producer can still commit
    ForgetsToCommit  ///< a success without effect
};

/// Writes the rows into a topic that is named as the node. Not of changes.
NodeKind topicKind(const char* type, TopicFault fault = TopicFault::None);

/// `kinds`, “queue” and “topic”.
Catalogue withBroker(const Catalogue& kinds);

}  // namespace rw::test
