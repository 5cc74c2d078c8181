#include "core/views/line_buckets.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/views/state_fields.h"

namespace rw {

namespace {

Instant bucketOf(Instant time, Millis width) {
    return time / width - (time % width < 0 ? 1 : 0);
}

struct SavedBucket {
    Instant number = 0, lowTime = 0, highTime = 0;
    double low = 0, high = 0;
    std::uint64_t count = 0;

    static void fields(auto& self, auto& field) {
        field("number", self.number);
        field("low_time", self.lowTime);
        field("low", self.low);
        field("high_time", self.highTime);
        field("high", self.high);
        field("count", self.count);
    }
};

/// Where windows begin; saved where a line tells of windows.
struct SavedStarts {
    Instant low = kMinTimestamp, high = kMinTimestamp;

    static void fields(auto& self, auto& field) {
        field("low_start", self.low);
        field("high_start", self.high);
    }
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

void LineBuckets::save(StateWriter& out) const {
    std::vector<SavedBucket> saved;
    std::vector<SavedStarts> starts;
    bool ofWindows = false;
    for (const auto& [number, low, high, count] : m_buckets) {
        saved.push_back({number, low.time, high.time, low.value, high.value, count});
        starts.push_back({low.start, high.start});
        ofWindows = ofWindows || low.ofWindow() || high.ofWindow();
    }
    saveList(out, saved);
    if (ofWindows) saveList(out, starts);
}

Status LineBuckets::restore(const StateReader& state, std::size_t most) {
    RW_TRY_ASSIGN(const auto saved, restoreList<SavedBucket>(state, most));
    std::vector<SavedStarts> starts(saved.size());
    if (state.has("low_start")) {
        RW_TRY_ASSIGN(starts, restoreList<SavedStarts>(state, most));
    }
    if (starts.size() != saved.size()) return brokenState("points of a line");
    m_buckets.clear();
    for (std::size_t i = 0; i < saved.size(); ++i) {
        const SavedBucket& each = saved[i];
        const bool inOrder = i == 0 || saved[i - 1].number < each.number;
        if (!inOrder || each.count == 0 || each.count > std::numeric_limits<std::uint32_t>::max())
            return brokenState("points of a line");
        m_buckets.push_back({each.number,
                             {each.lowTime, each.low, starts[i].low},
                             {each.highTime, each.high, starts[i].high},
                             static_cast<std::uint32_t>(each.count)});
    }
    return {};
}

}  // namespace rw
