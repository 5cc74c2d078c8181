// Alerts of a run whose sources are silent at times, and of its replays: the same states, raised and over at
// the same moments, though a replay looks at no clock; at any degree and batch size, and when it is left and
// resumed.
#include <algorithm>
#include <set>

#include "core/stream/alerts/alert_board.h"
#include "core/tape/tape_player.h"
#include "tests/engine/taped_runs.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

Pipeline alerting(bool twoWays) {
    const auto source = [](const char* name) {
        return node(
            name, "scripted",
            {{"outside", name}, {"event_time", "ts"}, {"watermark_delay", "20ms"}, {"idle_timeout", "40ms"}});
    };
    Pipeline made;
    made.nodes = {source("left"),
                  node("high", "alert",
                       {{"condition", "v > 35"},
                        {"clear", "v < 25"},
                        {"for", "15ms"},
                        {"keys", {"k"}},
                        {"value", "v"},
                        {"no_data", "60ms"},
                        {"once_per", "100ms"},
                        {"message", "{k} is at {v}"}}),
                  node("states", "table_view", {{"keep", 1'000}})};
    made.wires = {wire("high", "states")};
    if (twoWays) {
        made.nodes.push_back(source("right"));
        made.nodes.push_back(node("both", "union"));
        for (Wire& each :
             std::vector<Wire>{wire("left", "both"), wire("right", "both"), wire("both", "high")})
            made.wires.push_back(each);
    } else {
        made.wires.push_back(wire("left", "high"));
    }
    return made;
}

/// What was raised and spared, and when it was over.
std::vector<std::string> linesOf(const AlertBoard& board) {
    std::vector<std::string> lines;
    for (const AlertBoard::Entry& entry : board.look().entries) {
        const Alert& alert = entry.alert;
        lines.push_back(fmt::format("{} kind {} stage {}: {} {} {} {}", alert.key.front().value,
                                    static_cast<int>(alert.kind), static_cast<int>(alert.stage), alert.start,
                                    alert.raised, alert.ended, alert.message));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

struct Told {
    Outcome states{};
    std::vector<std::string> alerts{};
    bool operator==(const Told&) const = default;
};

Told replayOf(const Pipeline& pipeline, int parallelism, const TapeFileRef& tape, RunOptions options) {
    const auto board = std::make_shared<AlertBoard>();
    options.alerts = board;
    Outcome states = replayed(pipeline, parallelism, tape, std::move(options));
    return {std::move(states), linesOf(*board)};
}

void replaysHaveTheAlertsOfTheRun(bool ends) {
    std::size_t raised = 0, silences = 0;
    for (const std::uint64_t seed : seedsOf(suites::AlertTapes)) {
        play(seed, 0, 1'000, ends);
        const Pipeline pipeline = alerting(seed % 3 == 0);
        const auto board = std::make_shared<AlertBoard>();
        RunOptions options = seeded(seed);
        options.alerts = board;
        const Recorded run =
            recorded(pipeline, 1 + static_cast<int>(seed % 3), options, ends ? -1 : Millis{1'300});
        if (!run.tape) return;
        const Told told{run.outcome, linesOf(*board)};
        raised += board->look().rules.front().raised;
        for (const AlertBoard::Entry& entry : board->look().entries)
            silences += entry.alert.kind == AlertKind::NoData ? 1 : 0;
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
    expect(raised > 0 && silences > 0, "some alerts are raised, and some keys are missed");
}

}  // namespace

int main() {
    replaysHaveTheAlertsOfTheRun(true);
    replaysHaveTheAlertsOfTheRun(false);
    return summary();
}
