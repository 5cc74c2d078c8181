#include "app/cli/run_loop.h"

#include <atomic>
#include <csignal>
#include <cstdio>

#include "app/cli/progress.h"

namespace rw::cli {

namespace {

constexpr Millis kLookEvery = 50;

std::atomic<int> interrupted{0};
void onSignal(int) {
    interrupted = 1;
}

/// SIGINT and SIGTERM end the run in order: sources stop, outputs are flushed and closed.
void catchSignals() {
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);  // a second one ends the process at once
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

std::unique_ptr<Run> runToEnd(std::shared_ptr<const Plan> plan, const RunOptions& options, Millis duration) {
    catchSignals();
    Result<std::unique_ptr<Run>> started = Run::start(std::move(plan), options);
    if (!started.ok()) {
        std::fprintf(stderr, "error: %s\n", english(started.error()).c_str());
        return nullptr;
    }
    std::unique_ptr<Run> run = std::move(*started);
    Progress progress;
    while (!run->waitFor(kLookEvery)) {
        const RunMetrics metrics = run->metrics();
        progress.show(metrics);
        const bool over = duration >= 0 && metrics.seconds * 1000 >= static_cast<double>(duration);
        if (interrupted != 0 || over) run->stop(StopMode::Now);
    }
    progress.finish(run->metrics(), run->status());
    for (const RunNote& note : run->takeNotes()) {
        std::fprintf(stderr, "note: %s: %s\n", note.node.c_str(), english(note.text).c_str());
    }
    return run;
}

}  // namespace rw::cli
