// Where a look keeps the rows of a port: the sink of a node type of its own.
#pragma once
#include <cstdint>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// How many of the first rows of a port are kept; all are counted.
struct CollectLimits {
    std::size_t rows = 50'000;
    std::size_t bytes = std::size_t{48} << 20;
};

/// The first rows that came by a port, and how many came. One thread.
class Collector {
 public:
    static constexpr std::size_t kLongestText = std::size_t{4} << 10;  ///< bytes; longer texts are cut

    explicit Collector(CollectLimits limits) : m_limits(limits) {}

    void add(const Batch& batch);
    /// In the order in which they came; batches keep the number of the wire that they came by.
    const std::vector<Batch>& batches() const { return m_batches; }
    std::size_t rows() const { return m_rows; }      ///< kept
    std::uint64_t count() const { return m_count; }  ///< that came
    int ways() const { return m_ways; }              ///< as InputInfo::wires
    void setWays(int ways) { m_ways = ways; }

 private:
    const CollectLimits m_limits;
    std::vector<Batch> m_batches{};
    std::size_t m_rows = 0, m_bytes = 0;
    std::uint64_t m_count = 0;
    int m_ways = 1;
    bool m_full = false;
};

inline constexpr const char* kCollectorType = "look_collector";
inline constexpr const char* kWithStamps = "stamps";  ///< its parameter: rows come with their stamps

/// A sink of any rows; a run with such nodes is one of a LookPlayer, which knows their collectors.
NodeKind collectorKind();

}  // namespace rw
