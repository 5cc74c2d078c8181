// Detectors of drift: whether the mean of a series has changed, as of the newest row.
#pragma once
#include "core/learn/models/model.h"

namespace rw::learn {

/// Has one feature: the value.
class DriftDetector : public Model {
 public:
    static constexpr std::size_t kFeatures = 1;
    /// Of score(): 1 when the row shows a change, else 0; the mean of the rows since the last change that the
    /// detector knows, this one included; how many rows that mean is of.
    static constexpr std::size_t kDrift = 0, kMean = 1, kRows = 2, kOutputs = 3;
};

}  // namespace rw::learn
