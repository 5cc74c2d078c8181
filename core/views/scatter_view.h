// Data behind a scatter chart: the newest points, or those of the table that an updating stream describes.
#pragma once
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/views/changing_points.h"
#include "core/views/chart_column.h"
#include "core/views/view_state.h"

namespace rw {

/// The columns drawn; fixed for the life of a view.
struct ScatterInfo {
    ChartColumn x;         ///< of numbers, or a TIMESTAMP
    ChartColumn y;         ///< of numbers
    ChartColumn series{};  ///< not present: points of one sort
    int eventTime = -1;
    std::size_t keep = 10'000;  ///< points
    std::string unit{};         ///< of y
    std::string timeZone = "UTC";
    bool updating = false;
    std::vector<ChartColumn> key{};  ///< updating: the key of a row; empty: it has none
    bool times() const { return x.type.is(TypeId::Timestamp); }
};

struct ScatterPoint {
    double x = 0, y = 0;
    std::size_t series = 0;  ///< its place; ScatterView::kMaxSeries: of a series without a name
    bool operator==(const ScatterPoint&) const = default;
};

struct ScatterSnapshot {
    ViewTotals totals;
    std::vector<ScatterPoint> points;  ///< the newest last
    std::vector<std::string> series;   ///< in the order in which they appeared, which they keep
    bool others = false;               ///< there were more of them
    std::uint64_t forgotten = 0;       ///< points given up because there were more than are kept
};

class ScatterView final : public ViewState {
 public:
    static constexpr std::size_t kMaxSeries = 8;  ///< the points of all further ones are those of others

    explicit ScatterView(ScatterInfo info);
    const ScatterInfo& info() const { return m_info; }

    void add(const Batch& batch);
    ScatterSnapshot snapshot() const;

 private:
    std::optional<ScatterPoint> pointAt(const Batch& batch, std::size_t row);
    std::size_t place(const Batch& batch, std::size_t row);
    void bound();
    void fields(StateFields& state) override;
    /// Points that were restored, with the names of their rows; false: they can't be.
    bool take(const std::vector<ScatterPoint>& points, std::vector<std::string> names);
    std::vector<ScatterPoint> points() const;  ///< under the lock

    const ScatterInfo m_info;
    const std::vector<ChartColumn> m_named;  ///< updating: the columns that name a row
    std::deque<ScatterPoint> m_newest;       ///< insert-only: newest last
    ChangingPoints<ScatterPoint> m_table;    ///< updating
    std::vector<std::string> m_series;
    std::unordered_map<std::string, std::size_t> m_places;
    bool m_others = false;
    std::uint64_t m_forgotten = 0;
    std::string m_label;
};

}  // namespace rw
