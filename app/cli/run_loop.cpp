#include "app/cli/run_loop.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/cli/load.h"
#include "app/cli/progress.h"
#include "app/cli/signals.h"

namespace rw::cli {

namespace {

constexpr Millis kLookEvery = 50;
/// How much longer than its duration a run may take to start: a user who asks for 100 ms of rows wants some.
constexpr auto kStartingLonger = std::chrono::seconds(1);

/// The nodes that a stop waits for: those in a call that lasts, else all that have not ended.
std::string busyNodes(const RunMetrics& metrics) {
    constexpr double kLong = 0.2;
    std::string inCall, notEnded;
    for (const auto& [id, node] : metrics.nodes) {
        if (node.inCallSeconds > kLong) inCall += (inCall.empty() ? "" : ", ") + id;
        if (!node.ended) notEnded += (notEnded.empty() ? "" : ", ") + id;
    }
    return inCall.empty() ? notEnded : inCall;
}

}  // namespace

RunEnd runToEnd(std::shared_ptr<const Plan> plan, RunOptions options, Millis duration,
                const std::function<std::vector<Finding>(const RunMetrics&)>& findings) {
    catchSignals();
    const auto began = std::chrono::steady_clock::now();
    options.isCancelled = [began, duration] {
        const auto longest = std::chrono::milliseconds(duration) + kStartingLonger;
        return signalsSoFar() != 0 || (duration >= 0 && std::chrono::steady_clock::now() - began > longest);
    };
    Result<std::unique_ptr<Run>> started = Run::start(std::move(plan), std::move(options));
    if (!started.ok()) {
        const bool cancelled = started.error().code == ErrorCode::Cancelled;
        printMessage(cancelled ? "stopped" : "error", english(started.error()));
        return {nullptr, cancelled};
    }
    std::unique_ptr<Run> run = std::move(*started);
    Progress progress;
    int told = 1;
    Text trouble, tapeTrouble;
    const auto tellOfTape = [&](const RunMetrics& metrics) {
        if (metrics.tape.trouble == tapeTrouble) return;
        tapeTrouble = metrics.tape.trouble;
        progress.printTapeTrouble(tapeTrouble);
    };
    while (!run->waitFor(kLookEvery)) {
        const RunMetrics metrics = run->metrics();
        progress.show(metrics);
        for (const RunNote& note : run->takeNotes()) progress.printNote(note);
        if (!(metrics.checkpoints.trouble == trouble)) {
            trouble = metrics.checkpoints.trouble;
            progress.printTrouble(trouble);
        }
        tellOfTape(metrics);
        const bool over = duration >= 0 && metrics.seconds * 1000 >= static_cast<double>(duration);
        const int signals = signalsSoFar();
        if (signals != 0 || over) run->stop(StopMode::Now);
        if (signals > std::exchange(told, std::max(told, signals))) progress.printBusy(busyNodes(metrics));
    }
    for (const RunNote& note : run->takeNotes()) progress.printNote(note);
    const RunMetrics metrics = run->metrics();
    if (!(metrics.checkpoints.trouble == trouble)) progress.printTrouble(metrics.checkpoints.trouble);
    tellOfTape(metrics);
    if (findings) progress.advise(findings(metrics));
    progress.finish(metrics, run->status());
    return {std::move(run), false};
}

}  // namespace rw::cli
