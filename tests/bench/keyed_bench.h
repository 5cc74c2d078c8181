// Shared by benches of nodes with one input: bids as they come from a source, a node's output for them, and
// the rate at which a node takes rows.
#pragma once
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"

namespace rw::bench {

struct BenchStream {
    StreamType type{};
    std::vector<Batch> batches{};
};

/// 10 000 a second of event time, one in twenty up to `disorder` out of order: auction, bidder, price BIGINT,
/// channel STRING, load DOUBLE, ts TIMESTAMP(3).
BenchStream bidStream(Millis disorder);
/// The rows of a node's first port for them, with its watermarks.
BenchStream behind(const char* type, const Json& params, const BenchStream& input);

/// Measures nodes on one core, from batches in memory to results.
class KeyedBench {
 public:
    /// With an argument only those whose names hold it are measured.
    KeyedBench(int argc, char** argv) : m_wanted(argc > 1 && argv[1][0] != '-' ? argv[1] : "") {}
    bool wants(const std::string& name) const { return name.find(m_wanted) != std::string::npos; }
    /// Prints the best of three rounds, beside the time for reading the columns that the node reads. Gives
    /// the rows per second of the processor of the best; 0: not wanted.
    double measure(const char* name, const BenchStream& input, const Json& params,
                   const char* type = "window_aggregate") const;

 private:
    std::string m_wanted;
};

}  // namespace rw::bench
