#include "core/pipeline/settings_check.h"

#include <date/tz.h>

#include "core/base/byte_size.h"
#include "core/pipeline/bind_checks.h"

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

std::string nearestZone(const std::string& name) {
    std::vector<std::string> names;
    try {
        for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
    } catch (const std::exception&) {
        return {};
    }
    return nearestOf(name, names);
}

void checkMemoryLimit(const std::string& limit, std::vector<Issue>& issues) {
    const Result<std::uint64_t> bytes = parseByteSize(limit);
    if (limit.empty() || (bytes.ok() && *bytes > 0)) return;
    Issue& issue = issues.emplace_back();
    issue.param = "memory_limit";
    issue.message = bytes.ok() ? RW_TEXT("settings", "With a memory limit of 0 no node may keep anything.")
                               : bytes.error().message;
    issue.fix =
        bytes.ok() ? RW_TEXT("settings", "Write a larger size, or nothing for no limit.") : bytes.error().fix;
}

}  // namespace

void checkSettings(const Settings& settings, std::vector<Issue>& issues) {
    if (!isZone(settings.timeZone)) {
        Issue& issue = issues.emplace_back();
        issue.param = "time_zone";
        issue.message = RW_TEXT("settings", "There is no time zone “%1”.").with(settings.timeZone);
        const std::string nearest = nearestZone(settings.timeZone);
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
}

std::uint64_t memoryLimitOf(const Settings& settings) {
    const Result<std::uint64_t> bytes = parseByteSize(settings.memoryLimit);
    return bytes.ok() ? *bytes : 0;
}

}  // namespace rw
