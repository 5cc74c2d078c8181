#include "app/cli/kept_on_clusters.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/load.h"
#include "core/data/text.h"
#include "core/pipeline/run_words.h"

namespace rw::cli {

void tellKept(const std::vector<Deployment>& jobs) {
    for (const Deployment& job : jobs) {
        if (job.ended == 0 || job.savepoints.empty() || job.file.empty()) continue;
        const Savepoint& newest = job.savepoints.back();
        const bool resumed = std::any_of(jobs.begin(), jobs.end(), [&newest](const Deployment& other) {
            return other.resumedFrom == newest.path;
        });
        if (resumed) continue;
        std::string at;
        appendTimestamp(at, newest.at);
        printMessage("kept", fmt::format("{} left a {} at {} UTC, to go on: {}", job.job,
                                         newest.checkpoint ? "checkpoint" : "savepoint", at.substr(0, at.rfind('.')),
                                         deployWords(job.file, job.target, newest.path)));
    }
}

}  // namespace rw::cli
