// Data behind a gauge: the newest value of a column.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/views/chart_column.h"
#include "core/views/view_state.h"

namespace rw {

struct GaugeInfo {
    ChartColumn value;
    int eventTime = -1;         ///< -1: the newest row is the one that came last
    double min = 0, max = 100;  ///< the ends of the scale; finite, in this order
    std::optional<double> threshold{};
    std::string unit{};
    std::string timeZone = "UTC";
    bool updating = false;
};

struct GaugeSnapshot {
    ViewTotals totals;
    std::optional<double> value{};  ///< nothing yet, or all has been taken back
};

/// Of an updating stream all rows that are valid are kept, so that another replaces one that is taken back.
/// Rows of equal time and value look the same here, and are counted: a row taken back needs no key.
class GaugeView final : public ViewState {
 public:
    static constexpr std::size_t kMaxRows = 10'000;  ///< of an updating stream

    explicit GaugeView(GaugeInfo info) : m_info(std::move(info)) {}
    const GaugeInfo& info() const { return m_info; }

    void add(const Batch& batch);
    GaugeSnapshot snapshot() const;

 private:
    struct Rows {
        std::uint64_t count = 0;
        std::uint64_t touched = 0;  ///< number of the update; of equal times the largest is shown
    };
    using Place = std::pair<Instant, double>;  ///< event time, kMinTimestamp without one, and value
    void put(const Place& place);
    void takeBack(const Place& place);
    void fields(StateFields& state) override;

    const GaugeInfo m_info;
    std::map<Place, Rows> m_rows;  ///< of rows that stay as they are the newest alone
    std::uint64_t m_updates = 0;
};

}  // namespace rw
