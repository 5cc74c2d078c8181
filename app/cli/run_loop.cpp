#include "app/cli/run_loop.h"

#include <atomic>
#include <csignal>

#include "app/cli/progress.h"
#include "app/cli/say.h"

namespace rw::cli {

namespace {

constexpr Millis kLookEvery = 50;

std::atomic<int> interrupted{0};
void onSignal(int) {
    interrupted = 1;
}

/// SIGINT and SIGTERM end the run in order: sources stop, outputs are flushed and closed. A reader of our
/// output that went away and a limit on the size of files are failures of a sink like any other.
void catchSignals() {
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);  // a second one ends the process at once
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace

std::unique_ptr<Run> runToEnd(std::shared_ptr<const Plan> plan, const RunOptions& options, Millis duration) {
    catchSignals();
    Result<std::unique_ptr<Run>> started = Run::start(std::move(plan), options);
    if (!started.ok()) {
        say("error", english(started.error()));
        return nullptr;
    }
    std::unique_ptr<Run> run = std::move(*started);
    Progress progress;
    while (!run->waitFor(kLookEvery)) {
        const RunMetrics metrics = run->metrics();
        progress.show(metrics);
        for (const RunNote& note : run->takeNotes()) progress.say(note);
        const bool over = duration >= 0 && metrics.seconds * 1000 >= static_cast<double>(duration);
        if (interrupted != 0 || over) run->stop(StopMode::Now);
    }
    progress.finish(run->metrics(), run->status());
    for (const RunNote& note : run->takeNotes()) progress.say(note);
    return run;
}

}  // namespace rw::cli
