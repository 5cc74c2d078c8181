// What tests that are made of rows share, whichever way the rows come: the question, what is expected at a
// node, and the run that says what came.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/validate.h"
#include "core/pipeline_tests/test_file.h"
#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

class PipelineDocument;
struct VariantForTest;

struct MadeTestQuestion {
    Pipeline pipeline{};
    std::shared_ptr<const Catalogue> catalogue{};
    ValidateOptions validating{};
    TrustQuestion trust{};
    std::string file{};                            ///< of the pipeline
    NodeId node{};                                 ///< that is looked at
    std::vector<PipelineTestStep> expectations{};  ///< of its ports, without rows
    std::string name{};                            ///< of the test
    std::map<NodeId, SchemaRef> schemas{};         ///< of the rows of sources, as far as they are known
    std::vector<Variable> set{};                   ///< PipelineTest::set
};

/// Of the document as it is now. `name`: of the test. GUI thread.
MadeTestQuestion madeTestQuestion(const PipelineDocument& document, const NodeId& node,
                                  const std::string& name);

/// The same of a variant: `name` has its own name.
MadeTestQuestion madeTestQuestion(const PipelineDocument& document, const VariantForTest& variant,
                                  const std::string& name);

/// What a test looks at, at a node: each of its ports of rows, or its table. Rows are an empty list.
std::vector<PipelineTestStep> expectationsOf(const PipelineDocument& document, const NodeId& node);

/// The sources above the node that is looked at, of which there is one at least, or an error says so.
Result<std::vector<NodeId>> sourcesAbove(const MadeTestQuestion& question);

/// Adds the last `most` rows of a batch of the source to `rows`, as a test writes them.
void appendTestRows(const Node& source, const Batch& batch, std::size_t most, Json& rows);

/// A test of those steps that happen: behind them all input ends, and what the node gives is what is
/// expected. An error where it can't be run, or fails. Any thread but the GUI's.
Result<PipelineTest> testOfSteps(const MadeTestQuestion& question, PipelineTest test,
                                 const std::atomic<bool>& dropped);

}  // namespace rw::ui
