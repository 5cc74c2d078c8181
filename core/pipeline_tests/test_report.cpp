#include "core/pipeline_tests/test_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/base/table_text.h"
#include "core/pipeline/json/json_layout.h"

namespace rw {

namespace {

constexpr std::size_t kMostLines = 20;  // of one kind of difference

std::string kindName(RowMismatch::Kind kind) {
    switch (kind) {
        case RowMismatch::Kind::Missing:
            return "missing";
        case RowMismatch::Kind::Unexpected:
            return "unexpected";
        case RowMismatch::Kind::Changed:
            break;
    }
    return "changed";
}

/// A changed cell as “expected → got”.
std::vector<std::string> cellsOf(const RowMismatch& row) {
    if (row.kind == RowMismatch::Kind::Missing) return row.expected;
    std::vector<std::string> cells = row.got;
    for (std::size_t i = 0; i < row.differs.size(); ++i) {
        if (row.differs[i]) cells[i] = row.expected[i] + " → " + row.got[i];
    }
    return cells;
}

std::string countLine(std::size_t missing, std::size_t unexpected, std::size_t changed) {
    return fmt::format("missing (-): {}, unexpected (+): {}, changed (~): {}", missing, unexpected, changed);
}

/// Indented by four.
std::string fourIn(const std::string& lines) {
    std::string out;
    for (std::size_t from = 0, end = 0; from < lines.size(); from = end + 1) {
        end = std::min(lines.find('\n', from), lines.size());
        out += "    " + lines.substr(from, end - from) + "\n";
    }
    return out;
}

std::string rowsText(const RowMismatches& rows) {
    if (rows.none()) return {};
    std::vector<std::vector<std::string>> table{{" "}};
    for (const std::string& column : rows.columns) table.front().push_back(printableLine(column));
    std::size_t shown[3] = {0, 0, 0};
    for (const RowMismatch& row : rows.rows) {
        if (++shown[static_cast<std::size_t>(row.kind)] > kMostLines) continue;
        std::vector<std::string> line{row.kind == RowMismatch::Kind::Missing      ? "-"
                                      : row.kind == RowMismatch::Kind::Unexpected ? "+"
                                                                                  : "~"};
        for (const std::string& cell : cellsOf(row)) line.push_back(printableLine(cell));
        table.push_back(std::move(line));
    }
    return fourIn(tableText(table) + countLine(rows.missing, rows.unexpected, rows.changed) + "\n");
}

/// A text about a step, or about the end of the test.
std::string stepLine(const TestFileReport::Test& test, std::size_t number, const Text& message) {
    if (number >= test.test.steps.size()) return printableLine(english(message)) + "\n";
    const PipelineTestStep& step = test.test.steps[number];
    return printableLine(fmt::format("step {}, {} {}: {}", number + 1, testVerb(step.verb), step.at,
                                     english(message))) +
           "\n";
}

/// Text of XML: what it can't have is replaced.
std::string xmlText(std::string_view text) {
    std::string out;
    for (const char c : printable(std::string(text))) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\n':
                out += "&#10;";
                break;
            case '\t':
                out += "&#9;";
                break;
            default:
                out += c;
        }
    }
    // Of what printable() leaves, XML lacks U+FFFE and U+FFFF alone.
    for (const std::string_view never : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
        for (std::size_t at = out.find(never); at != std::string::npos; at = out.find(never, at + 3))
            out.replace(at, never.size(), "\xEF\xBF\xBD");
    }
    return out;
}

std::string caseXml(const TestFileReport& file, const TestFileReport::Test& test) {
    std::string out = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"",
                                  xmlText(file.file), xmlText(test.name), test.outcome.seconds);
    const std::string unasked = notAskedText(test);
    if (test.outcome.state == TestOutcome::State::Passed && unasked.empty()) return out + "/>\n";
    out += ">\n";
    if (test.outcome.state == TestOutcome::State::Skipped) {
        return out + fmt::format("      <skipped message=\"{}\"/>\n    </testcase>\n", xmlText(unasked));
    }
    const std::string told =
        unasked.empty() ? "" : fmt::format("      <system-out>{}</system-out>\n", xmlText(unasked));
    if (test.outcome.state == TestOutcome::State::Passed) return out + told + "    </testcase>\n";
    const bool failed = test.outcome.state == TestOutcome::State::Failed;
    const std::string text = failureText(test);
    const std::string head = text.substr(0, text.find('\n'));
    return out +
           fmt::format("      <{0} message=\"{1}\">{2}</{0}>\n", failed ? "failure" : "error", xmlText(head),
                       xmlText(text)) +
           told + "    </testcase>\n";
}

Json failureJson(const TestFailure& failure) {
    Json out{{"step", failure.step + 1}, {"message", english(failure.message)}};
    if (failure.rows.none()) return out;
    const RowMismatches& rows = failure.rows;
    out["columns"] = rows.columns;
    out["missing"] = rows.missing;
    out["unexpected"] = rows.unexpected;
    out["changed"] = rows.changed;
    out["rows"] = Json::array();
    for (const RowMismatch& row : rows.rows) {
        Json one{{"kind", kindName(row.kind)}};
        if (!row.expected.empty()) one["expected"] = row.expected;
        if (!row.got.empty()) one["got"] = row.got;
        if (!row.differs.empty()) one["differs"] = row.differs;
        out["rows"].push_back(std::move(one));
    }
    return out;
}

Json notAskedJson(const TestFileReport::Test& test, const NotAsked& one) {
    const bool whole = one.step >= test.test.steps.size();
    return {{"step", whole ? Json() : Json(one.step + 1)}, {"why", english(one.why)}};
}

const char* stateName(TestOutcome::State state) {
    switch (state) {
        case TestOutcome::State::Passed:
            return "passed";
        case TestOutcome::State::Failed:
            return "failed";
        case TestOutcome::State::Skipped:
            return "skipped";
        case TestOutcome::State::NotRun:
            break;
    }
    return "not_run";
}

}  // namespace

TestCounts testCounts(const TestReport& report) {
    TestCounts counts;
    for (const TestFileReport& file : report) {
        if (!file.error.ok()) ++counts.brokenFiles;
        for (const TestFileReport::Test& test : file.tests) {
            const TestOutcome::State state = test.outcome.state;
            ++(state == TestOutcome::State::Passed    ? counts.passed
               : state == TestOutcome::State::Failed  ? counts.failed
               : state == TestOutcome::State::Skipped ? counts.skipped
                                                      : counts.notRun);
        }
    }
    return counts;
}

std::string failureText(const TestFileReport::Test& test) {
    if (test.outcome.state == TestOutcome::State::NotRun)
        return printableLine(english(test.outcome.error.error())) + "\n";
    std::string out;
    for (const TestFailure& failure : test.outcome.failures)
        out += stepLine(test, failure.step, failure.message) + rowsText(failure.rows);
    for (const Text& reason : test.outcome.mayDiffer)
        out += printableLine("may differ on Flink: " + english(reason)) + "\n";
    return out;
}

std::string notAskedText(const TestFileReport::Test& test) {
    std::string out;
    for (const NotAsked& one : test.outcome.notAsked)
        out += "not asked on Flink: " + stepLine(test, one.step, one.why);
    return out;
}

Json reportJson(const TestReport& report) {
    const TestCounts counts = testCounts(report);
    Json out{{"passed", counts.passed},
             {"failed", counts.failed},
             {"skipped", counts.skipped},
             {"not_run", counts.notRun},
             {"broken_files", counts.brokenFiles},
             {"files", Json::array()}};
    for (const TestFileReport& file : report) {
        Json& one = out["files"].emplace_back(Json{{"file", file.file}});
        if (!file.error.ok()) one["error"] = english(file.error.error());
        one["tests"] = Json::array();
        for (const TestFileReport::Test& test : file.tests) {
            Json& made = one["tests"].emplace_back(
                Json{{"name", test.name}, {"state", stateName(test.outcome.state)}});
            made["seconds"] = test.outcome.seconds;
            if (!test.outcome.error.ok()) made["error"] = english(test.outcome.error.error());
            for (const NotAsked& left : test.outcome.notAsked)
                made["not_asked"].push_back(notAskedJson(test, left));
            for (const Text& reason : test.outcome.mayDiffer) made["may_differ"].push_back(english(reason));
            if (test.outcome.failures.empty()) continue;
            made["failures"] = Json::array();
            for (const TestFailure& failure : test.outcome.failures)
                made["failures"].push_back(failureJson(failure));
        }
    }
    return out;
}

std::string junitXml(const TestReport& report) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    for (const TestFileReport& file : report) {
        const TestCounts counts = testCounts({file});
        double seconds = 0;
        for (const TestFileReport::Test& test : file.tests) seconds += test.outcome.seconds;
        out += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
            "time=\"{:.3f}\">\n",
            xmlText(file.file), file.tests.size() + counts.brokenFiles, counts.failed,
            counts.notRun + counts.brokenFiles, counts.skipped, seconds);
        if (!file.error.ok()) {
            const std::string text = xmlText(english(file.error.error()));
            out += fmt::format(
                "    <testcase classname=\"{0}\" name=\"{0}\">\n      <error message=\"{1}\"/>\n"
                "    </testcase>\n",
                xmlText(file.file), text);
        }
        for (const TestFileReport::Test& test : file.tests) out += caseXml(file, test);
        out += "  </testsuite>\n";
    }
    return out + "</testsuites>\n";
}

}  // namespace rw
