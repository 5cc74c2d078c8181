#include "core/cluster/spark/spark_said.h"

#include <algorithm>
#include <array>
#include <vector>

namespace rw {

namespace {

constexpr std::string_view kEventBegins = "{\"event\":";
constexpr int kEndsTried = 16;  ///< braces behind which an event may end
constexpr std::size_t kLongestCause = 500;

std::vector<std::string_view> linesOfLog(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        while (lines.back().ends_with('\r') || lines.back().ends_with(' ')) lines.back().remove_suffix(1);
    }
    return lines;
}

bool mentionsAny(std::string_view line, const auto& words) {
    for (const std::string_view word : words) {
        if (line.find(word) != std::string_view::npos) return true;
    }
    return false;
}

/// Not more than a person reads; no character is cut in two.
std::string notTooLong(std::string_view words) {
    if (words.size() <= kLongestCause) return std::string(words);
    std::size_t end = kLongestCause;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) --end;
    return std::string(words.substr(0, end)) + "…";
}

/// “[LIKE_THIS]” or “[LIKE.THIS_ONE]” begins here: how long it is with its brackets; 0: it does not.
std::size_t nameOfError(std::string_view text) {
    std::size_t end = 1;
    bool joined = false;
    while (end < text.size()) {
        const char c = text[end];
        const bool capital = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
        if (!capital && !digit && c != '_' && c != '.') break;
        joined = joined || c == '_';
        ++end;
    }
    return joined && end < text.size() && text[end] == ']' ? end + 1 : 0;
}

/// A line of Log4j without its date, level and class.
std::string_view withoutLogHead(std::string_view line) {
    constexpr std::array<std::string_view, 2> kLevels{" ERROR ", " WARN "};
    for (const std::string_view level : kLevels) {
        const std::size_t at = line.find(level);
        const bool dated = !line.empty() && line.front() >= '0' && line.front() <= '9';
        if (!dated || at == std::string_view::npos) continue;
        const std::size_t colon = line.find(": ", at + level.size());
        if (colon != std::string_view::npos) return line.substr(colon + 2);
    }
    if (line.starts_with(": ")) line.remove_prefix(2);  // as Py4J writes a cause
    return line;
}

bool isMarks(std::string_view line) {
    return line.find('^') != std::string_view::npos && line.find_first_not_of(" ^") == std::string_view::npos;
}

struct LogLines {
    std::string_view root{};  ///< names a cause; the text behind it is only its consequences
    std::string_view sign{};  ///< the last one that is of an error
    std::string_view last{};
};

LogLines logLinesOf(std::string_view log) {
    constexpr std::array<std::string_view, 4> kRoots{"All masters are unresponsive",
                                                     "Could not parse Master URL", "UnknownHostException",
                                                     "OutOfMemoryError"};
    constexpr std::array<std::string_view, 3> kSigns{"Exception", "Error", "ERROR"};
    LogLines lines;
    for (std::string_view line : linesOfLog(log)) {
        const bool indented = line.starts_with(' ') || line.starts_with('\t');
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (line.empty()) continue;
        lines.last = line;
        if (mentionsAny(line, kRoots)) lines.root = line;
        if (!indented && mentionsAny(line, kSigns)) lines.sign = line;
    }
    return lines;
}

}  // namespace

Json sparkEvent(std::string_view line, bool* cut) {
    if (cut != nullptr) *cut = false;
    const std::size_t begin = line.find(kEventBegins);
    if (begin == std::string_view::npos) return Json();
    std::string_view rest = line.substr(begin);
    for (int tried = 0; tried < kEndsTried; ++tried) {
        const std::size_t end = rest.rfind('}');
        if (end == std::string_view::npos) break;
        rest = rest.substr(0, end + 1);
        Json event = Json::parse(rest, nullptr, false);
        if (event.is_object()) return event;
        rest.remove_suffix(1);
    }
    if (cut != nullptr) *cut = true;
    return Json();
}

std::string sparkCause(const std::string& error) {
    std::string_view text = error;
    constexpr std::array<std::string_view, 2> kBehind{"\n=== Streaming Query ===", "\nJVM stacktrace"};
    for (const std::string_view end : kBehind) text = text.substr(0, text.find(end));
    std::size_t found = std::string_view::npos;
    for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
        if (nameOfError(text.substr(at)) > 0) found = at;
    }
    if (found != std::string_view::npos) text.remove_prefix(found);
    return notTooLong(text.substr(0, text.find('\n')));
}

std::string sparkFragment(const std::string& error) {
    bool inside = false;
    std::string_view before;
    for (const std::string_view line : linesOfLog(error)) {
        if (line.starts_with("== SQL")) {
            inside = true;
            before = {};
        } else if (inside && isMarks(line)) {
            break;
        } else if (inside) {
            before = line;
        }
    }
    constexpr std::string_view kLeftOut = "...";
    if (before.starts_with(kLeftOut)) before.remove_prefix(kLeftOut.size());
    if (before.ends_with(kLeftOut)) before.remove_suffix(kLeftOut.size());
    return std::string(before);
}

std::string tellingLine(const std::string& output, const std::string& errors) {
    const LogLines said = logLinesOf(output), wrong = logLinesOf(errors);
    std::string_view line = wrong.root;
    for (const std::string_view other : {said.root, said.sign, wrong.sign, wrong.last, said.last}) {
        if (line.empty()) line = other;
    }
    return notTooLong(withoutLogHead(line));
}

}  // namespace rw
