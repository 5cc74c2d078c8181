// The Page-Hinkley test: whether the values have summed up to far above or below their mean.
//
// E. S. Page, “Continuous Inspection Schemes”, Biometrika 41 (1954); D. V. Hinkley, “Inference about the
// change-point from cumulative sum tests”, Biometrika 58 (1971). Details as in River.
#pragma once
#include "core/learn/models/drift_detector.h"

namespace rw::learn {

struct PageHinkleyOptions {
    double delta = 0.005;      ///< differences from the mean that don't count, in the unit of the value
    double threshold = 50;     ///< sum of the differences at which there is a change
    double keep = 1 - 0.0001;  ///< share of a sum that is left after a row; River's alpha
    std::size_t fewest = 30;   ///< rows before it looks for a change
};

/// Features: the value. Outputs: those of a DriftDetector.
ModelFactoryRef pageHinkley(const PageHinkleyOptions& options);

}  // namespace rw::learn
