#include "core/views/line_buckets.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/views/state_lists.h"

namespace rw {

namespace {

Instant bucketOf(Instant time, Millis width) {
    return time / width - (time % width < 0 ? 1 : 0);
}

}  // namespace

void LineBuckets::Bucket::take(LinePoint point) {
    if (count == 0) {
        low = high = point;
    } else if (point.value < low.value) {
        low = point;
    } else if (point.value > high.value || (point.value == high.value && point.time > high.time)) {
        high = point;
    }
    ++count;
}

std::deque<LineBuckets::Bucket>::iterator LineBuckets::at(Instant number) {
    if (m_buckets.empty() || m_buckets.back().number < number) return m_buckets.end();
    if (m_buckets.back().number == number) return std::prev(m_buckets.end());
    return std::lower_bound(m_buckets.begin(), m_buckets.end(), number,
                            [](const Bucket& bucket, Instant wanted) { return bucket.number < wanted; });
}

void LineBuckets::add(Millis width, LinePoint point) {
    const Instant number = bucketOf(point.time, width);
    auto bucket = at(number);
    if (bucket == m_buckets.end() || bucket->number != number) {
        bucket = m_buckets.insert(bucket, Bucket{.number = number});
    }
    bucket->take(point);
}

void LineBuckets::remove(Millis width, LinePoint point) {
    const Instant number = bucketOf(point.time, width);
    const auto bucket = at(number);
    if (bucket == m_buckets.end() || bucket->number != number) return;
    if (bucket->low != point && bucket->high != point) return;
    if (--bucket->count == 0) {
        m_buckets.erase(bucket);
    } else if (bucket->low == point) {
        bucket->low = bucket->high;
    } else {
        bucket->high = bucket->low;
    }
}

const LinePoint* LineBuckets::find(Millis width, Instant time) const {
    const Instant number = bucketOf(time, width);
    const auto bucket = const_cast<LineBuckets*>(this)->at(number);
    if (bucket == m_buckets.end() || bucket->number != number) return nullptr;
    if (bucket->low.time == time) return &bucket->low;
    return bucket->high.time == time ? &bucket->high : nullptr;
}

void LineBuckets::dropBefore(Millis width, Instant instant) {
    const Instant number = bucketOf(instant, width);
    while (!m_buckets.empty() && m_buckets.front().number < number) m_buckets.pop_front();
}

void LineBuckets::coarsen() {
    std::deque<Bucket> merged;
    for (const Bucket& bucket : m_buckets) {
        const Instant number = bucketOf(bucket.number, 2);
        if (merged.empty() || merged.back().number != number) {
            merged.push_back(bucket);
            merged.back().number = number;
            continue;
        }
        Bucket& into = merged.back();
        const std::uint32_t count = into.count + bucket.count;
        into.take(bucket.low);
        into.take(bucket.high);
        into.count = count;
    }
    m_buckets = std::move(merged);
}

std::vector<LinePoint> LineBuckets::later(Instant after) const {
    std::vector<LinePoint> result;
    for (auto bucket = m_buckets.rbegin(); bucket != m_buckets.rend(); ++bucket) {
        result.push_back(bucket->last());
        if (result.back().time <= after) break;
        if (bucket->low == bucket->high) continue;
        result.push_back(bucket->first());
        if (result.back().time <= after) break;
    }
    std::reverse(result.begin(), result.end());
    return result;
}

std::vector<LinePoint> LineBuckets::points(Instant from, Instant to, std::size_t slots, bool around) const {
    std::vector<LinePoint> result;
    Bucket slot;
    std::optional<LinePoint> before, behind;
    const auto flush = [&] {
        if (slot.count == 0) return;
        result.push_back(slot.first());
        if (slot.low != slot.high) result.push_back(slot.last());
        slot = {};
    };
    const double length = static_cast<double>(to) - static_cast<double>(from) + 1;
    const auto slotOf = [&](Instant time) {
        return static_cast<Instant>((static_cast<double>(time) - static_cast<double>(from)) / length *
                                    static_cast<double>(slots));
    };
    for (const Bucket& bucket : m_buckets) {
        for (const LinePoint* point : {&bucket.first(), &bucket.last()}) {
            if (point->time < from) before = *point;
            if (point->time > to && !behind) behind = *point;
            if (point->time < from || point->time > to) continue;
            if (point == &bucket.last() && bucket.low == bucket.high) continue;
            const Instant number = slotOf(point->time);
            if (slot.count > 0 && slot.number != number) flush();
            slot.number = number;
            slot.take(*point);
        }
    }
    flush();
    if (around && before) result.insert(result.begin(), *before);
    if (around && behind) result.push_back(*behind);
    return result;
}

void LineBuckets::save(StateWriter& out) const {
    saveIntegers(out, "number", m_buckets, [](const Bucket& bucket) { return bucket.number; });
    saveIntegers(out, "low_time", m_buckets, [](const Bucket& bucket) { return bucket.low.time; });
    saveDoubles(out, "low", m_buckets, [](const Bucket& bucket) { return bucket.low.value; });
    saveIntegers(out, "high_time", m_buckets, [](const Bucket& bucket) { return bucket.high.time; });
    saveDoubles(out, "high", m_buckets, [](const Bucket& bucket) { return bucket.high.value; });
    saveIntegers(out, "count", m_buckets, [](const Bucket& bucket) { return bucket.count; });
    const auto tellsWindows = [](const Bucket& each) { return each.low.ofWindow() || each.high.ofWindow(); };
    if (std::none_of(m_buckets.begin(), m_buckets.end(), tellsWindows)) return;
    saveIntegers(out, "low_start", m_buckets, [](const Bucket& bucket) { return bucket.low.start; });
    saveIntegers(out, "high_start", m_buckets, [](const Bucket& bucket) { return bucket.high.start; });
}

Status LineBuckets::restore(const StateReader& state, std::size_t most) {
    RW_TRY_ASSIGN(const auto numbers, restoreIntegers(state, "number"));
    RW_TRY_ASSIGN(const auto lowTimes, restoreIntegers(state, "low_time"));
    RW_TRY_ASSIGN(const auto lows, restoreDoubles(state, "low"));
    RW_TRY_ASSIGN(const auto highTimes, restoreIntegers(state, "high_time"));
    RW_TRY_ASSIGN(const auto highs, restoreDoubles(state, "high"));
    RW_TRY_ASSIGN(const auto counts, restoreCounts(state, "count"));
    std::vector<Instant> lowStarts(numbers.size(), kMinTimestamp), highStarts(numbers.size(), kMinTimestamp);
    if (state.has("low_start")) {
        RW_TRY_ASSIGN(lowStarts, restoreIntegers(state, "low_start"));
        RW_TRY_ASSIGN(highStarts, restoreIntegers(state, "high_start"));
    }
    if (!samePartsOf(most, numbers, lowTimes, lows, lowStarts, highTimes, highs, highStarts, counts))
        return brokenState("points of a line");
    m_buckets.clear();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const bool inOrder = i == 0 || numbers[i - 1] < numbers[i];
        if (!inOrder || counts[i] == 0 || counts[i] > std::numeric_limits<std::uint32_t>::max())
            return brokenState("points of a line");
        m_buckets.push_back({numbers[i],
                             {lowTimes[i], lows[i], lowStarts[i]},
                             {highTimes[i], highs[i], highStarts[i]},
                             static_cast<std::uint32_t>(counts[i])});
    }
    return {};
}

}  // namespace rw
