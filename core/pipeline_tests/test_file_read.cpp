// A .rilltest file, read value by value: whatever it does not know is an error, for a test that is not
// understood passes or fails by chance.
#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "core/data/text.h"
#include "core/pipeline/json/json_members.h"
#include "core/pipeline/json/json_scan.h"
#include "core/pipeline/limits.h"
#include "core/pipeline_tests/test_file.h"

namespace rw {

namespace {

using Verb = PipelineTestStep::Verb;

constexpr std::size_t kLongestTestPath = 4096;  // characters

/// So many rows are left for the file.
struct RowBudget {
    std::size_t left = kMostTestRows;
};

Status tooMany(const std::string& path, std::size_t most) {
    return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "%1: at most %2 are possible.").with(path, most),
            RW_TEXT("pipeline_tests", "Split the tests into several files, or test with fewer rows.")};
}

Status unknownIn(const Json& object, const std::string& path, const std::set<std::string_view>& known) {
    for (const auto& [key, value] : object.items()) {
        if (known.contains(key)) continue;
        return wrongAt(
            path.empty() ? key : path + "." + key,
            RW_TEXT("pipeline_tests", "%1: there is no such key here."),
            RW_TEXT("pipeline_tests", "Check how it is spelt: “Tests” in the help lists the keys."));
    }
    return {};
}

/// The one verb of a step. `rows` and `count` also say what is expected.
Result<Verb> verbOf(const Json& step, const std::string& path) {
    std::optional<Verb> found;
    for (int i = static_cast<int>(Verb::ExpectFailed); i >= 0; --i) {
        const auto verb = static_cast<Verb>(i);
        if (!step.contains(testVerb(verb))) continue;
        if (verb == Verb::Rows && found && isExpectation(*found)) continue;
        if (found) {
            return wrongAt(path,
                           RW_TEXT("pipeline_tests", "%1 does two things at once: “%2” and “%3”.")
                               .with(path, testVerb(verb), testVerb(*found)),
                           RW_TEXT("pipeline_tests", "Make two steps of it."));
        }
        found = verb;
    }
    if (found) return *found;
    return wrongAt(path, RW_TEXT("pipeline_tests",
                                 "%1 does nothing: a step is “rows”, “idle”, “fail”, "
                                 "“advance”, “end” or an “expect…”."));
}

std::set<std::string_view> keysOf(Verb verb) {
    std::set<std::string_view> keys{testVerb(verb)};
    switch (verb) {
        case Verb::Rows:
            keys.insert({"values", "columns", "partition"});
            break;
        case Verb::Expect:
        case Verb::ExpectLate:
        case Verb::ExpectRejected:
            keys.insert("ordered");
            [[fallthrough]];
        case Verb::ExpectTable:
            keys.insert({"rows", "columns", "count", "within"});
            break;
        case Verb::ExpectWindow:
            keys.insert({"window_end", "is"});
            break;
        case Verb::ExpectWatermark:
            keys.insert("is");
            break;
        default:
            break;
    }
    return keys;
}

Status readRows(const Json& rows, const std::string& path, RowBudget& budget) {
    if (!rows.is_array()) return wrongAt(path, RW_TEXT("pipeline_file", "%1 must be a list, [ … ]."));
    if (rows.size() > budget.left) return tooMany(path, kMostTestRows);
    budget.left -= rows.size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].is_array()) continue;
        return wrongAt(fmt::format("{}[{}]", path, i),
                       RW_TEXT("pipeline_tests", "%1 must be a row: the list of its values, [ … ]."));
    }
    return {};
}

Status readColumns(const Json& columns, const std::string& path, PipelineTestStep& step) {
    const auto isName = [](const Json& one) { return one.is_string(); };
    if (!columns.is_array() || columns.empty() || !std::all_of(columns.begin(), columns.end(), isName))
        return wrongAt(path, RW_TEXT("pipeline_tests", "%1 must be a list of the names of columns."));
    step.columns = columns.get<std::vector<std::string>>();
    std::set<std::string> seen;
    for (const std::string& name : *step.columns) {
        if (seen.insert(name).second) continue;
        return {ErrorCode::Invalid,
                RW_TEXT("pipeline_tests", "%1 names the column “%2” twice.").with(path, name)};
    }
    return {};
}

Status readCount(const Json& count, const std::string& path, PipelineTestStep& step) {
    if (!count.is_number_unsigned())
        return wrongAt(path, RW_TEXT("pipeline_tests", "%1 must be a number of rows, from 0."));
    step.count = count.get<std::size_t>();
    return {};
}

Status readWithin(const Json& within, const std::string& path, PipelineTestStep& step) {
    const bool fits = within.is_number() && within.get<double>() >= 0 && std::isfinite(within.get<double>());
    if (!fits) return wrongAt(path, RW_TEXT("pipeline_tests", "%1 must be a number from 0, as 1e-9."));
    step.within = within.get<double>();
    return {};
}

Status readWatermark(const Json* is, const std::string& path, PipelineTestStep& step) {
    if (is != nullptr && is->is_null()) return {};
    if (is != nullptr && *is == "end") {
        step.watermark = kMaxTimestamp;
        return {};
    }
    if (is != nullptr && is->is_string()) step.watermark = parseTimestamp(is->get<std::string>());
    if (step.watermark) return {};
    return wrongAt(path, RW_TEXT("pipeline_tests",
                                 "%1 must be a time as “2024-03-01 12:00:00”, “end” once all "
                                 "input has ended, or null while there is none."));
}

Status readWindow(const Json& json, const std::string& path, PipelineTestStep& step) {
    const auto end = json.find("window_end");
    const auto time =
        end != json.end() && end->is_string() ? parseTimestamp(end->get<std::string>()) : std::nullopt;
    if (!time) {
        return wrongAt(path + ".window_end",
                       RW_TEXT("pipeline_tests",
                               "%1 must be the time at which the window ends, as “2024-03-01 12:00:00”."));
    }
    step.windowEnd = *time;
    const auto is = json.find("is");
    using Window = PipelineTestStep::Window;
    if (is != json.end() && (is->is_null() || *is == "open" || *is == "fired")) {
        step.window = is->is_null() ? Window::NotThere : *is == "open" ? Window::Open : Window::Fired;
        return {};
    }
    return wrongAt(path + ".is", RW_TEXT("pipeline_tests",
                                         "%1 must be “open”, “fired”, or null while no row has come for the "
                                         "window."));
}

/// The value of the verb itself.
Status readAt(const Json& value, const std::string& path, PipelineTestStep& step) {
    if (step.verb == Verb::End && value == true) return {};
    if (!value.is_string()) return wrongAt(path, RW_TEXT("pipeline_file", "%1 must be text, \"…\"."));
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty() || charactersOf(text) > kLongestTestId)
        return wrongAt(path, RW_TEXT("pipeline_tests", "%1 must be the name of a node or port."));
    if (step.verb != Verb::Advance) {
        step.at = text;
        return {};
    }
    const Result<Millis> millis = parseDuration(text);
    if (!millis.ok() || *millis < 0 || *millis > kLongestAdvance) {
        return wrongAt(path, RW_TEXT("pipeline_tests",
                                     "%1 must be a length of time as 10s, 5min or 2h, of ten "
                                     "years at most."));
    }
    step.millis = *millis;
    return {};
}

Status readWhatIsExpected(const Json& json, const std::string& path, PipelineTestStep& step,
                          RowBudget& budget) {
    const auto at = [&path](const char* key) { return path + "." + key; };
    if (json.contains("rows")) {
        RW_TRY(readRows(json["rows"], at("rows"), budget));
        step.rows = json["rows"];
    }
    if (json.contains("count")) RW_TRY(readCount(json["count"], at("count"), step));
    if (json.contains("within")) RW_TRY(readWithin(json["within"], at("within"), step));
    if (json.contains("ordered")) {
        if (!json["ordered"].is_boolean())
            return wrongAt(at("ordered"), RW_TEXT("pipeline_file", "%1 must be true or false."));
        step.ordered = json["ordered"].get<bool>();
    }
    if (step.rows.has_value() != step.count.has_value()) return {};
    return wrongAt(path, RW_TEXT("pipeline_tests", "%1 needs either “rows” or “count”: what is expected."));
}

Result<PipelineTestStep> readStep(const Json& json, const std::string& path, RowBudget& budget) {
    if (!json.is_object()) return wrongAt(path, RW_TEXT("pipeline_file", "%1 must be an object, { … }."));
    PipelineTestStep step;
    RW_TRY_ASSIGN(step.verb, verbOf(json, path));
    RW_TRY(unknownIn(json, path, keysOf(step.verb)));
    const auto at = [&path](std::string_view key) { return fmt::format("{}.{}", path, key); };
    const std::string_view verb = testVerb(step.verb);
    RW_TRY(readAt(json[std::string(verb)], at(verb), step));
    if (json.contains("columns")) RW_TRY(readColumns(json["columns"], at("columns"), step));
    if (step.verb == Verb::ExpectWatermark) {
        RW_TRY(readWatermark(json.contains("is") ? &json["is"] : nullptr, at("is"), step));
    } else if (step.verb == Verb::ExpectWindow) {
        RW_TRY(readWindow(json, path, step));
    } else if (step.verb == Verb::Rows) {
        if (!json.contains("values"))
            return wrongAt(at("values"), RW_TEXT("pipeline_file", "%1 is missing."));
        RW_TRY(readRows(json["values"], at("values"), budget));
        step.rows = json["values"];
        std::vector<Issue> none;
        RW_TRY(Members(json, path, none).text("partition", step.partition, kLongestTestId));
    } else if (isExpectation(step.verb) && step.verb != Verb::ExpectFailed) {
        RW_TRY(readWhatIsExpected(json, path, step, budget));
    }
    return step;
}

Status readSet(const Json& set, const std::string& path, PipelineTest& test) {
    if (!set.is_object()) return wrongAt(path, RW_TEXT("pipeline_file", "%1 must be an object, { … }."));
    for (const auto& [name, value] : set.items()) {
        if (!value.is_string())
            return wrongAt(path + "." + name, RW_TEXT("pipeline_file", "%1 must be text, \"…\"."));
        test.set.push_back({name, value.get<std::string>()});
    }
    return {};
}

Result<PipelineTest> readTest(const Json& json, const std::string& path, RowBudget& budget) {
    std::vector<Issue> none;
    Members members(json, path, none);
    RW_TRY(members.isObject());
    RW_TRY(unknownIn(json, path, {"name", "set", "clock", "steps"}));
    PipelineTest test;
    RW_TRY(members.text("name", test.name, kLongestTestName, true));
    if (test.name.empty())
        return wrongAt(path + ".name", RW_TEXT("pipeline_tests", "%1: a test needs a name."));
    if (const Json* set = members.take("set")) RW_TRY(readSet(*set, path + ".set", test));
    if (const Json* clock = members.take("clock")) {
        const auto began = clock->is_string() ? parseTimestamp(clock->get<std::string>()) : std::nullopt;
        if (!began)
            return wrongAt(path + ".clock",
                           RW_TEXT("pipeline_tests", "%1 must be a time as “2024-03-01 12:00:00”."));
        test.clock = *began;
    }
    const Json* steps = members.take("steps");
    if (steps != nullptr && steps->size() > kMostTestSteps) return tooMany(path + ".steps", kMostTestSteps);
    RW_TRY(members.each("steps", [&](const Json& one, const std::string& place) -> Status {
        RW_TRY_ASSIGN(PipelineTestStep step, readStep(one, place, budget));
        test.steps.push_back(std::move(step));
        return {};
    }));
    const bool expects = std::any_of(test.steps.begin(), test.steps.end(),
                                     [](const PipelineTestStep& step) { return isExpectation(step.verb); });
    if (expects) return test;
    return Status(ErrorCode::Invalid,
                  RW_TEXT("pipeline_tests", "%1: the test “%2” expects nothing, so it can't fail.")
                      .with(path, test.name),
                  RW_TEXT("pipeline_tests", "Add a step “expect” with the rows that are to come."));
}

Status readVersion(const Json& root) {
    if (!root.is_object()) {
        return {ErrorCode::Invalid,
                RW_TEXT("pipeline_tests", "These are no tests: the file is no object, { … }."),
                {}};
    }
    const auto version = root.find("rilltest");
    if (version == root.end() || !version->is_number_integer())
        return wrongAt("rilltest", RW_TEXT("pipeline_tests", "%1 is missing: the version of the format, 1."));
    if (*version == kTestFormatVersion) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("pipeline_tests", "The tests are of format %1; this program knows %2.")
                .with(version->dump(), kTestFormatVersion),
            RW_TEXT("pipeline_tests", "Run them with a newer Rillwright.")};
}

}  // namespace

Result<PipelineTestFile> loadTests(std::string_view text) {
    RW_TRY_ASSIGN(const Json root, parseJson(text));
    RW_TRY(readVersion(root));
    RW_TRY(unknownIn(root, {}, {"rilltest", "pipeline", "tests"}));
    std::vector<Issue> none;
    Members members(root, {}, none);
    PipelineTestFile file;
    RW_TRY(members.text("pipeline", file.pipeline, kLongestTestPath, true));
    if (file.pipeline.empty() || file.pipeline.front() == '/')
        return wrongAt("pipeline",
                       RW_TEXT("pipeline_tests", "%1 must be the name of a file in this folder."));
    const Json* tests = members.take("tests");
    if (tests == nullptr) return wrongAt("tests", RW_TEXT("pipeline_file", "%1 is missing."));
    if (tests->size() > kMostTests) return tooMany("tests", kMostTests);
    RowBudget budget;
    std::set<std::string> names;
    RW_TRY(members.each("tests", [&](const Json& one, const std::string& path) -> Status {
        RW_TRY_ASSIGN(PipelineTest test, readTest(one, path, budget));
        if (!names.insert(test.name).second) {
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "%1: there is a test “%2” already.").with(path, test.name),
                    RW_TEXT("pipeline_tests", "Give each test a name of its own.")};
        }
        file.tests.push_back(std::move(test));
        return {};
    }));
    return file;
}

}  // namespace rw
