// Tests of pipelines as plain data: the content of a .rilltest file, which stands beside the pipeline that it
// tests.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/pipeline/pipeline.h"

namespace rw {

inline constexpr int kTestFormatVersion = 1;
inline constexpr std::string_view kTestEnding = ".rilltest";

/// Limits of one file, so that a hostile one can't hurt; the bytes are limited as those of a pipeline are.
inline constexpr std::size_t kMostTests = 10'000, kMostTestSteps = 10'000, kMostTestRows = 100'000;
inline constexpr std::size_t kLongestTestName = 200, kLongestTestId = 400;  ///< characters
inline constexpr Millis kLongestAdvance = Millis{10 * 366} * 86'400'000;    ///< of one step

/// One step of a test: something that happens to the pipeline, or something that is expected of it.
struct PipelineTestStep {
    enum class Verb {
        Rows,             ///< rows go in at a source, or into the table of a lookup
        Idle,             ///< a source is silent until it counts as idle
        Fail,             ///< a source fails
        Advance,          ///< time passes
        End,              ///< a source ends, or all of them do
        Expect,           ///< rows of a port since the last look at it
        ExpectWatermark,  ///< the watermark of a node
        ExpectLate,       ///< rows that were late at a node since the last look
        ExpectRejected,   ///< rows that a node rejected since the last look
        ExpectWindow,     ///< whether a window of a node is open, or has fired
        ExpectTable,      ///< all rows of the table that a sink would hold
        ExpectFailed      ///< the run has failed at a node
    } verb = Verb::Rows;
    /// The node, or the port as `node.port`; of End empty: all sources.
    std::string at{};
    std::string partition{};                            ///< Rows: of the source; empty: its only one
    std::optional<std::vector<std::string>> columns{};  ///< in this order; nothing: all
    std::optional<Json> rows{};                         ///< a list of lists of cells; `"*"`: any value
    std::optional<std::size_t> count{};                 ///< in place of `rows`
    bool ordered = false;                               ///< the rows come in this order
    double within = 0;                                  ///< DOUBLE may differ by so much
    std::optional<Instant> watermark{};                 ///< ExpectWatermark; nothing: there is none yet
    Millis millis = 0;                                  ///< Advance
    /// Of a window: no row for it has come, it takes rows, or it has shown its complete result.
    enum class Window { NotThere, Open, Fired } window = Window::NotThere;  ///< ExpectWindow
    Instant windowEnd = 0;                                                  ///< ExpectWindow: which one
    bool operator==(const PipelineTestStep&) const = default;
};

/// The name of a verb in the file: “rows”, “expect_late”.
std::string_view testVerb(PipelineTestStep::Verb verb);
bool isExpectation(PipelineTestStep::Verb verb);

struct PipelineTest {
    std::string name{};
    std::vector<Variable> set{};        ///< variables of the pipeline with other values
    Instant clock = 1'704'067'200'000;  ///< wall time at which the run begins: 2024-01-01 00:00:00
    std::vector<PipelineTestStep> steps{};
    bool operator==(const PipelineTest&) const = default;
};

struct PipelineTestFile {
    std::string pipeline{};  ///< the path of the pipeline, from the folder of the test file on
    std::vector<PipelineTest> tests{};
    bool operator==(const PipelineTestFile&) const = default;
};

/// Reads any JSON layout. Errors name line and column (broken JSON), or the path of the value that is wrong.
Result<PipelineTestFile> loadTests(std::string_view text);
/// Two-space indent, a step a line, rows a line each where they don't fit on one, a final newline.
/// load(save(x)) = x.
std::string saveTests(const PipelineTestFile& file);
/// A step as the file writes it.
Json stepJson(const PipelineTestStep& step);

/// The test file beside a pipeline: its path with the other ending.
std::string testsBeside(const std::string& pipeline);
/// The path of the pipeline that the tests in `file` (absolute) are of: in the folder of that file or below
/// it, once links were followed; an error where it is not.
Result<std::string> testedPipeline(const PipelineTestFile& tests, const std::string& file);

}  // namespace rw
