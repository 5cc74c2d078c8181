// See forecaster.h. The quantile of the normal distribution is found by halving its interval: erfc is exact
// enough, and a node asks once.
#include "core/learn/models/forecaster.h"

#include <cmath>

namespace rw::learn {

void Forecaster::score(const Example&, std::span<double> outputs) const {
    Forecast next;
    forecast({&next, 1});
    outputs[kExpected] = next.mean;
    outputs[kDeviation] = next.deviation;
}

double bandWidth(double coverage) {
    double low = 0, high = 40;
    for (int halved = 0; halved < 100; ++halved) {
        const double middle = (low + high) / 2;
        // The share of errors that are beyond `middle` on either side.
        (std::erfc(middle / std::sqrt(2.0)) > 1 - coverage ? low : high) = middle;
    }
    return high;
}

}  // namespace rw::learn
