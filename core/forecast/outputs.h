// What an edit means for the rows of sinks and charts when our own engine goes on from a checkpoint: which
// stay, and what new ones are like. Of the state of nodes forecast.h tells.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/forecast/forecast.h"

namespace rw {

enum class OutputFate {
    GoesOn,      ///< its rows stay, new ones go where they are
    BeginsAnew,  ///< a chart: what it shows is dropped
    Elsewhere,   ///< new rows go to another file, table or topic
    New,         ///< the deployed pipeline does not have it
    Ends         ///< the edited pipeline does not have it, or it is disabled there
};
/// In English, as --json has it: "goes-on", "begins-anew", "elsewhere", "new", "ends".
std::string_view outputFateName(OutputFate fate);

struct OutputForecast {
    NodeId node{};        ///< its id in the edited pipeline; of one that ends, in the deployed one
    std::string title{};  ///< as people see it
    OutputFate fate = OutputFate::GoesOn;
    /// The edit is refused, or may be, for what the output writes to: `what` says when.
    bool mayBeRefused = false;
    Text what{};  ///< sentences: which rows stay, what new ones are like, when the edit is refused
};

/// Of each sink and chart that the edit reaches: it was changed itself, came or went, or a node above it was.
/// First those of the edited pipeline, sources first, then those that end. None: no output is reached.
/// `states`: what forecast() tells of the same two pipelines by StateKeeper::Embedded. Errors and purity are
/// those of forecast().
Result<std::vector<OutputForecast>> outputForecasts(ForecastOf deployed, ForecastOf edited,
                                                    const Catalogue& catalogue, const Forecast& states);

}  // namespace rw
