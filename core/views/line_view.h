// Data behind a line chart: values over event time, one line per y column or per value of a series column.
#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/views/chart_column.h"
#include "core/views/line_buckets.h"
#include "core/views/view_state.h"

namespace rw {

/// What is drawn; fixed for the life of a view.
struct LineInfo {
    ChartColumn x;               ///< a TIMESTAMP
    std::vector<ChartColumn> y;  ///< at least one
    ChartColumn windowStart{};   ///< where rows are results of windows and x is their time
    ChartColumn series{};        ///< splits into lines; not present: one line per y column
    Millis span = 300'000;       ///< shown while following live; 0: the whole run
    std::optional<double> threshold{};
    std::string unit{};
    std::string timeZone = "UTC";  ///< IANA name
    bool updating = false;         ///< a row replaces the point of its line at its time
};

struct LineSeries {
    std::string name;
    std::vector<LinePoint> points;    ///< in time order; empty when the line was not asked for
    std::optional<LinePoint> last{};  ///< newest point kept, whatever the range
};

struct LineSnapshot {
    ViewTotals totals;
    /// All lines kept, in the order in which they appeared (several in one batch: by name). A line keeps its
    /// place for the life of the view, so that colours stay.
    std::vector<LineSeries> series;
    std::size_t notKept = 0;   ///< further lines, beyond LineView::kMaxSeries, that were not kept
    bool moreNotKept = false;  ///< there are more of them than that: they were not counted on
    Millis resolution = 1;     ///< points nearer than this were reduced to their smallest and largest
};

struct LineQuery {
    Instant from = kMinTimestamp, to = kMaxTimestamp;  ///< both included
    std::size_t maxPoints = 2000;                      ///< per line: two per pixel column
    std::vector<std::size_t>
        lines{};  ///< places of the lines to give points for; empty: the first kShownSeries
};

class LineView final : public ViewState {
 public:
    static constexpr std::size_t kShownSeries = 8;      ///< drawn unless the user picks others
    static constexpr std::size_t kMaxSeries = 64;       ///< kept; the rest is only counted
    static constexpr std::size_t kMaxCounted = 10'000;  ///< further values of the series column, counted only
    static constexpr std::size_t kMaxBuckets = 4096;    ///< per line
    static constexpr std::size_t kMaxWindows = 2 * kMaxBuckets;

    explicit LineView(LineInfo info);
    const LineInfo& info() const { return m_info; }

    void add(const Batch& batch);
    LineSnapshot snapshot(const LineQuery& query) const;
    /// Where the window of the points at `time` began; nothing where they are of none, or of different ones.
    std::optional<Instant> windowStart(Instant time) const;

 private:
    struct Line {
        std::string name;
        LineBuckets buckets{};
        std::optional<LinePoint> last{};
    };
    void noteWindows(const Batch& batch);
    void openLines(const Batch& batch);
    void openLine(const std::string& seriesValue);
    void take(Line& line, LinePoint point, RowKind kind);
    void bound();
    void savePicture(StateWriter& out) const override;
    Status restorePicture(const StateReader& state) override;
    Status restoreLines(const StateReader& state);
    Status restoreWindows(const StateReader& state);

    const LineInfo m_info;
    std::vector<Line> m_lines;
    std::unordered_map<std::string, std::size_t> m_places;  ///< of a series value: place of its first line
    std::unordered_set<std::string> m_others;               ///< series values not kept; at most kMaxCounted
    bool m_moreOthers = false;                              ///< there were more
    std::map<Instant, std::optional<Instant>> m_windows;    ///< start by time; empty: several begin apart
    Millis m_width;                                         ///< of a bucket, the same in all lines
};

}  // namespace rw
