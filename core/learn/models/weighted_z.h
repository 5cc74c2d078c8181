// How far a row is from the exponentially weighted mean, in weighted standard deviations.
//
// T. Finch, “Incremental calculation of weighted mean and variance” (2009), section 9; River's EWMean and
// EWVar with the fading factor `alpha`. The variance is updated from distances, as Welford's: E[x²] − E[x]²
// loses all digits where the mean is large.
#pragma once
#include "core/learn/models/known_models.h"

namespace rw::learn {

/// Options: `alpha`, the weight of the newest row (0.01); `band`, half the width of the band in deviations
/// (3). Outputs: score, expected, low, high. With several features the score is the largest of theirs, and
/// there is no band. Model::explain(): the features less their means, in deviations.
ModelFactoryRef weightedZ(std::size_t features, const ModelOptions& options);

}  // namespace rw::learn
