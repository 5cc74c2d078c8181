// How far a value is from the median of the last ones, in median absolute deviations.
//
// B. Iglewicz, D. C. Hoaglin, “How to Detect and Handle Outliers” (1993): the modified z-score
// 0.6745 |x − median| / MAD, over the last `window` rows. Up to half of these may be outliers.
#pragma once
#include "core/learn/models/known_models.h"

namespace rw::learn {

/// Options: `window`, rows that the median is of (100); `band`, half the width of the band in deviations
/// (3.5). Outputs: score, expected, low, high.
ModelFactoryRef robustZ(std::size_t features, const ModelOptions& options);

}  // namespace rw::learn
