// Data behind a line chart: values over event time, one line per y column or per value of a series column;
// behind a line perhaps a band, and on it marked points.
#pragma once
#include <array>
#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/views/chart_column.h"
#include "core/views/line_buckets.h"
#include "core/views/view_state.h"

namespace rw {

/// The columns drawn; fixed for the life of a view.
struct LineInfo {
    ChartColumn x;               ///< a TIMESTAMP
    std::vector<ChartColumn> y;  ///< at least one
    ChartColumn windowStart{};   ///< where rows are results of windows and x is their time: points stand here
    ChartColumn series{};        ///< splits into lines; not present: one line per y column
    ChartColumn low{},
        high{};             ///< of numbers, both or neither: the band behind the lines of the first y column
    ChartColumn mark{};     ///< a BOOLEAN: where it is true the point of the first y column is marked
    ChartColumn reasons{};  ///< a text for each marked point: what its score is made of (contributions.h)
    Millis span = 300'000;       ///< shown while following the newest rows; 0: the whole run
    bool live = false;           ///< the run does not end by itself
    std::optional<double> threshold{};
    std::string unit{};
    std::string timeZone = "UTC";  ///< IANA name
    bool updating = false;         ///< a row replaces the point of its line at its time
    bool hasBand() const { return low.present() && high.present(); }
};

struct LineOutline {
    std::vector<LinePoint> points{};  ///< in the order of `at`
    /// Where each of them stands on the time axis: at its time, or where its window begins. Windows that grow
    /// from one start (cumulate) stand side by side, each where the one before it ends.
    std::vector<Instant> at{};
};

/// Its points are empty when the line was not asked for.
struct LineSeries : LineOutline {
    std::string name{};
    std::string label{};  ///< its value of the series column, where there is one
    std::optional<LinePoint> last{};  ///< newest point kept, in any range
    LineOutline low{}, high{};        ///< the edges of its band
    LineOutline marks{};              ///< the marked ones of its points
};

/// How far the lines reach on the time axis.
struct LineExtent {
    Instant from = kMaxTimestamp, to = kMinTimestamp;  ///< `to`: windows that are open, to their end
    std::optional<Instant> openFrom{};                 ///< from here on all may still change
    bool any() const { return from <= to; }
};

struct LineSnapshot {
    ViewTotals totals;
    LineExtent extent{};
    /// All lines kept, in the order in which they appeared (several in one batch: by name). A line keeps its
    /// place for the life of the view, so that colours stay.
    std::vector<LineSeries> series;
    std::size_t notKept = 0;   ///< further lines, beyond LineView::kMaxSeries, that were not kept
    bool moreNotKept = false;  ///< there are more of them than that: they were not counted on
    Millis resolution = 1;     ///< points nearer than this were reduced to their smallest and largest
};

struct LineQuery {
    Instant from = kMinTimestamp, to = kMaxTimestamp;  ///< places on the time axis, both included
    bool around = false;                               ///< and of each line the nearest point on either side
    std::size_t maxPoints = 2000;                      ///< per line: two per pixel column
    std::size_t maxMarks = 400;                        ///< per line
    std::vector<std::size_t>
        lines{};  ///< places of the lines to give points for; empty: the first kShownSeries
};

class LineView final : public ViewState {
 public:
    static constexpr std::size_t kShownSeries = 8;      ///< drawn unless the user picks others
    static constexpr std::size_t kMaxSeries = 64;       ///< kept; the rest is only counted
    static constexpr std::size_t kMaxCounted = 10'000;  ///< further values of the series column, counted only
    static constexpr std::size_t kMaxBuckets = 4096;    ///< per line
    static constexpr std::size_t kMaxReasons = 2000;    ///< the newest
    static constexpr std::size_t kMaxReasonBytes = std::size_t{4} << 20;

    explicit LineView(LineInfo info);
    const LineInfo& info() const { return m_info; }

    void add(const Batch& batch);
    LineSnapshot snapshot(const LineQuery& query) const;
    LineExtent extent() const;
    /// The text of info().reasons for a marked point of the line at this place; empty: none is kept.
    std::string reasonOf(std::size_t line, const LinePoint& point) const;

 private:
    struct Line {
        std::string name;
        std::string label{};
        LineBuckets buckets{};
        std::optional<LinePoint> last{};
        LineBuckets low{}, high{}, marks{};  ///< of the lines of the first y column
        std::array<LineBuckets*, 4> all() { return {&buckets, &low, &high, &marks}; }
        void fields(StateFields& state);
    };
    struct Reason {
        std::uint64_t line = 0;  ///< its place
        LinePoint point{};
        std::string text{};
    };
    void openLines(const Batch& batch);
    void openLine(const std::string& seriesValue);
    bool addRow(const Batch& batch, std::size_t row, std::size_t first);
    bool addBand(Line& line, const Batch& batch, std::size_t row, LinePoint point);
    void addMark(std::size_t line, const Batch& batch, std::size_t row, LinePoint point);
    void addReason(std::size_t line, const Batch& batch, std::size_t row, LinePoint point);
    void take(Line& line, LinePoint point, RowKind kind);
    void change(LineBuckets& buckets, LinePoint point, RowKind kind);
    void keepReason(Reason reason);
    void bound();
    LineExtent reach() const;  ///< under the lock
    void show(LineSeries& series, const Line& line, const LineQuery& query) const;
    void fields(StateFields& state) override;
    void seriesFields(StateFields& state);
    void reasonFields(StateFields& state);

    const LineInfo m_info;
    std::vector<Line> m_lines;
    std::unordered_map<std::string, std::size_t> m_places;  ///< of a series value: place of its first line
    std::unordered_set<std::string> m_others;               ///< series values not kept; at most kMaxCounted
    bool m_moreOthers = false;                              ///< there were more
    Millis m_width;                                         ///< of a bucket, the same in all lines
    Millis m_longestWindow = 0;                             ///< from its start to the time of its rows
    std::deque<Reason> m_reasons;                           ///< newest last
    std::size_t m_reasonBytes = 0;
};

}  // namespace rw
