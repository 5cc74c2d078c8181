// Tells stories of runs over bad lines (network/network_story.h) of many seeds.
//
//     simulate_network [N [FIRST]]
//
// N seeds (200), from FIRST (1) on: a failing one is printed with the command that repeats it.
//
//     simulate_network --part P/N
//
// Every N-th seed of the suite NetworkSimulations, from its P-th on (random_cases.h).
//
//     simulate_network --seed S
//
// One seed.
//
// $RILLWRIGHT_PROCESSES: how many programs share the seeds; four for each processor without, for most of the
// time they wait. `--leg …` is how a story starts the runs that it kills.
#include <filesystem>

#include "tests/simulate/network/network_story.h"
#include "tests/simulate/seed_processes.h"

using rw::simulated::NetworkStory;

namespace {

constexpr const char* kNetworkSyntax = "simulate_network [N [FIRST]] | --part P/N | --seed S";
/// From so many seeds on each kind of fault must have come.
constexpr long long kEnoughStories = 10;

void printNetworkStory(std::uint64_t seed, const NetworkStory& story) {
    std::printf("SEED %llu: %s\n", static_cast<unsigned long long>(seed),
                story.wrong.empty() ? "nothing is wrong" : story.wrong.c_str());
    for (const std::string& line : story.log) std::printf("  %s\n", line.c_str());
    std::printf("repeat it: tests/run --simulate-network-seed %llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);
}

struct NetworkSums {
    long long seeds = 0, legs = 0, killed = 0, gaveUp = 0, repeated = 0, connections = 0, broken = 0,
              slowed = 0, halved = 0, silences = 0, wrong = 0;

    void add(const NetworkSums& other) {
        seeds += other.seeds;
        legs += other.legs;
        killed += other.killed;
        gaveUp += other.gaveUp;
        repeated += other.repeated;
        connections += other.connections;
        broken += other.broken;
        slowed += other.slowed;
        halved += other.halved;
        silences += other.silences;
        wrong += other.wrong;
    }
    bool metAll() const { return killed > 0 && broken > 0 && slowed > 0 && halved > 0 && silences > 0; }
};

NetworkSums tryNetwork(const std::vector<std::uint64_t>& seeds, std::size_t first, std::size_t step,
                       const std::string& program) {
    NetworkSums sums;
    for (std::size_t i = first; i < seeds.size(); i += step) {
        const NetworkStory story = rw::simulated::tellOfNetwork(seeds[i], program);
        NetworkSums one{1,
                        story.legs,
                        story.killed,
                        story.gaveUp,
                        story.repeated,
                        story.met.connections,
                        story.met.broken,
                        story.met.slowed,
                        story.met.halved,
                        story.met.silences,
                        story.wrong.empty() ? 0 : 1};
        sums.add(one);
        if (!story.wrong.empty()) printNetworkStory(seeds[i], story);
    }
    return sums;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string(argv[1]) == "--leg")
        return rw::simulated::networkLeg(std::vector<std::string>(argv + 2, argv + argc));
    const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
    if (argc == 3 && std::string(argv[1]) == "--seed") {
        const std::uint64_t seed = rw::simulated::numberIn(argv[2], kNetworkSyntax);
        const NetworkStory story = rw::simulated::tellOfNetwork(seed, program);
        printNetworkStory(seed, story);
        return story.wrong.empty() ? 0 : 1;
    }
    const auto seeds =
        rw::simulated::wantedSeeds(argc, argv, rw::test::suites::NetworkSimulations, kNetworkSyntax);
    constexpr unsigned kOfEachProcessor = 4;
    const unsigned processes =
        rw::simulated::processesOr(kOfEachProcessor * std::thread::hardware_concurrency(), kNetworkSyntax);
    const auto sums = rw::simulated::overProcesses<NetworkSums>(
        processes,
        [&](std::size_t first, std::size_t step) { return tryNetwork(seeds, first, step, program); });
    std::printf("%lld seeds: %lld runs, %lld of them killed, %lld gave up, %lld seeds found something\n",
                sums.seeds, sums.legs, sums.killed, sums.gaveUp, sums.wrong);
    std::printf(
        "%lld connections, %lld of them broken, %lld gusts that slowed, %lld that cut into pieces, %lld "
        "silences, "
        "%lld rows came again where they may\n",
        sums.connections, sums.broken, sums.slowed, sums.halved, sums.silences, sums.repeated);
    if (sums.seeds >= kEnoughStories && !sums.metAll()) {
        std::printf("Some kind of fault has never come.\n");
        return 1;
    }
    return sums.wrong == 0 ? 0 : 1;
}
