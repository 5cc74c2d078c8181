#include "core/pipeline/restart_strategy.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

constexpr std::string_view kForms = "none, fixed:DELAY:TRIES, exponential:FIRST:LONGEST:TRIES:CALM";
constexpr Millis kLongestPause = 7 * Millis{86'400'000};

Status wrongRestart(Text message, Text fix = {}) {
    if (fix.empty()) {
        fix = RW_TEXT("settings", "Write one of: %1; as fixed:5s:3 or exponential:1s:1min:10:10min.")
                  .with(std::string(kForms));
    }
    return {ErrorCode::Invalid, std::move(message), std::move(fix)};
}

std::vector<std::string> partsOfRestart(std::string_view text) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t colon = text.find(':');
        parts.emplace_back(text.substr(0, colon));
        if (colon == std::string_view::npos) return parts;
        text.remove_prefix(colon + 1);
    }
}

Status readPause(const std::string& text, Millis& into) {
    RW_TRY_ASSIGN(const Millis pause, parseDuration(text));
    if (pause <= 0 || pause > kLongestPause) {
        return wrongRestart(RW_TEXT("settings", "A pause of “%1” is not possible.").with(text),
                            RW_TEXT("settings", "Write one from 1ms to 7d."));
    }
    into = pause;
    return {};
}

Status readTries(const std::string& text, int& into) {
    if (text == "unlimited") {
        into = 0;
        return {};
    }
    int tries = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), tries);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || tries < 1 || tries > RestartStrategy::kMostTries) {
        return wrongRestart(RW_TEXT("settings", "“%1” is no number of tries.").with(text),
                            RW_TEXT("settings", "Write a number from 1 to %1, or unlimited.")
                                .with(RestartStrategy::kMostTries));
    }
    into = tries;
    return {};
}

Status checkCount(const std::vector<std::string>& parts, std::size_t most) {
    if (parts.size() <= most) return {};
    return wrongRestart(RW_TEXT("settings", "“%1” says too much.").with(parts.front()));
}

Result<RestartStrategy> readFixed(const std::vector<std::string>& parts) {
    RestartStrategy made;
    made.kind = RestartStrategy::Kind::Fixed;
    RW_TRY(checkCount(parts, 3));
    if (parts.size() > 1) RW_TRY(readPause(parts[1], made.first));
    if (parts.size() > 2) RW_TRY(readTries(parts[2], made.tries));
    made.longest = made.first;
    return made;
}

Result<RestartStrategy> readExponential(const std::vector<std::string>& parts) {
    RestartStrategy made;
    made.kind = RestartStrategy::Kind::Exponential;
    RW_TRY(checkCount(parts, 5));
    if (parts.size() > 1) {
        RW_TRY(readPause(parts[1], made.first));
        made.longest = std::max(made.longest, made.first);
    }
    if (parts.size() > 2) RW_TRY(readPause(parts[2], made.longest));
    if (parts.size() > 3) RW_TRY(readTries(parts[3], made.tries));
    if (parts.size() > 4) RW_TRY(readPause(parts[4], made.calm));
    if (made.longest < made.first) {
        return wrongRestart(RW_TEXT("settings", "The longest pause, %1, is shorter than the first, %2.")
                                .with(formatDuration(made.longest), formatDuration(made.first)),
                            RW_TEXT("settings", "Write the first pause before the longest."));
    }
    return made;
}

}  // namespace

Result<RestartStrategy> parseRestart(std::string_view text) {
    const std::vector<std::string> parts = partsOfRestart(text);
    const std::string& name = parts.front();
    if (name == "fixed") return readFixed(parts);
    if (name == "exponential") return readExponential(parts);
    if (name == "none") {
        RW_TRY(checkCount(parts, 1));
        return RestartStrategy{};
    }
    Text message = RW_TEXT("settings", "There is no restart strategy “%1”.").with(name);
    const std::string nearest = nearestOf(name, {"none", "fixed", "exponential"});
    if (nearest.empty()) return wrongRestart(std::move(message));
    return wrongRestart(std::move(message), RW_TEXT("settings", "Is “%1” meant?").with(nearest));
}

RestartStrategy defaultRestart(bool takesCheckpoints) {
    RestartStrategy made;
    if (takesCheckpoints) made.kind = RestartStrategy::Kind::Exponential;
    return made;
}

RestartStrategy restartOf(const Settings& settings, bool takesCheckpoints) {
    const auto found = settings.unknown.find(kRestartKey);
    if (found == settings.unknown.end() || !found->is_string()) return defaultRestart(takesCheckpoints);
    const Result<RestartStrategy> read = parseRestart(found->get<std::string>());
    return read.ok() ? *read : defaultRestart(takesCheckpoints);
}

Status checkRestart(const Settings& settings) {
    const auto found = settings.unknown.find(kRestartKey);
    if (found == settings.unknown.end()) return {};
    if (!found->is_string()) return wrongRestart(RW_TEXT("settings", "What a failed run does is no text."));
    return parseRestart(found->get<std::string>()).status();
}

}  // namespace rw
