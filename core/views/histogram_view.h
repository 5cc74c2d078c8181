// Data behind a histogram: how often which values came, over the whole run or the last span of event time.
#pragma once
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/views/chart_column.h"
#include "core/views/linear_bins.h"
#include "core/views/quantile_sketch.h"
#include "core/views/view_state.h"

namespace rw {

struct HistogramInfo {
    ChartColumn value;
    ChartColumn series{};
    int eventTime = -1;
    std::size_t bins = 0;  ///< at most so many; 0: automatic
    Millis span = 0;       ///< 0: the whole run
    std::string unit{};
    std::string timeZone = "UTC";
};

struct HistogramSeries {
    std::string name;                   ///< empty when the chart has no series column
    std::vector<std::uint64_t> counts;  ///< one per bin
    std::uint64_t total = 0;
};

struct HistogramSnapshot {
    ViewTotals totals;
    std::vector<double> edges;  ///< bins + 1, at round numbers of equal distance; empty without values
    std::vector<HistogramSeries> series;  ///< at most HistogramView::kMaxSeries; the last may be the others
    bool others = false;                  ///< the last series is the values that did not fit
    std::uint64_t count = 0;
    double min = 0, max = 0, mean = 0;  ///< only with count > 0
    double p50 = 0, p95 = 0, p99 = 0;   ///< within 1 % of the value
};

class HistogramView final : public ViewState {
 public:
    static constexpr std::size_t kMaxSeries = 8;
    static constexpr std::size_t kSlices = 16;  ///< of a span; values leave it by whole slices

    explicit HistogramView(HistogramInfo info);
    const HistogramInfo& info() const { return m_info; }

    /// `arrived` stands for the event time of rows that have none.
    void add(const Batch& batch, Instant arrived);
    HistogramSnapshot snapshot() const;

 private:
    struct Part {
        LinearBins bins{};
        QuantileSketch sketch{};
        double sum = 0, min = 0, max = 0;
        std::uint64_t count = 0;
        void add(double value);
        void merge(const Part& other);
        void fields(StateFields& state);
    };
    using Slice = std::vector<Part>;  ///< one Part per series
    void openSeries(const Batch& batch);
    std::size_t place(const Batch& batch, std::size_t row);
    Slice* slice(Instant time);
    void bound();
    void fields(StateFields& state) override;
    /// Those that were restored; false: they can't be.
    bool takeNames();

    const HistogramInfo m_info;
    Millis m_sliceLength;  ///< 0: one slice for all
    std::vector<std::string> m_names;
    std::unordered_map<std::string, std::size_t> m_places;
    bool m_others = false;
    std::map<Instant, Slice> m_slices;
    std::string m_label;
};

}  // namespace rw
