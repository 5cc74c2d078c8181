#include "app/cli/pipeline_tests/test_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "app/cli/engine_commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "core/base/table_text.h"
#include "core/base/whole_file.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline_tests/test_report.h"

namespace rw::cli {

namespace {

namespace fs = std::filesystem;
using State = TestOutcome::State;

constexpr std::size_t kMostTestFiles = 10'000;

/// The test files in a folder and below it, by name. Links to folders are not followed.
Result<std::vector<std::string>> testFilesIn(const std::string& folder) {
    std::vector<std::string> found;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, failed),
         end;
         !failed && at != end && found.size() <= kMostTestFiles; at.increment(failed)) {
        std::error_code ignored;
        if (at->path().extension() == kTestEnding && at->is_regular_file(ignored))
            found.push_back(at->path().native());
    }
    if (failed) {
        return Status(ErrorCode::Io,
                      RW_TEXT("pipeline_tests", "The folder “%1” can't be searched for tests: %2.")
                          .with(folder, failed.message()));
    }
    if (found.empty() || found.size() > kMostTestFiles) {
        return Status(ErrorCode::NotFound,
                      found.empty()
                          ? RW_TEXT("pipeline_tests", "There are no tests in “%1”.").with(folder)
                          : RW_TEXT("pipeline_tests", "There are too many tests in “%1”.").with(folder),
                      RW_TEXT("pipeline_tests", "Tests are in files that end in .rilltest."));
    }
    std::sort(found.begin(), found.end());
    return found;
}

Result<std::vector<std::string>> testFilesOf(const std::vector<std::string>& words) {
    std::vector<std::string> files;
    for (const std::string& word : words) {
        std::error_code ignored;
        if (fs::is_directory(word, ignored)) {
            RW_TRY_ASSIGN(const std::vector<std::string> found, testFilesIn(word));
            files.insert(files.end(), found.begin(), found.end());
        } else {
            files.push_back(fs::path(word).extension() == ".rill" ? testsBeside(word) : word);
        }
    }
    return files;
}

/// A file of tests as it is on disk, and what it says.
struct ReadTests {
    std::string text{};
    PipelineTestFile tests{};
};

Result<ReadTests> readTests(const std::string& file) {
    ReadTests out;
    RW_TRY_ASSIGN(out.text, readPipelineText(file));
    RW_TRY_ASSIGN(out.tests, loadTests(out.text));
    return out;
}

/// Puts the tests as they came in place of those that failed. An error where the file was changed meanwhile.
Status update(const std::string& file, ReadTests read, const TestFileReport& report) {
    bool changed = false;
    for (const TestFileReport::Test& done : report.tests) {
        if (done.outcome.state != State::Failed || done.outcome.asItCame == done.test) continue;
        for (PipelineTest& test : read.tests.tests) {
            if (test.name == done.name) test = done.outcome.asItCame;
        }
        changed = true;
    }
    if (!changed) return {};
    RW_TRY_ASSIGN(const std::string now, readPipelineText(file));
    if (now != read.text) {
        return {
            ErrorCode::Invalid,
            RW_TEXT("pipeline_tests", "“%1” was changed while its tests ran: it was not updated.").with(file),
            RW_TEXT("pipeline_tests", "Run them again.")};
    }
    const std::string text = saveTests(read.tests);
    RW_TRY(loadTests(text).status());
    return writePipelineText(text, file);
}

/// Whether a failed test is as it came once its file is written.
bool canBeUpdated(const TestFileReport::Test& test) {
    return test.outcome.state == State::Failed && !(test.outcome.asItCame == test.test);
}

class TestPrinter {
 public:
    explicit TestPrinter(const TestCommand& command) : m_command(command) {}

    void add(const TestFileReport& file) {
        m_text += printableLine(file.file) + "\n";
        if (!file.error.ok()) m_text += "  error: " + printableLine(english(file.error.error())) + "\n";
        for (const TestFileReport::Test& test : file.tests) {
            m_text += fmt::format("  {} {}\n", word(test), printableLine(test.name));
            m_text += indent(failureText(test) + notAskedText(test));
        }
    }
    std::string finish(const TestCounts& counts) {
        m_text += fmt::format("passed: {}, failed: {}", counts.passed, counts.failed);
        if (counts.skipped > 0) m_text += fmt::format(", skipped: {}", counts.skipped);
        if (counts.notRun > 0) m_text += fmt::format(", not run: {}", counts.notRun);
        if (counts.brokenFiles > 0) m_text += fmt::format(", broken files: {}", counts.brokenFiles);
        return m_text + "\n";
    }

 private:
    std::string_view word(const TestFileReport::Test& test) const {
        if (test.outcome.state == State::Passed) return "passed ";
        if (test.outcome.state == State::Skipped) return "skipped";
        if (test.outcome.state == State::NotRun) return "not run";
        return m_command.update && canBeUpdated(test) ? "updated" : "failed ";
    }
    static std::string indent(const std::string& text) {
        std::string out;
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t end = text.find('\n', from);
            out += "    " + text.substr(from, end - from) + "\n";
            from = end + 1;
        }
        return out;
    }

    const TestCommand& m_command;
    std::string m_text{};
};

/// `elsewhere`: runs the tests; null: they run here.
TestFileReport testFile(const std::string& file, const TestCommand& command, const RunsTest& elsewhere) {
    TestFileReport report;
    report.file = file;
    Result<ReadTests> read = readTests(file);
    report.error = read.status();
    if (!read.ok()) return report;
    std::error_code ignored;
    const Result<std::string> path = testedPipeline(read->tests, fs::absolute(file, ignored).native());
    report.error = path.status();
    if (!path.ok()) return report;
    const Result<TestedPipeline> tested = readTested(*path, catalogue());
    report.error = tested.status();
    if (!tested.ok()) return report;
    for (const PipelineTest& test : read->tests.tests) {
        if (test.name.find(command.filter) == std::string::npos) continue;
        report.tests.push_back(
            {test.name, elsewhere ? elsewhere(*tested, test) : runTest(*tested, test), test});
    }
    if (command.update) report.error = update(file, *std::move(read), report);
    return report;
}

Status writeJunit(const std::string& path, const TestReport& report) {
    const WrittenWhole written = writeWhole(path, junitXml(report), FileReaders::Usual);
    const std::error_code& why = written.failed ? written.failed : written.unsynced;
    if (!why) return {};
    return {ErrorCode::Io, RW_TEXT("pipeline_tests", "“%1” can't be written: %2.").with(path, why.message())};
}

int statusOf(const TestReport& report, bool updated) {
    int status = 0;
    for (const TestFileReport& file : report) {
        if (!file.error.ok()) return 2;
        for (const TestFileReport::Test& test : file.tests) {
            if (test.outcome.state == State::NotRun) return 2;
            if (test.outcome.state == State::Failed && !(updated && canBeUpdated(test))) status = 1;
        }
    }
    return status;
}

int failed(const Status& status) {
    printMessage("error", english(status.error()));
    return 2;
}

}  // namespace

int test(const TestCommand& command, const WithQt& withQt) {
    RunsTest elsewhere;
    if (command.onFlink) {
        Result<RunsTest> found = withQt.testsOnFlink(command.target);
        if (!found.ok()) return failed(found.status());
        elsewhere = *std::move(found);
    }
    const Result<std::vector<std::string>> files = testFilesOf(command.files);
    if (!files.ok()) return failed(files.status());
    TestReport report;
    TestPrinter printer(command);
    for (const std::string& file : *files) {
        report.push_back(testFile(file, command, elsewhere));
        printer.add(report.back());
    }
    const TestCounts counts = testCounts(report);
    if (const Status told =
            writeOut(command.json ? indented(reportJson(report)) + "\n" : printer.finish(counts));
        !told.ok()) {
        return failed(told);
    }
    if (!command.junit.empty()) {
        if (const Status written = writeJunit(command.junit, report); !written.ok()) return failed(written);
    }
    if (counts.passed + counts.failed + counts.skipped + counts.notRun + counts.brokenFiles == 0) {
        return failed(
            {ErrorCode::NotFound,
             command.filter.empty()
                 ? RW_TEXT("pipeline_tests", "There are no tests in these files.")
                 : RW_TEXT("pipeline_tests", "No test has “%1” in its name.").with(command.filter)});
    }
    return statusOf(report, command.update);
}

}  // namespace rw::cli
