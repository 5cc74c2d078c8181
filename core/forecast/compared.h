// The deployed and the edited pipeline side by side, and whether their nodes stand at the same places.
#pragma once
#include <optional>
#include <vector>

#include "core/forecast/facts.h"
#include "core/forecast/forecast.h"
#include "core/forecast/side.h"

namespace rw::forecasting {

struct Compared {
    const Side& before;
    const Side& now;
    std::vector<std::optional<std::size_t>> of{};     ///< of each node of `now`: what it was
    std::vector<std::optional<std::size_t>> after{};  ///< of each node of `before`: what it is
    std::vector<std::vector<StateChange>> changes{};  ///< of each node of `now` that was there
};
/// Refers to both sides.
Compared compared(const Side& before, const Side& now);

/// Which nodes have a place of their own in the plan of an engine.
enum class Seen {
    /// In Flink's: all but those that pass rows as they are; and where it has an operator for conditions and
    /// columns anyway, of the source or of the window above, but filters and selects.
    FlinkOperators,
    FlinkState,  ///< those of them that keep something
    SparkState   ///< In Spark's: those that keep something there.
};
/// A rank of rows that change, which Spark tells anew for each micro-batch: nothing is kept for it.
bool isRankOfTotals(const SideNode& node);

struct PlaceChange {
    Text what{};              ///< “f” (Filter) is new.
    bool otherNodes = false;  ///< nodes came or went; else they only stand otherwise
};
/// How nodes stand otherwise than before; nothing: they don't. `partBefore`, `partNow`: only among these, by
/// number; empty: among all that take part.
std::optional<PlaceChange> placeChange(const Compared& compared, Seen seen,
                                       const std::vector<bool>& partBefore = {},
                                       const std::vector<bool>& partNow = {});

/// Up to three of the changes, one sentence after the other.
Text reasons(const std::vector<StateChange>& changes);
/// One sentence after the other.
Text followed(Text first, const Text& second);
/// What holds of a node of `now` whoever keeps its state: it has none, is new, or keeps what it has.
NodeForecast plainForecast(const Compared& compared, std::size_t node);

/// Of a node that was there, the changes that make its state another one to Flink.
std::vector<StateChange> flinkChanges(const Compared& compared, std::size_t node);

// One for each keeper: the forecasts of the nodes of `now`, what is refused.
Forecast embeddedForecast(const Compared& compared);
Forecast flinkForecast(const Compared& compared, const ForecastRules& rules);
Forecast planForecast(const Compared& compared, const ForecastRules& rules);
Forecast sparkForecast(const Compared& compared);

}  // namespace rw::forecasting
