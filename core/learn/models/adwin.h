// ADWIN: a window that drops its old rows as soon as their mean differs from that of the new ones.
//
// A. Bifet, R. Gavaldà, “Learning from Time-Changing Data with Adaptive Windowing”, SIAM International
// Conference on Data Mining (2007): ADWIN2, whose window is an exponential histogram. Details as in River.
#pragma once
#include "core/learn/models/drift_detector.h"

namespace rw::learn {

struct AdwinOptions {
    double delta = 0.002;     ///< how likely a change is found where there is none, over 0, under 1
    std::size_t clock = 32;   ///< looks for a change at each row whose number is a multiple
    std::size_t buckets = 5;  ///< of a size, at most
    double leastPart = 5;     ///< rows of each of the two parts that are compared, at least
    double grace = 10;        ///< rows before it looks for a change
};

/// Features: the value. Outputs: those of a DriftDetector.
ModelFactoryRef adwin(const AdwinOptions& options);

}  // namespace rw::learn
