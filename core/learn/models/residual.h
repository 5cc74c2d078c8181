// How far a value is from its forecast, in standard deviations of the forecast's errors.
#pragma once
#include "core/learn/models/forecaster.h"

namespace rw::learn {

/// Of a factory of forecasters. Outputs as those of weightedZ(): score, expected, low, high; `band` is half
/// the width of the band in deviations.
ModelFactoryRef residualOf(ModelFactoryRef forecaster, double band);

}  // namespace rw::learn
