// Holt-Winters: exponential smoothing of a level, a trend and a season, each added to the others.
//
// P. R. Winters, “Forecasting sales by exponentially weighted moving averages”, Management Science 6 (1960);
// the deviation of the forecasts: R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder, “Forecasting with
// Exponential Smoothing” (2008), section 6.3, model ETS(A,A,A).
#pragma once
#include "core/learn/models/forecaster.h"

namespace rw::learn {

struct HoltWintersOptions {
    double alpha = 0.3;         ///< share of a row in the level, over 0 to 1
    double beta = 0.05;         ///< share of a step in the trend, 0 to 1; 0: there is no trend
    double gamma = 0.1;         ///< share of a row in its place of the season, 0 to 1
    std::size_t season = 0;     ///< rows of a season; under 2: there is none
    double errorWeight = 0.01;  ///< least share of an error in the variance of the errors, over 0 to 1
    /// Starts as River 0.26 does, to compare with it: after one season, with its mean, the mean of its
    /// differences, and value / mean as the places of the season.
    bool startsAsRiver = false;
};

/// Features: the value. Outputs: those of a Forecaster. It says nothing before its start: the first two
/// seasons of rows, or the first two rows where there is no season.
ModelFactoryRef holtWinters(const HoltWintersOptions& options);

}  // namespace rw::learn
