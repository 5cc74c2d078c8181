// A test made from a tape: its newest rows of the sources above a node, or those of a span, go in, in the
// order and with the pauses in which they came, and what the node gives is what is expected.
#pragma once
#include "core/tape/tape_file.h"
#include "widgets/pipeline_tests/made_test.h"
#include "widgets/pipeline_tests/tape_range.h"

namespace rw::ui {

inline constexpr std::size_t kTapedTestRows = 30;  ///< of all sources together, at most

/// Reads the end of the tape (its path) and runs the test; an error says why there is none. Any thread but
/// the GUI's.
Result<PipelineTest> testFromTape(const MadeTestQuestion& question, const std::string& tape,
                                  const std::atomic<bool>& dropped);
/// The same of one that is open.
Result<PipelineTest> testFromTape(const MadeTestQuestion& question, const TapeFileRef& tape,
                                  const std::atomic<bool>& dropped);
/// All rows of a span of it, kMostTapedRows at most: more are an error.
Result<PipelineTest> testFromTape(const MadeTestQuestion& question, const TapeFileRef& tape, TapeSpan span,
                                  const std::atomic<bool>& dropped);

}  // namespace rw::ui
