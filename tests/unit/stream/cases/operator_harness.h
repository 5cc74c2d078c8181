// Drives one operator without the runtime, and watches that it keeps the contract of core/stream/operator.h.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/operator.h"

namespace rw::test {

/// A node bound for some input streams (one wire a port), or the issues that kept it from being.
struct BoundForTest {
    BoundNodeRef bound;
    std::vector<Issue> issues;
};
BoundForTest bindNode(const NodeKind& kind, Json params, const std::vector<StreamType>& inputs);

/// The context that a single instance with one input gets.
MakeContext contextFor(const StreamType& input, int wires = 1, std::size_t batchRows = 4096);

/// Has the state that an operator keeps beyond so many bytes in files of memory; 0: in none. `outputs`: these
/// files; null: some of their own.
MakeContext spilling(MakeContext context, std::uint64_t bytes,
                     std::shared_ptr<OutputFiles> outputs = nullptr);

using TextRows = std::vector<std::vector<std::string>>;
/// Builds a batch from rows of text, as CSV would: an empty cell is NULL. A wrong cell ends the program.
Batch textBatch(const SchemaRef& schema, const TextRows& rows);

/// A row as text, cells separated by “|”, NULL as “∅”.
std::string lineOf(const Batch& batch, std::size_t row);

class OperatorHarness : public Output {
 public:
    /// `outputs`: the streams at the output ports.
    OperatorHarness(std::unique_ptr<Operator> tested, std::vector<StreamType> outputs);
    /// Makes the operator of a bound node.
    OperatorHarness(const NodeKind& kind, const BoundNode& bound, const MakeContext& context);

    void send(const Batch& batch, int port = 0);
    /// The smallest watermark over the inputs rose; a smaller one is ignored, as the runtime would.
    void advance(Instant watermark);
    /// The time has come that Operator::wakesAt() gave.
    void wake();
    /// All inputs have ended.
    void end();

    /// Rows of a port in the order in which they were emitted; of an updating stream with the kind in front.
    const std::vector<std::string>& lines(int port) { return m_lines[port]; }
    /// The table that the rows of a port add up to, sorted.
    std::vector<std::string> table(int port);
    const std::vector<std::string>& rejected() const { return m_rejected; }
    std::size_t lateCount() const { return m_lateCount; }
    Millis largestLateBy() const { return m_largestLateBy; }
    Operator& tested() { return *m_tested; }
    /// The newest watermark of a port; kMinTimestamp: none.
    Instant watermarkOf(int port) const;
    /// Breaches of the contract: watermarks that went back, made rows behind the watermark, wrong column
    /// counts, batches that were too large, updates of rows that are not there or whose two rows left in two
    /// batches, calls that emitted more than a few batches or sent a watermark and had more to do. Empty:
    /// none.
    const std::vector<std::string>& breaches() const { return m_breaches; }
    /// Calls of the operator so far, and those among them that brought it input: the others resumed its
    /// work.
    std::size_t calls() const { return m_calls; }
    std::size_t sent() const { return m_sent; }
    /// At most so many calls more: the rest is left undone, as when a run is stopped.
    void stopAfter(std::size_t calls) { m_callsLeft = calls; }
    std::size_t largestBatch = 4096;  ///< rows that a batch of made rows may have
    /// Characters of the lines of the largest batch, and of all that one call emitted, so far.
    std::size_t mostOfBatch() const { return m_mostOfBatch; }
    std::size_t mostOfCall() const { return m_mostOfCall; }

    void emit(int port, Batch batch) override;
    void watermark(int port, Instant watermark) override;
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override;
    void countLate(std::size_t rows, Millis largest) override;

 private:
    /// Makes a call and the calls that follow from it, as the runtime does: resume() until nothing is left to
    /// do. `rows`: those that the call brings.
    template <class Call>
    void run(std::size_t rows, Call first);
    void check(const Status& status);
    void change(int port, RowKind kind, const std::string& line);

    std::unique_ptr<Operator> m_tested;
    std::vector<StreamType> m_outputs;
    std::map<int, std::vector<std::string>> m_lines;
    std::map<int, std::map<std::string, int>> m_tables;  ///< how often each row is there
    std::map<int, Instant> m_watermarks;
    std::vector<std::string> m_rejected, m_breaches;
    std::size_t m_lateCount = 0, m_calls = 0, m_sent = 0, m_callsLeft = static_cast<std::size_t>(-1);
    std::size_t m_emitted = 0;     ///< rows of the call that is being made
    std::size_t m_characters = 0;  ///< of the lines of these
    std::size_t m_mostOfBatch = 0, m_mostOfCall = 0;
    bool m_watermarkSent = false;  ///< by that call
    Millis m_largestLateBy = 0;
    Instant m_inputWatermark = kMinTimestamp;
};

}  // namespace rw::test
