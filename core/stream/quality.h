// How good an operator that learns was over its last rows; for the card of its node and for metrics.
#pragma once
#include <cstddef>

namespace rw {

struct Quality {
    enum class Kind {
        None,      ///< it says nothing of itself, or not yet
        Accuracy,  ///< share of the rows whose class was predicted
        Error,     ///< mean of the absolute errors
        Coverage,  ///< share of the values that lay in the band which was given for them
        Anomalies  ///< share of the rows that were found anomalous
    };
    Kind kind = Kind::None;
    double value = 0;
    std::size_t rows = 0;  ///< that it was counted over
};

}  // namespace rw
