// A test made from samples: the first rows of the sources above a node go in, and what the node gives is what
// is expected.
#pragma once
#include "widgets/pipeline_tests/made_test.h"

namespace rw::ui {

inline constexpr std::size_t kSampledTestRows = 10;  ///< of each source, at most

/// Reads the samples and runs the test; an error says why there is none. Any thread but the GUI's.
Result<PipelineTest> testFromSample(const MadeTestQuestion& question, const std::atomic<bool>& dropped);

}  // namespace rw::ui
