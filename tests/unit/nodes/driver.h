// Drives one node by itself: binds it, feeds it batches with stamps and watermarks as a run would, and
// collects its output.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/data/value.h"
#include "core/nodes/catalogue.h"
#include "core/stream/operator.h"
#include "tests/unit/nodes/contract/outside_answers.h"
#include "tests/unit/nodes/contract/sample_rows.h"

namespace rw::test {

struct BoundForTest {
    BoundNodeRef node;  ///< null when it could not be bound
    std::vector<Issue> issues;
    std::string said() const;
};
BoundForTest bindNode(const NodeKind& kind, const Json& params, std::vector<std::vector<StreamType>> inputs,
                      const std::string& folder = "/nowhere");

/// A batch on its way to an input port; its wire is set.
struct Feed {
    int port = 0;
    Batch batch{};
};
/// The same batches for every input port in turn.
std::vector<Feed> feeds(std::size_t ports, const std::vector<Batch>& input);

/// Which input columns the run would build for a node when `wanted` columns of its outputs are read behind
/// it.
std::vector<ColumnSet> columnsRead(const BoundNode& bound, const std::vector<ColumnSet>& wanted,
                                   const std::vector<StreamType>& inputs);
/// Takes away the columns that are not in `read`, one set per port.
std::vector<Feed> withoutUnread(std::vector<Feed> input, const std::vector<ColumnSet>& read);

/// The output of a port.
struct PortLog {
    /// “+I k=a, v=1”, in the order of leaving; with the stamp of rows that are not clean.
    std::vector<std::string> rows;
    std::vector<std::string> keys;  ///< of each row: the key columns of an updating stream
    std::size_t batches = 0;
    Instant watermark = kMinTimestamp;
    /// After how many rows of input it rose, and its new value.
    std::map<std::size_t, Instant> watermarks;

    /// The rows as a multiset; of an updating stream the table that they make, which is a multiset, too,
    /// where no columns name its rows.
    std::vector<std::string> result(const StreamType& stream) const;
};

struct Driven {
    std::vector<PortLog> ports;
    std::vector<std::string> rejected;  ///< sorted
    std::vector<std::string> problems;  ///< breaches of the operator contract
    Status status;
    std::size_t fed = 0;                ///< rows
    std::size_t behind = 0;             ///< rows that left behind a watermark that was sent, and were not made
    std::size_t nullDropped = 0;        ///< rows that a condition dropped because it was NULL for them
    std::size_t held = 0;               ///< rows that waited at once, between two batches
    bool early = false;                 ///< changes left before the watermark had passed their event time
    std::vector<std::string> states{};  ///< DriveOptions::leaves: the states of the instances
};

struct DriveOptions {
    bool nullOnError = false;
    int wires = 1;  ///< at every input port
    std::size_t batchRows = 4096;
    std::vector<ColumnSet> shown{};  ///< of each output port, in the log's rows; empty: all columns
    int instances = 1;               ///< that share the rows by the keys of the node's distribution
    bool combined = false;           ///< rows are added up first (BoundNode::combines)
    bool leaves = false;             ///< behind the last batch a barrier comes, and not the end
    AnswerMood answers = AnswerMood::AtOnce;  ///< how the world answers a node that waits
    unsigned answerSeed = 0;
    const Driven* before = nullptr;  ///< resumes from its states; what it logged comes first
};

/// Feeds `input`, watermarks following as in a run, ends all wires, and resumes while there is more to do,
/// where it must at the times that the operator asks for. Of several instances the rows of one follow those
/// of another, and the watermark is the smallest of theirs.
Driven drive(const NodeKind& kind, const BoundNodeRef& bound, const std::vector<StreamType>& inputs,
             const std::vector<Feed>& input, const DriveOptions& options);

/// Feeds the same batches to every input port in turn, then ends them.
Driven drive(const NodeKind& kind, const BoundNodeRef& bound, const std::vector<StreamType>& inputs,
             const std::vector<Batch>& input, bool nullOnError = false);

}  // namespace rw::test
