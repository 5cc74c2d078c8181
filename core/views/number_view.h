// Data behind a number card: one value over the last span, its value a span ago, and a sparkline; or over
// the whole run.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/sql/aggregates/double_sum.h"
#include "core/views/bin_width.h"
#include "core/views/chart_column.h"
#include "core/views/view_state.h"

namespace rw {

enum class NumberAggregate { Last, Sum, Avg, Min, Max, Count };

struct NumberInfo {
    ChartColumn value;
    int eventTime = -1;  ///< -1: rows count at the time they arrived
    NumberAggregate aggregate = NumberAggregate::Last;
    Millis span = 300'000;  ///< 0: the whole run
    std::optional<double> threshold{};
    std::string unit{};
    std::string timeZone = "UTC";
    /// Rows may be taken back, each by one with the same value and event time; of Min and Max that can't be
    /// told.
    bool updating = false;
    /// Rows that change and have no time: the number is of all that there are now, and a span tells how it
    /// has gone.
    bool ofAllRows() const { return updating && eventTime < 0 && aggregate != NumberAggregate::Last; }
};

struct NumberSnapshot {
    ViewTotals totals;
    std::optional<double> value{};   ///< nothing yet: no value came within the span
    std::optional<double> before{};  ///< the same, one span ago; of the whole run there is none
    std::vector<std::optional<double>>
        sparkline{};  ///< oldest first, equal steps over the span or the run; gaps are empty
};

class NumberView final : public ViewState {
 public:
    /// Of a span; values leave it by whole slices. The whole run has up to twice as many, which are merged by
    /// twos when it grows beyond.
    static constexpr int kSlices = 60;

    explicit NumberView(NumberInfo info);
    const NumberInfo& info() const { return m_info; }

    /// `arrived` stands for the event time of rows that have none.
    void add(const Batch& batch, Instant arrived);
    NumberSnapshot snapshot() const;

 private:
    struct Slice {
        std::uint64_t count = 0;
        sql::DoubleSum sum{};
        double min = 0, max = 0, last = 0;
        Instant lastTime = kMinTimestamp;
        void add(double value, Instant time);
        void remove(double value);
        void merge(const Slice& other);
        void fields(StateFields& state);
    };
    std::int64_t sliceOf(Instant time) const { return floorDiv(time, m_sliceLength); }
    bool ofWholeRun() const { return m_info.span == 0; }
    void bound();
    void merge();
    void take(double value, Instant time, RowKind kind);
    std::optional<double> result(const Slice& slice) const;
    /// The number of a part of the span.
    std::optional<double> shown(const Slice& slice) const;
    void fields(StateFields& state) override;
    Slice between(std::int64_t first, std::int64_t last) const;

    const NumberInfo m_info;
    Millis m_sliceLength;                    ///< of the whole run it grows
    std::map<std::int64_t, Slice> m_slices;  ///< by time / slice length; two spans of them
    Slice m_all{};                           ///< ofAllRows(): those; slices have the numbers that it gave
};

}  // namespace rw
