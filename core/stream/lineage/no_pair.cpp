#include "core/stream/lineage/no_pair.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/ascii.h"
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

/// As the TRIM of SQL: only spaces are blanks to it.
std::string_view trimmedText(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

/// Writes the one of two texts, which differ in small and capital letters alone, as the other is written, the
/// right one first; both in small letters where neither is of one kind. Letters that are not ASCII are the
/// same in both, and stay so only if both are changed.
void alignLetters(std::string_view left, std::string_view right, KeyMend& own, KeyMend& other) {
    using Letters = KeyMend::Letters;
    const bool ascii = isAscii(left);
    if (ascii && left == inAsciiCapitals(left)) {
        other.letters = Letters::Capital;
    } else if (ascii && left == inAsciiSmall(left)) {
        other.letters = Letters::Small;
    } else if (ascii && right == inAsciiCapitals(right)) {
        own.letters = Letters::Capital;
    } else if (ascii && right == inAsciiSmall(right)) {
        own.letters = Letters::Small;
    } else {
        own.letters = other.letters = Letters::Small;
    }
}

/// With what the two texts would be equal, which are so without blanks and case; none: they have blanks at
/// their ends that TRIM leaves there.
std::vector<KeyMend> mendsOf(std::string_view left, std::string_view right, KeyMend own, KeyMend other) {
    const std::string_view a = trimmedText(left), b = trimmedText(right);
    if (inAsciiSmall(a) != inAsciiSmall(b)) return {};
    // Blanks that both have tell nothing apart.
    if (inAsciiSmall(left) != inAsciiSmall(right)) {
        own.trimmed = a != left;
        other.trimmed = b != right;
    }
    if (a != b) alignLetters(a, b, own, other);
    std::vector<KeyMend> mends;
    for (const KeyMend& each : {own, other}) {
        if (each.trimmed || each.letters != KeyMend::Letters::AsTheyAre) mends.push_back(each);
    }
    return mends;
}

/// What the mends of its column make of a text.
std::string afterMends(std::string_view text, int input, int column, const std::vector<KeyMend>& mends) {
    std::string now(text);
    for (const KeyMend& each : mends) {
        if (each.input != input || each.column != column) continue;
        if (each.trimmed) now = std::string(trimmedText(now));
        if (each.letters == KeyMend::Letters::Small) now = inAsciiSmall(now);
        if (each.letters == KeyMend::Letters::Capital) now = inAsciiCapitals(now);
    }
    return now;
}

/// A column may be compared with two others: what makes it equal to one may part it from the other.
bool makeAPair(const std::vector<KeyMend>& mends, const JoinPlan& plan, const Batch& left,
               const Batch& right) {
    for (std::size_t i = 0; i < plan.leftKeys.size(); ++i) {
        const int own = plan.leftKeys[i], other = plan.rightKeys[i];
        const Column &a = cell(left, own), &b = cell(right, other);
        if (!a.type().is(TypeId::String) || !b.type().is(TypeId::String)) continue;
        if (afterMends(a.string(0), kLeft, own, mends) != afterMends(b.string(0), kRight, other, mends))
            return false;
    }
    return true;
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

std::optional<NoPair> keysDiffer(const JoinPlan& plan, const Batch& left, const Batch& right,
                                 const SideNames& names) {
    std::optional<NoPair> differ;
    bool mendable = true;
    for (std::size_t i = 0; i < plan.leftKeys.size(); ++i) {
        const int own = plan.leftKeys[i], other = plan.rightKeys[i];
        const Column &a = cell(left, own), &b = cell(right, other);
        if (!a.isNull(0) && equalCells(a, 0, b, 0, true)) continue;
        if (!alike(a, b)) return NoPair{};
        if (!differ) differ.emplace();
        differ->distance = 0;
        differ->why = RW_TEXT("lineage", "%1 has %2 and %3 has %4: they differ only in %5")
                          .with(names.left, quoted(plan.left, left, own), names.right,
                                quoted(plan.right, right, other), apartText(a.string(0), b.string(0), names));
        const std::vector<KeyMend> mends = mendsOf(a.string(0), b.string(0), {kLeft, own}, {kRight, other});
        mendable = mendable && !mends.empty();
        differ->keys.insert(differ->keys.end(), mends.begin(), mends.end());
    }
    if (differ && !(mendable && makeAPair(differ->keys, plan, left, right))) differ->keys.clear();
    return differ;
}

std::optional<NoPair> farApart(const JoinPlan& plan, std::pair<Millis, Millis> bounds, const Batch& left,
                               const Batch& right, const SideNames& names) {
    if (std::optional<NoPair> keys = keysDiffer(plan, left, right, names)) return keys;
    const Column &a = cell(left, plan.left.eventTime), &b = cell(right, plan.right.eventTime);
    if (a.isNull(0) || b.isNull(0)) return NoPair{};
    const Millis apart = b.at<Instant>(0) - a.at<Instant>(0);
    if (apart >= bounds.first && apart <= bounds.second) return std::nullopt;
    const Millis outside = apart < bounds.first ? bounds.first - apart : apart - bounds.second;
    NoPair miss;
    miss.distance = 1 + static_cast<double>(outside);
    miss.why = RW_TEXT("lineage", "the time of %1 minus that of %2 is %3, and has to be from %4 to %5")
                   .with(names.right, names.left, signedDuration(apart), signedDuration(bounds.first),
                         signedDuration(bounds.second));
    if (const Millis zone = zoneBetween(apart, bounds); zone != 0) {
        miss.bounds = {bounds.first - zone, bounds.second - zone};
        miss.why =
            RW_TEXT("lineage",
                    "%1; with %2 added to the times of %5 they would be a pair: the two may be in different "
                    "time zones, and then a lower bound of %3 and an upper bound of %4 join them")
                .with(miss.why, signedDuration(zone), signedDuration(miss.bounds->first),
                      signedDuration(miss.bounds->second), names.right);
    }
    return miss;
}

}  // namespace rw
