// The pipeline of a test as a Flink gets it: only what lies above the ports that are asked, with files of the
// test's rows in place of the sources, and queries in place of the sinks.
#pragma once
#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "core/compare/asked_steps.h"
#include "core/deploy/translation.h"
#include "core/pipeline_tests/test_plan.h"

namespace rw {

/// In the order in which its functions stand. What it was made of outlives it.
class FlinkTestPipeline {
 public:
    FlinkTestPipeline(const TestedPipeline& tested, const PipelineTest& test)
        : m_tested(tested), m_test(test), m_timePasses(letsTimePass(test)) {}

    /// What is asked, by the steps and by the nodes above their ports. An error: a mistake in the test or the
    /// pipeline.
    Result<AskedTest> make();
    /// Once something is asked: runs the test here as far as its rows go, for its sources decide which rows
    /// they are. An error: a mistake in the test, a node that no test runs, or the run fails here.
    Status readRows(const std::atomic<bool>* cancelled);
    /// An error: a node can't be there. Models are read: readRows() has seen to it that they may be.
    Status translate();
    /// Copies of the rows into the folder `staged`.
    Status writeRows(const std::string& staged) const;

    const Pipeline& pipeline() const { return m_pipeline; }
    const ValidateOptions& options() const { return m_options; }
    const Validated& validated() const { return m_validated; }
    const Translation& translation() const { return m_translation; }
    /// The rows that reach a probe.
    const StreamType* typeAt(const NodeId& probe) const;
    /// Of a probe of a table: the columns of an upsert; none: it has no such key.
    std::vector<int> keyAt(const NodeId& probe) const;
    /// Nodes above these probes whose rows need not be the same there.
    std::vector<Text> mayDiffer(const std::vector<NodeId>& probes) const;

 private:
    bool isSource(const Node& node) const;
    const std::string& portOf(const Node& source) const;  ///< that of the rows that it could read
    /// Whether a step takes rows from that port.
    bool looksAtSource(const PipelineTestStep& step) const;
    std::vector<Node> sourcesAbove(const std::vector<NodeId>& probes) const;
    /// Why the rows at a step's probes can't be asked; empty: they can.
    Text inTheWay(const AskedStep& one) const;
    Text inTheWayAbove(const NodeId& probe) const;
    /// A file of the source's rows, under its id.
    Node standIn(const Node& source) const;

    const TestedPipeline& m_tested;
    const PipelineTest& m_test;
    const bool m_timePasses;
    ValidateOptions m_options{};
    ProbedPipeline m_probed{};
    Validated m_whole{};            ///< of m_probed
    std::vector<Node> m_sources{};  ///< of the pipeline, above what is asked
    std::vector<Json> m_rows{};     ///< of each of them, cells as a test has them
    Pipeline m_pipeline{};
    Validated m_validated{};
    Translation m_translation{};
};

}  // namespace rw
