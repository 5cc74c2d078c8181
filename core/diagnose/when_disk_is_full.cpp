#include <algorithm>
#include <string>

#include "core/base/byte_size.h"
#include "core/base/readable.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr Millis kForecastMinute = 60'000, kForecastHour = 60 * kForecastMinute,
                 kForecastDay = 24 * kForecastHour;
constexpr Millis kWarnedOf = 7 * kForecastDay;

/// As exact as a forecast can be.
Millis rounded(Millis in) {
    for (const Millis unit : {kForecastDay, kForecastHour}) {
        if (in >= 2 * unit) return in / unit * unit;
    }
    return std::max(in / kForecastMinute * kForecastMinute, kForecastMinute);
}

/// Of those that have state in files, the one that has most there.
const Evidence::Seen* largest(const Evidence& evidence) {
    const Evidence::Seen* found = nullptr;
    std::uint64_t most = 0;
    for (const Evidence::Seen* seen : evidence.nodes()) {
        if (seen->metrics->stateSpilled <= most) continue;
        most = seen->metrics->stateSpilled;
        found = seen;
    }
    return found;
}

}  // namespace

void whenDiskIsFull(const Evidence& evidence, std::vector<Finding>& findings) {
    const StateDiskMetrics& disk = evidence.metrics().stateDisk;
    if (!evidence.running() || disk.fullIn == 0 || disk.fullIn > kWarnedOf) return;
    const Evidence::Seen* const node = largest(evidence);
    if (node == nullptr) return;
    Finding finding = findingOf(Finding::Reason::DiskFills, *node);
    const Millis in = rounded(disk.fullIn);
    const std::string growth = byteSizeText(static_cast<std::uint64_t>(disk.bytesPerHour));
    finding.summary = RW_TEXT("diagnose", "Its disk may be full in %1").with(durationText(in));
    finding.issue.message =
        evidence.now() == 0
            ? RW_TEXT("diagnose",
                      "The state in files grows by %1 an hour. At this rate the disk of “%2” has no more "
                      "room for it in %3.")
                  .with(growth, disk.folder, durationText(in))
            : RW_TEXT("diagnose",
                      "The state in files grows by %1 an hour. At this rate the disk of “%2” has no more "
                      "room for it in %3, at %4.")
                  .with(growth, disk.folder, durationText(in),
                        wallText((evidence.now() + disk.fullIn) / kForecastMinute * kForecastMinute));
    finding.issue.fix =
        RW_TEXT("diagnose",
                "Make room on that disk, or have the next run keep its state on another one with "
                "--state-dir. Or let the node keep less: smaller windows, fewer keys.");
    findings.push_back(std::move(finding));
}

}  // namespace rw
