#include "core/cluster/flink_trace.h"

#include <re2/re2.h>

#include "core/base/readable.h"
#include "core/pipeline/pipeline.h"

namespace rw {

namespace {

/// Bytes of a message that is shown, kept and told.
constexpr std::size_t kLongestCause = 8'000;
constexpr std::string_view kCause = "Caused by: ", kHead = "<Exception on server side:";

/// Lines that stand between messages: frames, and the frame of the whole.
bool isNoise(std::string_view line) {
    return line.starts_with("\tat ") || line.starts_with("\t... ") || line.starts_with("End of exception") ||
           line.starts_with(kHead) || line == "Internal server error.";
}

std::string withoutClass(std::string message) {
    static const RE2 kClass(R"(^(?:[A-Za-z_$][\w$]*\.)+[A-Za-z_$][\w$]*: )");
    while (RE2::Replace(&message, kClass, "")) {
    }
    return message;
}

}  // namespace

std::string innermostCause(std::string_view trace) {
    std::string kept;
    bool on = true;  // inside a message, which may be of several lines
    while (!trace.empty()) {
        const std::size_t end = trace.find('\n');
        std::string_view line = trace.substr(0, end);
        trace.remove_prefix(end == std::string_view::npos ? trace.size() : end + 1);
        if (line.starts_with(kCause)) {
            kept.clear();
            on = true;
            line.remove_prefix(kCause.size());
        } else if (isNoise(line)) {
            on = on && kept.empty();
            continue;
        }
        if (!on || line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        if (!kept.empty()) kept += '\n';
        kept += line;
    }
    return withoutClass(shortened(kept, kLongestCause));
}

std::optional<SqlPlace> sqlPlaceIn(std::string_view trace) {
    static const RE2 kStretch(R"([Ff]rom line (\d+), column (\d+) to line (\d+), column (\d+))");
    static const RE2 kPoint(R"([Aa]t line (\d+), column (\d+))");
    SqlPlace place;
    if (RE2::PartialMatch(trace, kStretch, &place.line, &place.column, &place.endLine, &place.endColumn))
        return place;
    if (!RE2::PartialMatch(trace, kPoint, &place.line, &place.column)) return std::nullopt;
    place.endLine = place.line;
    place.endColumn = place.column;
    return place;
}

std::string errorsOf(const HttpAnswer& answer) {
    const Json json = Json::parse(answer.body, nullptr, false);
    if (!json.is_object() || !json.contains("errors") || !json["errors"].is_array()) return answer.body;
    std::string all;
    for (const Json& error : json["errors"]) {
        if (error.is_string()) all += error.get_ref<const std::string&>() + "\n";
    }
    return all;
}

}  // namespace rw
