// One line's points, decimated: buckets of event time that keep the smallest and the largest value of each.
#pragma once
#include <cstddef>
#include <deque>
#include <vector>

#include "core/base/time.h"

namespace rw {

class StateFields;

struct LinePoint {
    Instant time = 0;  ///< of its row; of one that tells about a window, the window's last millisecond
    double value = 0;
    Instant start = kMinTimestamp;  ///< of its window; kMinTimestamp: the row is of none
    bool ofWindow() const { return start != kMinTimestamp; }
    Millis sinceStart() const { return ofWindow() ? saturatingAdd(time, -start) : 0; }
    bool operator==(const LinePoint&) const = default;
};

/// Sorted, sparse buckets of one width. Not thread-safe.
class LineBuckets {
 public:
    void add(Millis width, LinePoint point);
    /// Takes a point back (updating streams). Exact while at most two points share its bucket.
    void remove(Millis width, LinePoint point);
    /// The point at exactly `time`, if it is one of those kept.
    const LinePoint* find(Millis width, Instant time) const;
    /// Drops buckets that end before `instant`.
    void dropBefore(Millis width, Instant instant);
    /// Merges pairs of buckets: the width is twice as large from now on.
    void coarsen();

    std::size_t size() const { return m_buckets.size(); }
    bool empty() const { return m_buckets.empty(); }
    Instant oldest() const { return m_buckets.front().first().time; }
    Instant newest() const { return m_buckets.back().last().time; }
    LinePoint first() const { return m_buckets.front().first(); }
    LinePoint last() const { return m_buckets.back().last(); }
    /// The newest points, from the one that is the first later than `after` on, with the one before them.
    std::vector<LinePoint> later(Instant after) const;
    /// At most two points for each of `slots` equal slices of [from, to]: its smallest and its largest, in
    /// time order. `around`: with the one before and the one behind.
    std::vector<LinePoint> points(Instant from, Instant to, std::size_t slots, bool around = false) const;

    /// At most `most` buckets; more are an error.
    void fields(StateFields& state, std::size_t most);

 private:
    struct Bucket {
        Instant number = 0;  ///< covers [number × width, (number + 1) × width)
        LinePoint low{}, high{};
        std::uint32_t count = 0;
        void take(LinePoint point);
        const LinePoint& first() const { return low.time <= high.time ? low : high; }
        const LinePoint& last() const { return low.time <= high.time ? high : low; }
    };
    std::deque<Bucket>::iterator at(Instant number);
    std::deque<Bucket> m_buckets;
};

}  // namespace rw
