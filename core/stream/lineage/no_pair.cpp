#include "core/stream/lineage/no_pair.h"

#include <cstdlib>
#include <string>

#include "core/base/readable.h"
#include "core/data/text.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

namespace {

constexpr Millis kHour = 3'600'000, kLeastForZone = kHour / 4, kMostOfZones = 14;

const Column& cell(const Batch& row, int column) {
    return row.column(column);
}

/// In the two largest units that it has: “57 min 30 s”.
Text lengthText(Millis span) {
    for (const Millis unit : {24 * kHour, kHour, kHour / 60, Millis{1000}}) {
        if (span < unit) continue;
        const Millis next = unit == 24 * kHour ? kHour : unit == 1000 ? 1 : unit / 60;
        const Millis rest = span % unit / next * next;
        const Text whole = durationText(span - span % unit);
        return rest == 0 ? whole : RW_TEXT("lineage", "%1 %2").with(whole, durationText(rest));
    }
    return durationText(span);
}

Text signedDuration(Millis span) {
    const Text size = lengthText(std::abs(span));
    return span < 0 ? RW_TEXT("lineage", "−%1").with(size) : size;
}

/// In quotes, so that blanks at the ends are seen.
std::string quoted(const StreamType& side, const Batch& row, int column) {
    std::string value;
    appendCell(value, cell(row, column), 0);
    return side.schema->fields[static_cast<std::size_t>(column)].name + " = “" + value + "”";
}

bool alike(const Column& left, const Column& right) {
    const bool texts = left.type().is(TypeId::String) && right.type().is(TypeId::String);
    return texts && !left.isNull(0) && !right.isNull(0) &&
           withoutBlanksAndCase(left.string(0)) == withoutBlanksAndCase(right.string(0));
}

/// How many whole hours, added to right's times, bring such a pair together; 0: none do.
Millis zoneBetween(Millis apart, std::pair<Millis, Millis> bounds) {
    const Millis outside = apart < bounds.first ? bounds.first - apart : apart - bounds.second;
    if (outside < kLeastForZone || bounds.second - bounds.first >= kHour) return 0;
    for (Millis hours = -kMostOfZones; hours <= kMostOfZones; ++hours) {
        const Millis moved = apart + hours * kHour;
        if (moved >= bounds.first && moved <= bounds.second) return hours * kHour;
    }
    return 0;
}

}  // namespace

std::optional<NoPair> keysDiffer(const JoinPlan& plan, const Batch& left, const Batch& right) {
    std::optional<NoPair> differ;
    for (std::size_t i = 0; i < plan.leftKeys.size(); ++i) {
        const int own = plan.leftKeys[i], other = plan.rightKeys[i];
        const Column &a = cell(left, own), &b = cell(right, other);
        if (!a.isNull(0) && equalCells(a, 0, b, 0, true)) continue;
        if (!alike(a, b)) return NoPair{};
        differ = NoPair{0, RW_TEXT("lineage", "left has %1 and right has %2: they differ only in %3")
                               .with(quoted(plan.left, left, own), quoted(plan.right, right, other),
                                     apartText(a.string(0), b.string(0)))};
    }
    return differ;
}

std::optional<NoPair> farApart(const JoinPlan& plan, std::pair<Millis, Millis> bounds, const Batch& left,
                               const Batch& right) {
    if (std::optional<NoPair> keys = keysDiffer(plan, left, right)) return keys;
    const Column &a = cell(left, plan.left.eventTime), &b = cell(right, plan.right.eventTime);
    if (a.isNull(0) || b.isNull(0)) return NoPair{};
    const Millis apart = b.at<Instant>(0) - a.at<Instant>(0);
    if (apart >= bounds.first && apart <= bounds.second) return std::nullopt;
    const Millis outside = apart < bounds.first ? bounds.first - apart : apart - bounds.second;
    Text why = RW_TEXT("lineage", "the time of right minus that of left is %1, and has to be from %2 to %3")
                   .with(signedDuration(apart), signedDuration(bounds.first), signedDuration(bounds.second));
    if (const Millis zone = zoneBetween(apart, bounds); zone != 0) {
        why = RW_TEXT("lineage",
                      "%1; with %2 added to the times of right they would be a pair: the two may be in "
                      "different time zones, and then a lower bound of %3 and an upper bound of %4 join them")
                  .with(why, signedDuration(zone), signedDuration(bounds.first - zone),
                        signedDuration(bounds.second - zone));
    }
    return NoPair{1 + static_cast<double>(outside), why};
}

}  // namespace rw
