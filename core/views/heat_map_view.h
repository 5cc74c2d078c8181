// Data behind a heat map: of each column and row the last value that came.
#pragma once
#include <string>
#include <vector>

#include "core/views/changing_points.h"
#include "core/views/chart_column.h"
#include "core/views/heat_grid.h"
#include "core/views/heat_matrix.h"
#include "core/views/view_state.h"

namespace rw {

/// The columns drawn; fixed for the life of a view.
struct HeatMapInfo {
    ChartColumn x;              ///< a TIMESTAMP, or of numbers; with `diagonal` of any values
    ChartColumn y;              ///< of numbers, which are binned; each other value has a row of its own
    ChartColumn value;          ///< of numbers
    ChartColumn windowStart{};  ///< where rows are results of windows and x is their time: columns begin here
    int eventTime = -1;
    Millis span = 300'000;  ///< x is a time: how much of the newest is shown; 0: all
    std::string timeZone = "UTC";
    bool updating = false;
    std::vector<ChartColumn> key{};  ///< updating: the key of a row; empty: it has none
    bool diagonal = false;           ///< both axes have the values of x and y as categories, in one order
    bool times() const { return x.type.is(TypeId::Timestamp) && !diagonal; }
    HeatAxes axes() const;
};

struct HeatMapSnapshot {
    ViewTotals totals;
    HeatPicture picture;
    std::optional<Instant> openFrom{};  ///< x is event time: from here on all may still change
    std::uint64_t forgotten = 0;        ///< rows of an updating stream that were given up, to stay bounded
};

class HeatMapView final : public ViewState {
 public:
    static constexpr std::size_t kMaxPoints = 20'000;  ///< rows of an updating stream

    explicit HeatMapView(HeatMapInfo info);
    const HeatMapInfo& info() const { return m_info; }

    void add(const Batch& batch);
    /// `query.watermark` is the view's.
    HeatMapSnapshot snapshot(HeatQuery query) const;

 private:
    std::optional<HeatPoint> pointAt(const Batch& batch, std::size_t row) const;
    std::optional<HeatPoint> pairAt(const Batch& batch, std::size_t row) const;
    bool isInSpan(const HeatPoint& point) const;
    void fields(StateFields& state) override;

    const HeatMapInfo m_info;
    const std::vector<ChartColumn> m_named;  ///< updating: the columns that name a row
    HeatGrid m_grid;                         ///< insert-only
    HeatMatrix m_matrix;                     ///< instead, where both axes are of categories
    std::uint64_t m_order = 0;               ///< of its last point
    ChangingPoints<HeatPoint> m_table;       ///< updating: makes a grid when it is looked at
    std::optional<double> m_newest{};        ///< updating: of all x that came
    std::uint64_t m_forgotten = 0;
};

}  // namespace rw
