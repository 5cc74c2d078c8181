// Drives one node by itself: binds it, feeds it batches with stamps and watermarks as a run would, and
// collects what it sends.
#pragma once
#include <string>
#include <vector>

#include "core/data/value.h"
#include "core/nodes/catalogue.h"
#include "core/stream/operator.h"

namespace rw::test {

using Row = std::vector<Value>;

/// k STRING, v INT, d DOUBLE, b BOOLEAN, ts TIMESTAMP(3), with ts as event time.
StreamType sampleStream();
/// Rows of it, the same for the same seed: NULLs in all columns but ts, keys that repeat, times in disorder.
std::vector<Row> sampleRows(std::size_t count, unsigned seed);

/// Rows of `stream` in batches of `size` rows with an empty batch now and then, stamped in order with a
/// watermark delay of 3 s.
std::vector<Batch> batches(const StreamType& stream, const std::vector<Row>& rows, std::size_t size);

struct BoundForTest {
    BoundNodeRef node;  ///< null when it could not be bound
    std::vector<Issue> issues;
    std::string said() const;
};
BoundForTest bindNode(const NodeKind& kind, const Json& params, std::vector<std::vector<StreamType>> inputs);

/// What left by a port.
struct PortLog {
    std::vector<std::string> rows;  ///< “+I k=a, v=1”, in the order of leaving
    std::vector<std::string> keys;  ///< of each row: the key columns of an updating stream
    std::size_t batches = 0;
    Instant watermark = kMinTimestamp;
    std::vector<std::string> problems;  ///< what the operator contract forbids

    /// The rows as a multiset; of an updating stream the table that they make.
    std::vector<std::string> result(const StreamType& stream) const;
};

struct Driven {
    std::vector<PortLog> ports;
    std::vector<std::string> rejected;  ///< sorted
    Status status;
};

/// Feeds the same batches to every input port in turn, then ends them.
Driven drive(const NodeKind& kind, const BoundNodeRef& bound, const std::vector<StreamType>& inputs,
             const std::vector<Batch>& input, bool nullOnError = false);

}  // namespace rw::test
