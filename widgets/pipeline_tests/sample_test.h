// A test made from samples: the first rows of the sources above a node go in, and what the node gives is what
// is expected.
#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "core/pipeline/validate.h"
#include "core/pipeline_tests/test_file.h"
#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

class PipelineDocument;

struct SampleTestQuestion {
    static constexpr std::size_t kRows = 10;  ///< of each source, at most

    Pipeline pipeline{};
    std::shared_ptr<const Catalogue> catalogue{};
    ValidateOptions validating{};
    TrustQuestion trust{};
    std::string file{};                            ///< of the pipeline
    NodeId node{};                                 ///< that is looked at
    std::vector<PipelineTestStep> expectations{};  ///< of its ports, without rows
    std::string name{};                            ///< of the test
};

/// Of the document as it is now. `name`: of the test. GUI thread.
SampleTestQuestion sampleTestQuestion(const PipelineDocument& document, const NodeId& node,
                                      const std::string& name);

/// What a test looks at, at a node: each of its ports of rows, or its table. Rows are an empty list.
std::vector<PipelineTestStep> expectationsOf(const PipelineDocument& document, const NodeId& node);

/// Reads the samples and runs the test; an error says why there is none. Any thread but the GUI's.
Result<PipelineTest> testFromSample(const SampleTestQuestion& question, const std::atomic<bool>& dropped);

}  // namespace rw::ui
