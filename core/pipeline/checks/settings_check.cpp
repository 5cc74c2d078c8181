#include "core/pipeline/checks/settings_check.h"

#include <date/tz.h>

#include "core/base/byte_size.h"
#include "core/base/machine_memory.h"
#include "core/pipeline/bind_checks.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline/restart_strategy.h"

namespace rw {

namespace {

bool isZone(const std::string& name) {
    if (name == "local" || name == "UTC") return true;
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::exception&) {
        return false;
    }
}

void checkMemoryLimit(const std::string& limit, std::vector<Issue>& issues) {
    const Result<std::uint64_t> bytes = parseByteSize(limit);
    if (isBlank(limit) || (bytes.ok() && *bytes > 0)) return;
    Issue& issue = issues.emplace_back();
    issue.param = "memory_limit";
    issue.message = bytes.ok() ? RW_TEXT("settings", "With a memory limit of 0 no node may keep anything.")
                               : RW_TEXT("settings", "Memory limit: %1").with(bytes.error().message);
    issue.fix =
        bytes.ok() ? RW_TEXT("settings", "Write a larger size, or nothing for no limit.") : bytes.error().fix;
}

void checkStateMemory(const Settings& settings, std::vector<Issue>& issues) {
    if (isBlank(settings.stateMemory)) return;
    const Result<std::uint64_t> bytes = parseByteSize(settings.stateMemory);
    const std::uint64_t limit = memoryLimitOf(settings);
    if (bytes.ok() && *bytes > 0 && (limit == 0 || *bytes < limit)) return;
    Issue& issue = issues.emplace_back();
    issue.param = "state_memory";
    if (!bytes.ok()) {
        issue.message = RW_TEXT("settings", "State memory: %1").with(bytes.error().message);
        issue.fix = bytes.error().fix;
    } else if (*bytes == 0) {
        issue.message = RW_TEXT("settings", "With a state memory of 0 nothing could be kept in memory.");
        issue.fix = RW_TEXT("settings", "Write a larger size, as 512MB, or nothing for the usual one.");
    } else {
        issue.severity = Severity::Warning;
        issue.message =
            RW_TEXT("settings", "A run ends at its memory limit of %1 before any state goes to files.")
                .with(byteSizeText(limit));
        issue.fix = RW_TEXT("settings", "Write a state memory below the memory limit.");
    }
}

constexpr const char* kCheckpointKey = "checkpoint_every";

Result<Millis> parseCheckpointEvery(const Settings& settings) {
    const auto found = settings.unknown.find(kCheckpointKey);
    if (found == settings.unknown.end()) return kCheckpointEvery;
    const Status wrong(ErrorCode::Invalid,
                       RW_TEXT("settings", "The time between checkpoints is no duration."),
                       RW_TEXT("settings", "Write it as 10s, or 0s for no checkpoints."));
    if (!found->is_string()) return wrong;
    Result<Millis> every = parseDuration(found->get<std::string>());
    if (!every.ok() || *every < 0) return wrong;
    return every;
}

constexpr const char* kKeptKey = "checkpoints_kept";

Result<int> readCheckpointsKept(const Settings& settings) {
    const auto found = settings.unknown.find(kKeptKey);
    if (found == settings.unknown.end()) return kCheckpointsKept;
    // A value beyond an int64 turns negative here.
    const std::int64_t kept = found->is_number_integer() ? found->get<std::int64_t>() : 0;
    if (kept >= 1 && kept <= kMostCheckpointsKept) return static_cast<int>(kept);
    return Status(ErrorCode::Invalid,
                  RW_TEXT("settings", "The number of kept checkpoints must be a whole number from 1 to %1.")
                      .with(kMostCheckpointsKept),
                  RW_TEXT("settings", "Write it as %1, or leave it away.").with(kCheckpointsKept));
}

constexpr const char* kKeepInputKey = "keep_input";

Status checkKeepInput(const Settings& settings) {
    const auto found = settings.unknown.find(kKeepInputKey);
    if (found == settings.unknown.end() || found->is_boolean()) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("settings", "Whether the newest input is kept must be true or false."),
            RW_TEXT("settings", "Write false where it must not be on this computer's disk.")};
}

void addIssue(const char* param, const Status& status, std::vector<Issue>& issues) {
    if (status.ok()) return;
    Issue& issue = issues.emplace_back();
    issue.param = param;
    issue.message = status.error().message;
    issue.fix = status.error().fix;
}

}  // namespace

void checkSettings(const Settings& settings, std::vector<Issue>& issues) {
    if (!isZone(settings.timeZone)) {
        Issue& issue = issues.emplace_back();
        issue.param = "time_zone";
        issue.message = RW_TEXT("settings", "There is no time zone “%1”.").with(settings.timeZone);
        const std::string nearest = nearestOf(settings.timeZone, timeZoneNames());
        issue.fix = nearest.empty() ? RW_TEXT("settings", "Write a name as Europe/Berlin, UTC or local.")
                                    : RW_TEXT("settings", "Is “%1” meant?").with(nearest);
    }
    if (settings.parallelism < 0 || settings.parallelism > kMaxParallelism) {
        Issue& issue = issues.emplace_back();
        issue.param = "parallelism";
        issue.message =
            RW_TEXT("settings", "A parallelism of %1 is not possible: 0 (one task per core) to %2.")
                .with(settings.parallelism, kMaxParallelism);
    }
    checkMemoryLimit(settings.memoryLimit, issues);
    checkStateMemory(settings, issues);
    addIssue(kCheckpointKey, parseCheckpointEvery(settings).status(), issues);
    addIssue(kKeptKey, readCheckpointsKept(settings).status(), issues);
    addIssue(kRestartKey, checkRestart(settings), issues);
    addIssue(kKeepInputKey, checkKeepInput(settings), issues);
}

std::vector<std::string> timeZoneNames() {
    std::vector<std::string> names;
    try {
        for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
    } catch (const std::exception&) {
        names.clear();
    }
    return names;
}

Millis checkpointEveryOf(const Settings& settings) {
    const Result<Millis> every = parseCheckpointEvery(settings);
    return every.ok() ? *every : kCheckpointEvery;
}

int checkpointsKeptOf(const Settings& settings) {
    const Result<int> kept = readCheckpointsKept(settings);
    return kept.ok() ? *kept : kCheckpointsKept;
}

/// What is no answer says no: the rows may be nobody's business.
bool keepsInput(const Settings& settings) {
    const auto found = settings.unknown.find(kKeepInputKey);
    return found == settings.unknown.end() || (found->is_boolean() && found->get<bool>());
}

std::uint64_t memoryLimitOf(const Settings& settings) {
    const Result<std::uint64_t> bytes = parseByteSize(settings.memoryLimit);
    return bytes.ok() ? *bytes : 0;
}

std::uint64_t stateMemoryOf(const Settings& settings) {
    const Result<std::uint64_t> bytes = parseByteSize(settings.stateMemory);
    return bytes.ok() ? *bytes : 0;
}

std::uint64_t usualStateMemory(std::uint64_t memoryLimit, int place) {
    constexpr std::uint64_t kParts = 4, kPartsOfLimit = 2;
    const std::uint64_t usual = usableMemory() / kParts / static_cast<std::uint64_t>(place);
    if (memoryLimit == 0) return usual;
    const std::uint64_t half = std::max<std::uint64_t>(memoryLimit / kPartsOfLimit, 1);
    return usual == 0 ? half : std::min(usual, half);
}

}  // namespace rw
