// Half-space trees: how few of the recent rows are where this one is. Trees that are random cuts of the space
// count the rows of a window in each half, and of its half, and so on; the counts of the window before score
// the rows of this one.
//
// S. C. Tan, K. M. Ting, T. F. Liu, “Fast Anomaly Detection for Streaming Data”, IJCAI 2011. As in River, a
// feature is picked by how much of its range is left, and a cut keeps off the ends of that.
#pragma once
#include <vector>

#include "core/learn/models/model.h"

namespace rw::learn {

struct HalfSpaceOptions {
    /// The ends of a feature's range.
    struct Range {
        double low = 0, high = 1;
    };
    /// Where an inner node cuts: rows with a smaller value go to the left.
    struct Cut {
        std::size_t feature = 0;
        double at = 0;
    };
    std::size_t features = 1;
    std::size_t trees = 25;
    std::size_t height = 8;    ///< of a tree: 1 to 15
    std::size_t window = 250;  ///< rows that are counted before they score others, at least 1
    /// One for each feature; none: those of the first window's rows, and half as much on either side.
    std::vector<Range> ranges{};
    /// The cuts of all trees, instead of random ones; each tree has 2^height − 1, node n before 2n and 2n
    /// + 1. To compare with trees of others.
    std::vector<Cut> cuts{};
};

/// Outputs: the score, from 0 (among many) to 1 (alone). Unknown for the rows of the first window.
ModelFactoryRef halfSpaceTrees(const HalfSpaceOptions& options);

}  // namespace rw::learn
