// Linear trend: the least-squares line through the rows so far, extended.
//
// R. G. Brown, “Smoothing, Forecasting and Prediction of Discrete Time Series” (1963), chapter 9: discounted
// least squares. Sums are kept about their means, and time is counted back from the newest row, so that they
// lose no digits however long the series is.
#pragma once
#include "core/learn/models/forecaster.h"

namespace rw::learn {

struct LinearTrendOptions {
    double halfLife = 0;        ///< rows after which a row counts half; 0: all count alike, for ever
    double errorWeight = 0.01;  ///< least share of an error in the variance of the errors, over 0 to 1
};

/// Features: the value. Outputs: those of a Forecaster. It says nothing before its second row.
ModelFactoryRef linearTrend(const LinearTrendOptions& options);

}  // namespace rw::learn
