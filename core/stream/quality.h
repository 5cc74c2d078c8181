// How good an operator that learns was over its last rows; for the card of its node and for metrics.
#pragma once
#include <cstddef>
#include <cstdint>

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
    double baseline = 0;  ///< of Accuracy, of the same rows: that of always the commonest class so far
    std::size_t rows = 0;  ///< that it was counted over
    std::uint64_t learnt = 0;  ///< rows that its models have had since they began, or were reset
    std::uint64_t warmUp = 0;  ///< rows of a key before its first output; 0: there is no warm-up
    std::uint64_t warm = 0;    ///< keys that have had theirs; 0 without a warm-up
};

}  // namespace rw
