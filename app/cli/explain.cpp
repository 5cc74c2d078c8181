#include <algorithm>
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/run_loop.h"
#include "app/cli/run_report.h"
#include "core/base/table_text.h"
#include "core/launch/state_folder.h"

namespace rw::cli {

namespace {

/// A run that does not end by itself must be looked at some time.
constexpr Millis kLiveFor = 10'000;

bool isLive(const Plan& plan) {
    return std::any_of(plan.stages.begin(), plan.stages.end(),
                       [](const Stage& stage) { return stage.source && stage.nodes.front().bound->live; });
}

/// As of a run without checkpoints: its state may be larger than the memory, too.
Status provideStateMemory(const ToRun& ready, RunOptions& options) {
    const LaunchOf of{ready.pipeline, ready.validating, catalogue(), *ready.plan};
    return openStateFolder(of, {}, {}, options);
}

}  // namespace

int explain(const ExplainCommand& command, const WithQt& withQt) {
    std::shared_ptr<const Plan> planned;
    RunOptions options;
    if (command.run) {
        if (std::optional<ToRun> of = toRun(command.pipeline, 0, withQt.secrets)) {
            if (const Status provided = provideStateMemory(*of, options); !provided.ok()) {
                printMessage("error", english(provided.error()));
                return 1;
            }
            planned = std::move(of->plan);
            options.connections = std::move(of->connections);
        }
    } else {
        planned = planToLookAt(command.pipeline);
    }
    if (!planned) return 2;
    std::printf("%s", printable(rw::explain(*planned)).c_str());
    if (!command.run) return 0;
    std::fflush(stdout);  // a sink may write there, too
    const Millis unless = isLive(*planned) ? kLiveFor : -1;
    const RunEnd end = runToEnd(planned, std::move(options), command.duration < 0 ? unless : command.duration);
    if (!end.run) return end.cancelled ? 0 : 1;
    const RunMetrics metrics = end.run->metrics();
    const std::string report = runReport(evidenceOf(planned->pipeline, metrics), end.run->keptRows());
    std::printf("%s", printable(report).c_str());
    return end.run->status().ok() ? 0 : 1;
}

}  // namespace rw::cli
