#include "core/diagnose/watermark_hold.h"

#include <algorithm>
#include <utility>

#include "core/base/readable.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

/// How far the furthest of `others` is ahead of `own`; those that have ended are ahead of all and left out.
Millis aheadOf(Instant own, const std::vector<Instant>& others) {
    Instant furthest = own;
    for (const Instant other : others) {
        if (other != kMaxTimestamp) furthest = std::max(furthest, other);
    }
    return own == kMinTimestamp ? 0 : saturatingAdd(furthest, -own);
}

const Evidence::Input& slowestInput(const Evidence::Seen& node, const std::vector<Evidence::Input>& inputs) {
    return *std::min_element(inputs.begin(), inputs.end(), [&node](const auto& a, const auto& b) {
        return std::pair(arriving(node, a), a.from->metrics->watermark) <
               std::pair(arriving(node, b), b.from->metrics->watermark);
    });
}

/// A node on the way tells where the watermark stands, if it has one: the source may have no event time of
/// its own.
void standAt(const NodeMetrics& metrics, WatermarkHold& hold) {
    if (metrics.watermark == kMinTimestamp || metrics.watermark == kMaxTimestamp) return;
    hold.watermark = metrics.watermark;
    hold.since = metrics.watermarkSince;
}

/// Whether others wait for a partition in this state.
bool isWaitedFor(const PartitionMetrics& partition) {
    return partition.state != PartitionState::Idle && partition.state != PartitionState::Ended;
}

/// Whether the next rows are unknown: then no idle timeout lets others go on without it.
void standsOut(const NodeMetrics& source, WatermarkHold& hold) {
    NodeMetrics holder;
    for (const PartitionMetrics& partition : source.partitions) {
        if (hold.partition.empty() || partition.name == hold.partition)
            holder.partitions.push_back(partition);
    }
    const std::optional<LiveSummary> live = liveSummary(holder);
    if (!live || !isOut(live->state)) return;
    hold.partition = live->worst.name;
    hold.state = live->state;
    hold.why = liveText(*live);
    hold.mend = liveMend(*live);
}

/// The partition that is furthest behind, of a source of several.
void findPartition(const Evidence::Seen& source, WatermarkHold& hold) {
    const PartitionMetrics* last = nullptr;
    std::vector<Instant> all;
    for (const PartitionMetrics& partition : source.metrics->partitions) {
        if (partition.name.empty() || !isWaitedFor(partition)) continue;
        all.push_back(partition.watermark);
        if (last == nullptr || partition.watermark < last->watermark) last = &partition;
    }
    // Where none has a watermark, none is behind.
    if (last == nullptr || *std::max_element(all.begin(), all.end()) == kMinTimestamp) return;
    hold.partition = last->name;
    hold.watermark = last->watermark;
    hold.since = last->watermarkSince;
    hold.behind = std::max(hold.behind, aheadOf(last->watermark, all));
}

}  // namespace

Instant arriving(const Evidence::Seen& node, const Evidence::Input& input) {
    const std::vector<Instant>& ports = node.metrics->inputWatermarks;
    const int port = node.kind->inputPort(input.to);
    // By one port several wires may come, and a node tells only of the slowest of them.
    const bool told = ports.size() > 1 && port >= 0 && static_cast<std::size_t>(port) < ports.size();
    return told ? ports[static_cast<std::size_t>(port)] : input.from->metrics->watermark;
}

std::optional<WatermarkHold> whatHoldsWatermark(const Evidence& evidence, const Evidence::Seen& node) {
    WatermarkHold hold;
    const Evidence::Seen* at = &node;
    while (!at->isSource()) {
        const auto& inputs = evidence.inputs(*at);
        if (inputs.empty()) return std::nullopt;
        const Evidence::Input& last = slowestInput(*at, inputs);
        const Instant own = arriving(*at, last);
        if (own == kMaxTimestamp) return std::nullopt;
        std::vector<Instant> all;
        for (const Evidence::Input& input : inputs) all.push_back(arriving(*at, input));
        hold.behind = std::max(hold.behind, aheadOf(own, all));
        if (hold.way.empty()) hold.input = last.to;
        hold.way.push_back(last.from->node->id);
        at = last.from;
        standAt(*at->metrics, hold);
    }
    if (at->metrics->watermark == kMaxTimestamp) return std::nullopt;
    hold.source = at->node->id;
    hold.title = at->node->shownTitle();
    standAt(*at->metrics, hold);
    findPartition(*at, hold);
    standsOut(*at->metrics, hold);
    // It has given rows, and no watermark came of them.
    const bool timeless =
        hold.partition.empty() && hold.watermark == kMinTimestamp && at->metrics->rowsOut > 0;
    return timeless ? std::nullopt : std::optional(std::move(hold));
}

Text holderText(const WatermarkHold& hold) {
    return hold.partition.empty()
               ? RW_TEXT("diagnose", "“%1”").with(hold.title)
               : RW_TEXT("diagnose", "the partition “%1” of “%2”").with(hold.partition, hold.title);
}

namespace {

Text standsText(const WatermarkHold& hold) {
    if (hold.watermark == kMinTimestamp)
        return RW_TEXT("diagnose", "The watermark waits for %1, which has none yet.").with(holderText(hold));
    const std::string at = momentText(hold.watermark), since = wallText(hold.since);
    if (hold.behind == 0) {
        return RW_TEXT("diagnose", "The watermark goes by %1, where it has stood at %2 since %3.")
            .with(holderText(hold), at, since);
    }
    return RW_TEXT("diagnose",
                   "The watermark waits for %1, where it has stood at %2 since %3, %4 behind the others.")
        .with(holderText(hold), at, since, durationText(hold.behind));
}

}  // namespace

Text holdText(const WatermarkHold& hold) {
    if (hold.why.empty()) return standsText(hold);
    return RW_TEXT("diagnose", "%1 %2").with(standsText(hold), hold.why);
}

}  // namespace rw
