// When results go on that wait for a source, by the engine's rules on idleness (event-time rules, 19): an
// idle source goes to the smallest watermark of the sources that share a node with it and are neither idle
// nor ended.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/base/readable.h"
#include "core/diagnose/questions.h"
#include "core/pipeline/checks/param_check.h"

namespace rw {

namespace {

constexpr char kIdleTimeout[] = "idle_timeout";
constexpr Millis kIdleAfter = 30'000;
// Of wall time: a watermark that has stood since the run began says nothing of how long rows have been
// missing, and those that have stood for about as long as one another have come to the end together.
constexpr Millis kBeginning = 2'000, kAlike = 10'000;

using Sources = std::set<const Evidence::Seen*>;

/// The sources that share a node with it, without itself.
Sources groupOf(const Evidence& evidence, const Evidence::Seen& source) {
    std::map<const Evidence::Seen*, Sources> above;
    Sources group;
    for (const Evidence::Seen* seen : evidence.nodes()) {
        Sources& own = above[seen];
        if (seen->isSource()) own.insert(seen);
        for (const Evidence::Input& input : evidence.inputs(*seen)) {
            const Sources& more = above[input.from];
            own.insert(more.begin(), more.end());
        }
        if (own.contains(&source)) group.insert(own.begin(), own.end());
    }
    group.erase(&source);
    return group;
}

/// The smallest watermark of the nodes below that stamp its rows anew; nothing: there are none.
std::optional<Instant> stampedBelow(const Evidence& evidence, const Evidence::Seen& source) {
    std::optional<Instant> smallest;
    Sources passed;
    std::vector<const Evidence::Seen*> open{&source};
    while (!open.empty()) {
        const Evidence::Seen& at = *open.back();
        open.pop_back();
        if (!passed.insert(&at).second) continue;
        if (!at.isSource() && at.metrics->watermarkDelay) {
            smallest = std::min(smallest.value_or(kMaxTimestamp), at.metrics->watermark);
            continue;
        }
        const auto& more = evidence.outputs(at);
        open.insert(open.end(), more.begin(), more.end());
    }
    return smallest;
}

/// Nothing of one without event time, which sends none.
std::optional<Instant> sentBy(const Evidence& evidence, const Evidence::Seen& source) {
    const NodeMetrics& metrics = *source.metrics;
    if (metrics.watermark != kMinTimestamp) return metrics.watermark;
    if (const std::optional<Instant> stamped = stampedBelow(evidence, source)) return stamped;
    // One that has given rows, and no watermark, has no times.
    return metrics.rowsOut == 0 && metrics.watermarkDelay ? std::optional(kMinTimestamp) : std::nullopt;
}

std::optional<Millis> idleTimeoutOf(const Evidence::Seen& source) {
    return source.node->params.contains(kIdleTimeout) ? durationOf(source, kIdleTimeout) : std::nullopt;
}

/// It does not tell of each source whether it is idle just now: then by how long its watermark has stood.
bool countsAsIdle(const Evidence& evidence, const Evidence::Seen& source) {
    const std::optional<LiveSummary> live = liveSummary(*source.metrics);
    if (live) return live->state == LiveState::Idle;
    const std::optional<Millis> timeout = idleTimeoutOf(source);
    const Instant since = source.metrics->watermarkSince;
    return timeout && since != 0 && evidence.now() != 0 && evidence.now() - since > *timeout;
}

/// Others of its partitions take part, and are ahead of the one that holds.
bool hasOthers(const Evidence::Seen& source) {
    const auto& partitions = source.metrics->partitions;
    return std::count_if(partitions.begin(), partitions.end(), [](const PartitionMetrics& partition) {
               const LiveState state = liveStateOf(partition);
               return !partition.name.empty() && state != LiveState::Idle && state != LiveState::Ended;
           }) > 1;
}

/// The watermark to which its source would go if it was idle is later than its own.
bool idlenessHelps(const Evidence& evidence, const WatermarkHold& hold, const Evidence::Seen& source) {
    if (!hold.partition.empty() && hasOthers(source)) return true;
    std::optional<Instant> smallest;
    for (const Evidence::Seen* other : groupOf(evidence, source)) {
        const std::optional<Instant> sent = sentBy(evidence, *other);
        if (!sent || *sent == kMaxTimestamp || countsAsIdle(evidence, *other)) continue;
        smallest = std::min(smallest.value_or(kMaxTimestamp), *sent);
    }
    return smallest && *smallest > hold.watermark;
}

/// Others gave rows when it gave none any more. Sources that have come to the end of what they have together
/// go on together: one of them, marked idle, would only make its next rows late.
bool isSilentAlone(const Evidence& evidence, const WatermarkHold& hold, const Evidence::Seen& source) {
    const Instant began = evidence.now() - static_cast<Millis>(evidence.metrics().seconds * 1000);
    if (evidence.now() == 0 || hold.since <= began + kBeginning) return true;
    const auto isLater = [&hold](Instant since) { return since > hold.since + kAlike; };
    for (const PartitionMetrics& partition : source.metrics->partitions) {
        if (isLater(partition.watermarkSince)) return true;
    }
    const Sources group = groupOf(evidence, source);
    return std::any_of(group.begin(), group.end(), [&isLater](const Evidence::Seen* other) {
        return isLater(other->metrics->watermarkSince);
    });
}

bool maySetIdleness(const Evidence::Seen& source) {
    const ParamSpec* spec = source.kind->param(kIdleTimeout);
    return spec != nullptr && !source.node->params.contains(kIdleTimeout) &&
           applies(*spec, *source.kind, source.node->params);
}

QuickFix idlenessOf(const Evidence::Seen& source) {
    QuickFix fix;
    fix.label = RW_TEXT("diagnose", "Mark “%1” idle after %2")
                    .with(source.node->shownTitle(), durationText(kIdleAfter));
    fix.node = source.node->id;
    fix.param = kIdleTimeout;
    fix.value = formatDuration(kIdleAfter);
    return fix;
}

}  // namespace

void tellWhenItGoesOn(const Evidence& evidence, const WatermarkHold& hold, Issue& issue) {
    const Evidence::Seen& source = *evidence.find(hold.source);
    const std::string& title = hold.partition.empty() ? hold.title : hold.partition;
    const bool helps = idlenessHelps(evidence, hold, source);
    const std::optional<Millis> timeout = idleTimeoutOf(source);
    if (helps && timeout) {
        issue.fix = RW_TEXT("diagnose",
                            "Results go on when rows with later times come from “%1”, or when it has given "
                            "none for %2.")
                        .with(title, durationText(*timeout));
        return;
    }
    issue.fix = RW_TEXT("diagnose", "Results go on when rows with later times come from “%1”.").with(title);
    if (timeout) {
        issue.fix = RW_TEXT("diagnose",
                            "%1 Its being idle lets nothing go on: each source that it meets has ended, is "
                            "idle too, or is no further.")
                        .with(issue.fix);
        return;
    }
    if (!helps || !maySetIdleness(source) || !isSilentAlone(evidence, hold, source)) return;
    issue.fix = RW_TEXT("diagnose",
                        "Results go on when rows with later times come from “%1”, or when it counts as idle.")
                    .with(title);
    issue.quickFixes.push_back(idlenessOf(source));
}

}  // namespace rw
