// The naive forecasts: the last value again, or that of one season ago. What other methods have to beat.
//
// R. J. Hyndman, G. Athanasopoulos, “Forecasting: Principles and Practice” (3rd edition, 2021), sections 5.2
// and 5.5: of a random walk, the variance of an error grows with the number of steps, or of seasons.
#pragma once
#include "core/learn/models/forecaster.h"

namespace rw::learn {

struct LastValueOptions {
    std::size_t season = 0;     ///< rows of a season; under 2: there is none
    double errorWeight = 0.01;  ///< least share of an error in the variance of the errors, over 0 to 1
};

/// Features: the value. Outputs: those of a Forecaster. It says nothing before its first row, or season.
ModelFactoryRef lastValue(const LastValueOptions& options);

}  // namespace rw::learn
