// Detectors of drift: whether the mean of a series has changed, as of the newest row.
#pragma once
#include "core/learn/models/model.h"

namespace rw::learn {

/// Has one feature: the value. score() does not look at its row: it tells what the rows learnt so far say, so
/// that the row in which a change is found can be told of it.
class DriftDetector : public Model {
 public:
    static constexpr std::size_t kFeatures = 1;
    /// Of score(): 1 when the newest row showed a change, else 0; the mean of the rows since the last change
    /// as far as the detector knows (kUnknown before the first row); how many rows that mean is of.
    static constexpr std::size_t kDrift = 0, kMean = 1, kRows = 2, kOutputs = 3;
};

}  // namespace rw::learn
