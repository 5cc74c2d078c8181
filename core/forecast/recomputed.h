// Nodes whose state can be made anew of the recorded input, where an edit lets them begin empty.
#pragma once
#include <map>
#include <set>

#include "core/forecast/forecast.h"

namespace rw {

/// Of our own engine, where a tape has all of a run's input. Nothing is said of the tape itself.
struct RecomputeForecast {
    /// Those that an edit lets begin empty, and the new nodes above them without which they can't be: they
    /// are recomputed together, or none of them.
    std::set<NodeId> nodes{};
    /// Of the nodes between sources and outputs that lose what they have kept (Forecast::lost): why it can't
    /// be recomputed.
    std::map<NodeId, Text> refused{};
};

/// `known` is forecast() of the same two pipelines. The rows that a recomputed node has counted up to the
/// last checkpoint, and those that come to it from then on, are together all rows of the edited pipeline,
/// each once: a source above it is unchanged, and what keeps its state, or its watermark, above it would have
/// the same in the edited pipeline, or is recomputed as well; the time zone is unchanged; likewise what has
/// counted its rows, where these may be taken back. An error where forecast() gives one. Pure but for the
/// files that validate() looks at.
Result<RecomputeForecast> recomputable(ForecastOf deployed, ForecastOf edited, const Catalogue& catalogue,
                                       const Forecast& known);

/// “recomputed”: the word that stands everywhere for it, as stateFateText() has the others.
Text recomputedText();

}  // namespace rw
