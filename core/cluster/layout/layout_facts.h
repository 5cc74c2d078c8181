// The matches of a pipeline in a graph of Flink's: the node of each operator, and which of its counters say
// how many rows went where.
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/cluster/layout/layout_net.h"

namespace rw {

/// As many rows left by a port as came to these operators, or left them.
struct LayoutCount {
    std::size_t port = 0;
    std::vector<std::size_t> operators{};  ///< the sum of them
    bool in = false;                       ///< rows that came to them; otherwise rows that left them
    /// Rows that left by this port were taken out before, and come on top.
    std::optional<std::size_t> late{};
};

/// Operators through which rows go one by one, to the last of them, which takes late rows out. All but that
/// give as many as they take: when they don't, the counters are of different moments.
struct LayoutGuard {
    std::size_t node = 0;
    std::vector<std::size_t> chain{};
};

struct LayoutWatermark {
    std::size_t port = 0;    ///< whose rows
    std::size_t reader = 0;  ///< the operator takes, and no others
};

struct LayoutFacts {
    std::map<std::size_t, std::set<std::size_t>> operators{};  ///< of nodes: several do the same work
    std::vector<LayoutCount> counts{};
    std::vector<LayoutGuard> guards{};
    std::vector<LayoutWatermark> watermarks{};
};

}  // namespace rw
