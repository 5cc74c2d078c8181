// A source of partitions in different states, as the figures of a run elsewhere: for what windows show of it.
#pragma once
#include "tests/support/made_remote_run.h"

namespace rw::ui {

/// The partition number `number` of the topic `orders`.
inline PartitionMetrics orderPartition(int number, PartitionState state, std::uint64_t lag) {
    PartitionMetrics made;
    made.name = "orders/" + std::to_string(number);
    made.state = state;
    made.since = QDateTime::currentMSecsSinceEpoch() - 40'000;
    made.position = std::to_string(918'000 + number);
    made.lag = lag;
    return made;
}

/// Three are live, and one is blocked by a transaction.
inline std::vector<PartitionMetrics> orderPartitions() {
    std::vector<PartitionMetrics> all;
    for (int i = 0; i < 4; ++i)
        all.push_back(orderPartition(i, PartitionState::Live, static_cast<std::uint64_t>(10 - i)));
    all[2] = orderPartition(2, PartitionState::Blocked, 1'301);
    all[2].reason = Text{"test", "A transaction is open."};
    return all;
}

/// The run says so of that node from now on.
inline void tellPartitions(MadeRemoteRun& run, const NodeId& node, std::vector<PartitionMetrics> partitions) {
    run.picture.nodes[node].metrics.partitions = std::move(partitions);
    ++run.picture.sequence;
    Q_EMIT run.updated();
}

}  // namespace rw::ui
