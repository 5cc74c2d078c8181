#include "core/diagnose/live_state.h"

#include <algorithm>
#include <tuple>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

/// “blocked since …”, as a sentence about a node or its partition.
Text sinceWhen(LiveState state, const std::string& since) {
    switch (state) {
        case LiveState::Disconnected:
            return RW_TEXT("diagnose", "Disconnected since %1.").with(since);
        case LiveState::Blocked:
            return RW_TEXT("diagnose", "Blocked since %1.").with(since);
        case LiveState::Connecting:
            return RW_TEXT("diagnose", "Connecting since %1.").with(since);
        case LiveState::Held:
            return RW_TEXT("diagnose", "Held, for it is ahead of slower ones.");
        case LiveState::Idle:
            return RW_TEXT("diagnose", "Idle since %1: others do not wait for it.").with(since);
        case LiveState::Live:
        case LiveState::Ended:
            break;
    }
    return {};
}

/// By which a node stands as a whole: as those that are out of reach, else as those that give rows.
int weight(LiveState state) {
    switch (state) {
        case LiveState::Ended:
            return 0;
        case LiveState::Idle:
            return 1;
        case LiveState::Held:
            return 2;
        case LiveState::Live:
            return 3;
        case LiveState::Connecting:
        case LiveState::Blocked:
        case LiveState::Disconnected:
            break;
    }
    return static_cast<int>(state);
}

Text joined(Text left, const Text& right) {
    if (left.empty()) return right;
    if (right.empty()) return left;
    return RW_TEXT("diagnose", "%1 %2").with(left, right);
}

Text nextTryText(Instant next, Instant now) {
    if (now == 0) return RW_TEXT("diagnose", "Next try at %1.").with(wallText(next));
    constexpr Millis kSoon = 1'000;
    if (next - now < kSoon) return RW_TEXT("diagnose", "It is being tried again.");
    return RW_TEXT("diagnose", "Next try in %1.").with(figures::wholeAge(next - now));
}

}  // namespace

LiveState liveStateOf(const PartitionMetrics& partition) {
    switch (partition.state) {
        case PartitionState::Live:
        case PartitionState::Drained:
            return partition.held ? LiveState::Held : LiveState::Live;
        case PartitionState::Idle:
            return LiveState::Idle;
        case PartitionState::Connecting:
            return LiveState::Connecting;
        case PartitionState::Disconnected:
            return LiveState::Disconnected;
        case PartitionState::Blocked:
            return LiveState::Blocked;
        case PartitionState::Ended:
            break;
    }
    return LiveState::Ended;
}

std::optional<LiveSummary> liveSummary(const NodeMetrics& node) {
    if (node.partitions.empty()) return std::nullopt;
    LiveSummary summary;
    summary.state = LiveState::Ended;
    const PartitionMetrics* worst = nullptr;
    for (const PartitionMetrics& partition : node.partitions) {
        if (!partition.name.empty()) ++summary.partitions;
        const LiveState state = liveStateOf(partition);
        if (worst == nullptr || weight(state) > weight(summary.state)) {
            summary.alike = 0;
            worst = nullptr;
        }
        if (worst == nullptr || state == summary.state) {
            summary.state = state;
            if (!partition.name.empty()) ++summary.alike;
            if (worst == nullptr || partition.since < worst->since) worst = &partition;
        }
        if (!partition.lag) continue;
        summary.lag = summary.lag.value_or(0) + *partition.lag;
        summary.unit = partition.unit;
    }
    summary.worst = *worst;
    return summary;
}

std::vector<const PartitionMetrics*> worstFirst(const std::vector<PartitionMetrics>& partitions) {
    std::vector<const PartitionMetrics*> sorted;
    for (const PartitionMetrics& partition : partitions) {
        if (!partition.name.empty()) sorted.push_back(&partition);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
        const LiveState left = liveStateOf(*a), right = liveStateOf(*b);
        return std::tuple(right, b->lag.value_or(0)) < std::tuple(left, a->lag.value_or(0));
    });
    return sorted;
}

Text liveWord(LiveState state) {
    switch (state) {
        case LiveState::Live:
            return RW_TEXT("diagnose", "live");
        case LiveState::Idle:
            return RW_TEXT("diagnose", "idle");
        case LiveState::Held:
            return RW_TEXT("diagnose", "held");
        case LiveState::Connecting:
            return RW_TEXT("diagnose", "connecting");
        case LiveState::Blocked:
            return RW_TEXT("diagnose", "blocked");
        case LiveState::Disconnected:
            return RW_TEXT("diagnose", "disconnected");
        case LiveState::Ended:
            break;
    }
    return RW_TEXT("diagnose", "ended");
}

std::string_view nameOf(LiveState state) {
    switch (state) {
        case LiveState::Live:
            return "live";
        case LiveState::Idle:
            return "idle";
        case LiveState::Held:
            return "held";
        case LiveState::Connecting:
            return "connecting";
        case LiveState::Blocked:
            return "blocked";
        case LiveState::Disconnected:
            return "disconnected";
        case LiveState::Ended:
            break;
    }
    return "ended";
}

Text liveWords(const LiveSummary& summary) {
    const bool some = summary.alike < summary.partitions;  // else the word alone says it of all
    switch (summary.state) {
        case LiveState::Live:
            return RW_TEXT("diagnose", "Live");
        case LiveState::Idle:
            if (some)
                return RW_TEXT("diagnose", "%1 of %2 partitions idle")
                    .with(summary.alike, summary.partitions);
            return RW_TEXT("diagnose", "Idle");
        case LiveState::Held:
            if (some)
                return RW_TEXT("diagnose", "%1 of %2 partitions held")
                    .with(summary.alike, summary.partitions);
            return RW_TEXT("diagnose", "Held");
        case LiveState::Connecting:
            if (some) {
                return RW_TEXT("diagnose", "%1 of %2 partitions connecting")
                    .with(summary.alike, summary.partitions);
            }
            return RW_TEXT("diagnose", "Connecting");
        case LiveState::Blocked:
            if (some) {
                return RW_TEXT("diagnose", "%1 of %2 partitions blocked")
                    .with(summary.alike, summary.partitions);
            }
            return RW_TEXT("diagnose", "Blocked");
        case LiveState::Disconnected:
            if (some) {
                return RW_TEXT("diagnose", "%1 of %2 partitions disconnected")
                    .with(summary.alike, summary.partitions);
            }
            return RW_TEXT("diagnose", "Disconnected");
        case LiveState::Ended:
            break;
    }
    return RW_TEXT("diagnose", "Ended");
}

Text liveText(const LiveSummary& summary, Instant now) {
    const PartitionMetrics& worst = summary.worst;
    Text text = sinceWhen(summary.state, wallText(worst.since));
    if (text.empty()) return text;
    if (!worst.name.empty()) text = RW_TEXT("diagnose", "Partition “%1”: %2").with(worst.name, text);
    text = joined(std::move(text), worst.reason);
    if (summary.state == LiveState::Blocked && worst.reason.empty())
        text =
            joined(std::move(text), RW_TEXT("diagnose", "The system does not tell who ends that, nor when."));
    if (summary.state == LiveState::Disconnected && worst.nextTry != 0)
        text = joined(std::move(text), nextTryText(worst.nextTry, now));
    return text;
}

Text liveMend(const LiveSummary& summary) {
    switch (summary.state) {
        case LiveState::Disconnected:
            return RW_TEXT(
                "diagnose",
                "It goes on by itself once the system answers: see whether that runs, and test its "
                "connection in the settings.");
        case LiveState::Connecting:
            return RW_TEXT("diagnose",
                           "See whether the system runs, and test its connection in the settings.");
        case LiveState::Blocked:
            return RW_TEXT("diagnose",
                           "It goes on by itself once the other program ends its transaction, or the system "
                           "gives that up: see what that program does.");
        case LiveState::Held:
            return RW_TEXT("diagnose", "It goes on by itself once the slower ones have caught up.");
        case LiveState::Live:
        case LiveState::Idle:
        case LiveState::Ended:
            break;
    }
    return {};
}

Text lagText(std::uint64_t lag, PartitionProgress::Unit unit) {
    if (unit == PartitionProgress::Unit::Bytes) return RW_TEXT("diagnose", "%1").with(byteSizeText(lag));
    return figures::counted(lag, RW_TEXT("diagnose", "1 row"), RW_TEXT("diagnose", "%1 rows"));
}

Text partitionText(const PartitionMetrics& partition) {
    Text line = RW_TEXT("diagnose", "%1 · %2").with(partition.name, liveWord(liveStateOf(partition)));
    if (!partition.position.empty()) line = RW_TEXT("diagnose", "%1 · at %2").with(line, partition.position);
    if (partition.lag)
        line = RW_TEXT("diagnose", "%1 · lag %2").with(line, lagText(*partition.lag, partition.unit));
    return line;
}

}  // namespace rw
