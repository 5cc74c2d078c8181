// Alerts on windows with early results, in a run and its replays: which provisional values come depends on
// how far event time comes at once, and what final values raise does not. At any degree and batch size, and
// when a replay is left and resumed.
#include <algorithm>

#include "core/stream/alerts/alert_board.h"
#include "core/tape/tape_player.h"
#include "tests/engine/taped_runs.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

Pipeline alertingEarly(bool hops) {
    const auto source = [](const char* name) {
        return node(
            name, "scripted",
            {{"outside", name}, {"event_time", "ts"}, {"watermark_delay", "20ms"}, {"idle_timeout", "40ms"}});
    };
    Json window = {{"window", hops ? "hop" : "tumble"},
                   {"size", "40ms"},
                   {"early", "5ms"},
                   {"keys", {"k"}},
                   {"aggregates", {"AVG(v) AS mean", "COUNT(*) AS n"}}};
    if (hops) window["slide"] = "20ms";
    Pipeline made;
    made.nodes = {source("left"),
                  source("right"),
                  node("both", "union"),
                  node("windows", "window_aggregate", window),
                  node("high", "alert",
                       {{"condition", "mean > 30"},
                        {"keys", {"k"}},
                        {"value", "mean"},
                        {"no_data", "90ms"},
                        {"message", "{k} is at {mean}"},
                        {"provisional", true}}),
                  node("states", "table_view", {{"keep", 1'000}})};
    made.wires = {wire("left", "both"), wire("right", "both"), wire("both", "windows"),
                  wire("windows", "high"), wire("high", "states")};
    return made;
}

struct Told {
    Outcome states{};
    std::vector<std::string> alerts{};  ///< that final values raised, and what had no data
    bool operator==(const Told&) const = default;
};

/// Nothing is provisional when all is final; how many alerts no final value has confirmed is counted.
std::vector<std::string> finalAlerts(const AlertBoard& board, std::size_t& withdrawn) {
    std::vector<std::string> lines;
    for (const AlertBoard::Entry& entry : board.look().entries) {
        const Alert& alert = entry.alert;
        if (alert.provisional) {
            expect(alert.stage == AlertStage::Cleared, "no alert is provisional at the end");
            ++withdrawn;
            continue;
        }
        lines.push_back(fmt::format("{} kind {} stage {}: {} {} {} {}", alert.key.front().value,
                                    static_cast<int>(alert.kind), static_cast<int>(alert.stage), alert.start,
                                    alert.raised, alert.ended, alert.message));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

Told replayOf(const Pipeline& pipeline, int parallelism, const TapeFileRef& tape, RunOptions options) {
    const auto board = std::make_shared<AlertBoard>();
    options.alerts = board;
    Told told;
    told.states = replayed(pipeline, parallelism, tape, std::move(options));
    std::size_t withdrawn = 0;
    told.alerts = finalAlerts(*board, withdrawn);
    return told;
}

}  // namespace

int main() {
    std::size_t raised = 0, withdrawn = 0;
    for (const std::uint64_t seed : seedsOf(suites::AlertTapes)) {
        play(seed, 0, 1'000, true);
        const Pipeline pipeline = alertingEarly(seed % 3 == 0);
        const auto board = std::make_shared<AlertBoard>();
        RunOptions options = seeded(seed);
        options.alerts = board;
        const Recorded run = recorded(pipeline, 1 + static_cast<int>(seed % 3), options);
        if (!run.tape) return summary();
        const Told told{run.outcome, finalAlerts(*board, withdrawn)};
        raised += told.alerts.size();
        for (const int parallelism : {1, 2, 5}) {
            RunOptions again;
            again.batchRows = seed % 2 == 0 ? 4096 : 3;
            expect(replayOf(pipeline, parallelism, run.tape, again) == told,
                   fmt::format("world {}: a replay with {} tasks has the same alerts", seed, parallelism)
                       .c_str());
            expect(replayOf(pipeline, parallelism, run.tape, seeded(seed + 1, kNoon + 5'000)) == told,
                   fmt::format("world {}: … and by another schedule", seed).c_str());
        }
        goesOnAt(pipeline, run, seed, 20 + seed % 60);
    }
    expect(raised > 0 && withdrawn > 0,
           "final values raise alerts, and do not confirm some provisional ones");
    return summary();
}
