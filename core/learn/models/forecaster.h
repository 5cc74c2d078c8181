// Models of a series: what comes next, step by step, and how sure that is.
#pragma once
#include <span>

#include "core/learn/models/model.h"

namespace rw::learn {

/// What a model says of one step ahead: kUnknown each where it can't say yet.
struct Forecast {
    double mean = kUnknown;
    double deviation = kUnknown;  ///< standard deviation of the error of `mean`
};

/// Has one feature: the value. The rows are its steps.
class Forecaster : public Model {
 public:
    static constexpr std::size_t kFeatures = 1;
    /// Of score(): the mean that was expected of the row, and its standard deviation.
    static constexpr std::size_t kExpected = 0, kDeviation = 1, kOutputs = 2;

    /// Writes the forecasts of the next rows, the first of `steps` being the row after the newest.
    virtual void forecast(std::span<Forecast> steps) const = 0;

    /// `steps` rows are missing: the next row is so much later.
    virtual void skip(std::uint64_t steps) = 0;

    void score(const Example& row, std::span<double> outputs) const final;
};

/// How many standard deviations a band with `coverage` (over 0, under 1) of a normal error reaches to each
/// side: 1.645 for 0.9.
double bandWidth(double coverage);

}  // namespace rw::learn
