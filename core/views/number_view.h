// Data behind a number card: one value over the last span, what it was a span ago, and a sparkline.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/views/chart_column.h"
#include "core/views/view_state.h"

namespace rw {

enum class NumberAggregate { Last, Sum, Avg, Min, Max, Count };

struct NumberInfo {
    ChartColumn value;
    int eventTime = -1;  ///< -1: rows count at the time they arrived
    NumberAggregate aggregate = NumberAggregate::Last;
    Millis span = 300'000;
    std::optional<double> threshold{};
    std::string unit{};
    std::string timeZone = "UTC";
};

struct NumberSnapshot {
    ViewTotals totals;
    std::optional<double> value{};   ///< nothing yet: no value came within the span
    std::optional<double> before{};  ///< the same, one span ago
    std::vector<std::optional<double>>
        sparkline{};  ///< oldest first, equal steps over the span; gaps are empty
};

class NumberView final : public ViewState {
 public:
    static constexpr int kSlices = 60;  ///< of a span; what leaves it leaves by whole slices

    explicit NumberView(NumberInfo info);
    const NumberInfo& info() const { return m_info; }

    /// `arrived` stands for the event time of rows that have none.
    void add(const Batch& batch, Instant arrived);
    NumberSnapshot snapshot() const;

 private:
    struct Slice {
        std::uint64_t count = 0;
        double sum = 0, min = 0, max = 0, last = 0;
        Instant lastTime = kMinTimestamp;
        void add(double value, Instant time);
        void merge(const Slice& other);
    };
    std::optional<double> result(const Slice& slice) const;
    void savePicture(StateWriter& out) const override;
    Status restorePicture(const StateReader& state) override;
    Slice between(std::int64_t first, std::int64_t last) const;

    const NumberInfo m_info;
    const Millis m_sliceLength;
    std::map<std::int64_t, Slice> m_slices;  ///< by time / slice length; two spans of them
};

}  // namespace rw
