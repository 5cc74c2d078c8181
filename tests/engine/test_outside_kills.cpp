// Runs between a queue and a topic of a broker are killed (SIGKILL) at random instants, and resume each time.
// The queue may be read by a thread of its own, with rows that ask the world outside in between, in their
// order or as they are answered, and rows of a service that a connection leads to beside them. Every row is
// everywhere once, and every acknowledged one was durable.
// $RILLWRIGHT_KILLS: how often, over all runs.
#include <cstdlib>

#include "core/base/random.h"
#include "tests/engine/outside_line.h"
#include "tests/support/child.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;
using namespace rw::test::outside;

namespace {

constexpr std::uint64_t kKillsOfARun = 4;
constexpr std::int64_t kLongest = 150'000;  // microseconds; about the length of an undisturbed run

/// The queue gives nothing again that was acknowledged: where that was not durable, rows are missing.
bool outlivesKills(std::uint64_t seed, int& kills, int& wentOn) {
    const testing::ScratchFolder scratch("outside_kills");
    const Line line(scratch.path(), withGreetings(askingPipeline(seed % 2 == 0)), {.reads = seed % 5 < 2},
                    seed % 3 == 0 ? "own.sqlite" : "first.db");
    FakeBroker broker(line.broker());
    for (std::uint64_t number = 0; number < kKillsOfARun; ++number) {
        const std::uint64_t before = broker.acknowledged("in");
        Kill kill;
        kill.after = std::chrono::microseconds(splitMix64(seed, number) % kLongest);
        if (leg(line, kill)) break;
        ++kills;
        wentOn += before > 0 ? 1 : 0;
    }
    if (!line.isFinished() && !leg(line, {})) return false;
    const std::int64_t greetings = greetingsIn(line.folder() / "second.db");
    if (greetings != kRows) std::printf("greetings %lld\n", static_cast<long long>(greetings));
    return greetings == kRows && isWhole(line, true, true);
}

}  // namespace

int main() {
    std::vector<std::uint32_t> seeds = seedsOf(suites::OutsideInstants);
    if (const char* wanted = std::getenv("RILLWRIGHT_KILLS"); wanted && *wanted) {
        const std::uint32_t first = seeds.front();
        seeds.resize(1 + std::strtoul(wanted, nullptr, 10) / kKillsOfARun);
        std::iota(seeds.begin(), seeds.end(), first);
    }
    int kills = 0, wentOn = 0;
    for (const std::uint32_t seed : seeds) {
        const bool whole = outlivesKills(seed, kills, wentOn);
        if (!whole) std::printf("seed %u\n", seed);
        expect(whole, "killed at any time, every row is everywhere once, and acknowledged");
    }
    std::printf("%d kills, %d of runs that had gone on\n", kills, wentOn);
    if (seeds.size() > 5) expect(kills > 10 && wentOn > 3, "runs were killed, also those that went on");
    return summary();
}
