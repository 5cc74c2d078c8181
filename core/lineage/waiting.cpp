#include "core/lineage/waiting.h"

#include <algorithm>

#include "core/base/figures.h"
#include "core/diagnose/questions.h"
#include "core/diagnose/watermark_hold.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

namespace {

/// When the watermark of the source came to where it stands, by what was recorded of it. That of a source is
/// that of its slowest partition.
void setSince(const TapeFile& tape, WatermarkHolder& holder) {
    const Instant began = tape.head().start.began;
    const auto& sources = tape.head().start.sources;
    const auto found = std::find_if(sources.begin(), sources.end(), [&holder](const TapeSource& source) {
        return source.node == holder.source;
    });
    if (found == sources.end()) return;
    const TapeFile::Track& track = tape.tracks()[static_cast<std::size_t>(found - sources.begin())];
    const Instant first = tape.from() ? tape.since() : began;
    holder.since = first;
    holder.sinceBefore = tape.from() != nullptr;
    if (holder.watermark != kMinTimestamp && !track.blocks.empty()) {
        // Its event time may be given by a node below, of which nothing is on the tape.
        if (track.blocks.back().header.watermark < holder.watermark) return holder.since.reset();
        const Result<Millis> reached = tape.whenReached(holder.watermark, track);
        if (!reached.ok()) return holder.since.reset();
        const bool there = *reached <= track.blocks.front().header.firstAt;
        if (!holder.sinceBefore || !there) {
            holder.since = saturatingAdd(began, *reached);
            holder.sinceBefore = false;
        }
    }
    holder.lasts = std::max<Millis>(saturatingAdd(saturatingAdd(began, tape.span()), -*holder.since), 0);
}

Text holdsText(const WatermarkHolder& holder, const std::string& title) {
    const std::string at = timeText(holder.watermark);
    if (holder.partition.empty()) {
        return holder.watermark == kMinTimestamp
                   ? RW_TEXT("lineage", "“%1” has no watermark yet").with(title)
                   : RW_TEXT("lineage",
                             "the watermark of “%1” has come to %2, and later rows of it would close the "
                             "window")
                         .with(title, at);
    }
    return holder.watermark == kMinTimestamp
               ? RW_TEXT("lineage", "the partition “%1” of “%2” has no watermark yet")
                     .with(holder.partition, title)
               : RW_TEXT("lineage",
                         "the partition “%1” of “%2” holds the watermark back: it has come to %3, and later "
                         "rows of that partition would close the window")
                     .with(holder.partition, title, at);
}

}  // namespace

std::optional<WatermarkHolder> whoHolds(const LineageQuestion& question, const Gatherer& gatherer,
                                        const NodeId& node) {
    RunMetrics metrics;
    metrics.nodes = gatherer.metrics();
    const Evidence evidence(question.plan->pipeline, *question.catalogue, metrics, false);
    const Evidence::Seen* const seen = evidence.find(node);
    const auto hold = seen ? whatHoldsWatermark(evidence, *seen) : std::nullopt;
    if (!hold) return std::nullopt;
    WatermarkHolder holder{hold->source, hold->partition, hold->watermark, {}, false, 0};
    if (question.tape) setSince(*question.tape, holder);
    return holder;
}

std::vector<Text> holderWords(const WatermarkHolder& holder, const std::string& title) {
    std::vector<Text> words{holdsText(holder, title)};
    if (!holder.since) return words;
    const std::string since = wallText(*holder.since);
    const Text lasts = figures::age(holder.lasts);
    words.push_back(
        holder.sinceBefore
            ? RW_TEXT("lineage",
                      "this has been so since before %1, for more than %2 up to the end of what "
                      "was kept")
                  .with(since, lasts)
            : RW_TEXT("lineage", "this has been so since %1, for %2 up to the end of what was kept")
                  .with(since, lasts));
    return words;
}

void putWaitingFirst(std::vector<MissingEnd>& ends) {
    for (auto waiting = ends.begin(); waiting != ends.end(); ++waiting) {
        if (waiting->fate != MissingEnd::Fate::Waiting) continue;
        const auto late = std::find_if(ends.begin(), waiting, [&](const MissingEnd& each) {
            return each.fate == MissingEnd::Fate::Late && each.node == waiting->node;
        });
        std::rotate(late, waiting, std::next(waiting));
    }
}

}  // namespace rw
