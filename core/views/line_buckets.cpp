#include "core/views/line_buckets.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr std::string_view kPoints = "points of a line";

Instant bucketOf(Instant time, Millis width) {
    return time / width - (time % width < 0 ? 1 : 0);
}

/// Where the windows of a bucket begin.
struct Starts {
    Instant low = kMinTimestamp, high = kMinTimestamp;
};

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

void LineBuckets::fields(StateFields& state, std::size_t most) {
    state.list(m_buckets, most, [](auto& bucket, auto& field) {
        field("number", bucket.number);
        field("low_time", bucket.low.time);
        field("low", bucket.low.value);
        field("high_time", bucket.high.time);
        field("high", bucket.high.value);
        field("count", bucket.count);
    });
    std::vector<Starts> starts;
    bool ofWindows = state.has("low_start");
    for (const Bucket& bucket : m_buckets) {
        starts.push_back({bucket.low.start, bucket.high.start});
        ofWindows = ofWindows || bucket.low.ofWindow() || bucket.high.ofWindow();
    }
    if (ofWindows) {
        state.list(starts, most, [](auto& each, auto& field) {
            field("low_start", each.low);
            field("high_start", each.high);
        });
    }
    state.require(starts.size() == m_buckets.size(), kPoints);
    if (!state.restores()) return;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        Bucket& bucket = m_buckets[i];
        bucket.low.start = starts[i].low;
        bucket.high.start = starts[i].high;
        const bool inOrder = i == 0 || m_buckets[i - 1].number < bucket.number;
        state.require(inOrder && bucket.count > 0, kPoints);
    }
}

}  // namespace rw
