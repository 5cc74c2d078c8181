// The canonical text of tests.
#include <algorithm>

#include "core/data/text.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline_tests/test_file.h"

namespace rw {

namespace {

using Verb = PipelineTestStep::Verb;

std::string timeText(Instant time) {
    std::string text;
    appendTimestamp(text, time);
    return text;
}

Json watermarkJson(const std::optional<Instant>& watermark) {
    if (!watermark) return nullptr;
    return *watermark == kMaxTimestamp ? Json("end") : Json(timeText(*watermark));
}

Json windowJson(PipelineTestStep::Window window) {
    if (window == PipelineTestStep::Window::NotThere) return nullptr;
    return window == PipelineTestStep::Window::Open ? "open" : "fired";
}

std::string_view rowsKey(Verb verb) {
    return verb == Verb::Rows ? "values" : "rows";
}

std::size_t charactersIn(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// One line where it fits, else a line for each row.
std::string stepText(const PipelineTestStep& step) {
    constexpr std::size_t kIndent = 8;
    const Json json = stepJson(step);
    std::string flat = onOneLine(json);
    const bool isLong = kIndent + charactersIn(flat) + 1 > kLineWidth;
    if (!isLong || !step.rows || step.rows->empty()) return flat;
    std::string out = "{ ";
    bool first = true;
    for (const auto& [key, value] : json.items()) {
        if (!first) out += ", ";
        first = false;
        out += Json(key).dump() + ": ";
        if (key != rowsKey(step.verb) || !value.is_array()) {
            out += onOneLine(value);
            continue;
        }
        out += "[";
        for (std::size_t i = 0; i < value.size(); ++i)
            out += (i > 0 ? ",\n          " : "\n          ") + onOneLine(value[i]);
        out += "]";
    }
    return out + " }";
}

std::string testText(const PipelineTest& test) {
    Json set = Json::object();
    for (const Variable& one : test.set) set[one.name] = one.value;
    std::string out = "    {\n      \"name\": " + onOneLine(Json(test.name)) + ",\n";
    if (!set.empty()) out += "      \"set\": " + onOneLine(set) + ",\n";
    if (test.clock != PipelineTest().clock)
        out += "      \"clock\": " + onOneLine(Json(timeText(test.clock))) + ",\n";
    out += "      \"steps\": [\n";
    for (std::size_t i = 0; i < test.steps.size(); ++i)
        out += "        " + stepText(test.steps[i]) + (i + 1 < test.steps.size() ? ",\n" : "\n");
    return out + "      ]\n    }";
}

}  // namespace

Json stepJson(const PipelineTestStep& step) {
    Json out = Json::object();
    const std::string verb(testVerb(step.verb));
    if (step.verb == Verb::Advance) {
        out[verb] = formatDuration(step.millis);
    } else if (step.verb == Verb::End && step.at.empty()) {
        out[verb] = true;
    } else {
        out[verb] = step.at;
    }
    if (step.verb == Verb::ExpectWatermark) out["is"] = watermarkJson(step.watermark);
    if (step.verb == Verb::ExpectWindow) {
        out["window_end"] = timeText(step.windowEnd);
        out["is"] = windowJson(step.window);
    }
    if (!step.partition.empty()) out["partition"] = step.partition;
    if (step.rows) out[std::string(rowsKey(step.verb))] = *step.rows;
    if (step.count) out["count"] = *step.count;
    if (step.columns) out["columns"] = *step.columns;
    if (step.ordered) out["ordered"] = true;
    if (step.within > 0) out["within"] = step.within;
    return out;
}

std::string saveTests(const PipelineTestFile& file) {
    std::string out = "{\n  \"rilltest\": " + std::to_string(kTestFormatVersion) +
                      ",\n  \"pipeline\": " + onOneLine(Json(file.pipeline)) + ",\n  \"tests\": [";
    for (std::size_t i = 0; i < file.tests.size(); ++i)
        out += (i > 0 ? ",\n" : "\n") + testText(file.tests[i]);
    return out + (file.tests.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace rw
