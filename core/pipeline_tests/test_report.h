// The outcomes of tests as text for people, as JSON and as the XML of JUnit.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline_tests/test_run.h"

namespace rw {

/// A file of tests with an outcome for each test that was run.
struct TestFileReport {
    std::string file{};  ///< as it was named
    Status error{};      ///< why no test of it was run
    struct Test {
        std::string name{};
        TestOutcome outcome{};
        PipelineTest test{};
    };
    std::vector<Test> tests{};
};
using TestReport = std::vector<TestFileReport>;

struct TestCounts {
    std::size_t passed = 0, failed = 0, skipped = 0, notRun = 0, brokenFiles = 0;
};
TestCounts testCounts(const TestReport& report);

/// In plain English, what differs of one test, a line for each thing; printable. Nothing of a test that
/// passed.
std::string failureText(const TestFileReport::Test& test);

/// The same for what a Flink was not asked of the test, and why.
std::string notAskedText(const TestFileReport::Test& test);

/// For other programs; differences as lists of cells.
Json reportJson(const TestReport& report);
/// As continuous integration reads it, UTF-8: a suite a file, a case a test. Characters that XML can't have
/// become U+FFFD.
std::string junitXml(const TestReport& report);

}  // namespace rw
