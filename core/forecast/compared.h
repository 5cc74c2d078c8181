// The deployed and the edited pipeline side by side, and whether their nodes are at the same places.
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
    std::vector<std::optional<std::size_t>> of{};     ///< of each node of `now`: its node in `before`
    std::vector<std::optional<std::size_t>> after{};  ///< of each node of `before`: its node in `now`
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
/// A rank of an updating stream, which Spark computes again for each micro-batch: it has no state.
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
/// The forecast for a node of `now` with any engine: it has no state, is new, or keeps its state.
NodeForecast plainForecast(const Compared& compared, std::size_t node);

/// Of a node that was there, the changes that make its state another one to Flink.
std::vector<StateChange> flinkChanges(const Compared& compared, std::size_t node);

// One for each engine that keeps state: the forecasts of the nodes of `now`, and the refusals.
Forecast embeddedForecast(const Compared& compared);
Forecast flinkForecast(const Compared& compared, const ForecastRules& rules);
Forecast planForecast(const Compared& compared, const ForecastRules& rules);
Forecast sparkForecast(const Compared& compared);

}  // namespace rw::forecasting
