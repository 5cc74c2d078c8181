// How a source or a sink stands to the outside world, in words: cards, hover texts, panels, --metrics and the
// command line show these.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

/// Of a partition, or of a node as a whole; the worst last.
enum class LiveState : std::uint8_t { Ended, Live, Idle, Held, Connecting, Blocked, Disconnected };

/// In such a state its next rows are unknown, and the watermark waits for them whatever the idle timeout is.
constexpr bool isOut(LiveState state) {
    return state >= LiveState::Connecting;
}

LiveState liveStateOf(const PartitionMetrics& partition);

/// How a node stands: as the worst of its partitions that are out of reach; where all are within reach it is
/// live as long as one of them is.
struct LiveSummary {
    LiveState state = LiveState::Live;
    std::size_t partitions = 0;          ///< that have names
    std::size_t alike = 0;               ///< of them, those in that state
    PartitionMetrics worst{};            ///< the one that is in it for longest
    std::optional<std::uint64_t> lag{};  ///< of all; nothing: not told by any
    PartitionProgress::Unit unit = PartitionProgress::Unit::Rows;
};

/// Nothing of a node that tells nothing of the outside world.
std::optional<LiveSummary> liveSummary(const NodeMetrics& node);

/// The partitions with names, the worst first: by state, then by lag, then by name.
std::vector<const PartitionMetrics*> worstFirst(const std::vector<PartitionMetrics>& partitions);

/// “disconnected”.
Text liveWord(LiveState state);
/// As in metrics files: “disconnected”.
std::string_view nameOf(LiveState state);
/// The state in a few words: “1 of 4 partitions blocked”, “Disconnected”.
Text liveWords(const LiveSummary& summary);
/// All that is known: since when, why, the next try. `now`: wall time, by which the next try is told in
/// seconds; 0: it is told as a time. Empty while it is live, or has ended.
Text liveText(const LiveSummary& summary, Instant now = 0);
/// What ends the state, and the action for it; empty: there is none.
Text liveMend(const LiveSummary& summary);
/// “1 322 rows”, “4.5 MiB”.
Text lagText(std::uint64_t lag, PartitionProgress::Unit unit);
/// A line about a partition: “orders/2 · blocked · at 918011 · lag 1 301 rows”.
Text partitionText(const PartitionMetrics& partition);

}  // namespace rw
