#include "core/diagnose/time_zones.h"

#include <algorithm>
#include <utility>

#include "core/base/readable.h"
#include "core/diagnose/questions.h"
#include "core/diagnose/watermark_hold.h"

namespace rw {

namespace {

constexpr Millis kQuarter = 15 * 60'000;
constexpr Millis kMost = 14 * 4 * kQuarter;  // clocks of the world differ from UTC by no more
constexpr Millis kAbout = 60'000;            // delays, and rows that are not there yet
// Of wall time: who stopped so long before the other is silent. Where rows of the two do not look for each
// other, nothing else speaks for a shift, and a file that is read fast passes a quarter of an hour by the
// way.
constexpr Millis kTogether = 10'000, kTogetherInUnion = 3'000;

/// From the least to the most by which the watermark of the input that is ahead may be ahead if there is no
/// shift; of an interval join by what it asks of its pairs.
std::pair<Millis, Millis> expected(const Evidence::Seen& node, bool rightIsAhead) {
    const std::optional<Millis> lower = durationOf(node, "lower"), upper = durationOf(node, "upper");
    constexpr Millis kWidest = kQuarter - 2 * kAbout;  // wider ones would take any time for a shift
    if (!lower || !upper || *lower > *upper || *upper - *lower >= kWidest) return {-kAbout, kAbout};
    return rightIsAhead ? std::pair(*lower - kAbout, *upper + kAbout)
                        : std::pair(-*upper - kAbout, -*lower + kAbout);
}

/// The roundest shift that explains it: whole hours before halves and quarters; 0: none does.
Millis shiftOf(Millis apart, std::pair<Millis, Millis> bounds) {
    if (apart <= bounds.second) return 0;
    for (const Millis step : {4 * kQuarter, 2 * kQuarter, kQuarter}) {
        for (Millis shift = step; shift <= kMost; shift += step) {
            if (apart - shift >= bounds.first && apart - shift <= bounds.second) return shift;
        }
    }
    return 0;
}

Text shiftText(Millis by) {
    const Millis rest = by % (4 * kQuarter);
    if (rest == 0) return durationText(by);
    if (rest == by) return durationText(rest);
    return RW_TEXT("diagnose", "%1 %2").with(durationText(by - rest), durationText(rest));
}

std::string sourceOf(const Evidence& evidence, const Evidence::Input& input) {
    const auto hold = whatHoldsWatermark(evidence, *input.from);
    return hold ? hold->title : input.from->node->shownTitle();
}

/// Rows of both have met, so that their times fit. A window join that has tried none yet says so, too.
bool pairs(const Evidence::Seen& node) {
    return node.kind->inputs.size() > 1 && node.metrics->hasPair && node.metrics->rowsOut > 0;
}

}  // namespace

std::optional<ZoneShift> zoneShift(const Evidence& evidence, const Evidence::Seen& node) {
    const auto& inputs = evidence.inputs(node);
    if (inputs.size() < 2 || pairs(node)) return std::nullopt;
    const Evidence::Input *last = nullptr, *first = nullptr;
    for (const Evidence::Input& input : inputs) {
        const Instant at = arriving(node, input);
        if (rowsBy(input) == 0 || at == kMinTimestamp) return std::nullopt;
        if (at == kMaxTimestamp) continue;
        if (last == nullptr || at < arriving(node, *last)) last = &input;
        if (first == nullptr || at > arriving(node, *first)) first = &input;
    }
    if (last == first) return std::nullopt;
    const auto hold = whatHoldsWatermark(evidence, *last->from);
    if (hold && !hold->why.empty()) return std::nullopt;
    const Instant lastRose = last->from->metrics->watermarkSince;
    const Instant firstRose = first->from->metrics->watermarkSince;
    const Millis together = node.kind->inputs.size() > 1 ? kTogether : kTogetherInUnion;
    if (lastRose != 0 && firstRose != 0 && lastRose + together < firstRose) return std::nullopt;
    const bool rightIsAhead = first->to == node.kind->inputs.back().name;
    const Millis apart = saturatingAdd(arriving(node, *first), -arriving(node, *last));
    const Millis by = shiftOf(apart, expected(node, rightIsAhead));
    if (by == 0) return std::nullopt;
    return ZoneShift{sourceOf(evidence, *first), sourceOf(evidence, *last), by};
}

Text zoneText(const ZoneShift& shift) {
    return RW_TEXT("diagnose", "“%1” is %2 ahead of “%3”: the two may be in different time zones.")
        .with(shift.ahead, shiftText(shift.by), shift.behind);
}

Text zoneMend(const Evidence::Seen& node) {
    if (node.kind->param("lower") != nullptr)
        return RW_TEXT("diagnose",
                       "If they are, move both bounds of the join by that much, or the times of one of the "
                       "two by a Select and an Event time node behind it.");
    return RW_TEXT("diagnose",
                   "If they are, move the times of one of the two by a Select and an Event time node "
                   "behind it.");
}

}  // namespace rw
