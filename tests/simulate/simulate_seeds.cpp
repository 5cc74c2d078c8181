// Tells stories (story.h) of many seeds.
//
//     simulate_seeds [N [FIRST]]
//
// N seeds (200), from FIRST (1) on, over all processors: a failing case is made smaller for as long as it
// fails, and printed with the command that repeats it.
//
//     simulate_seeds --part P/N
//
// Every N-th seed of the suite Simulations, from its P-th on (random_cases.h).
//
//     simulate_seeds --seed S
//
// One seed, with every call of its disk.
//
// $RILLWRIGHT_PROCESSES: how many programs share the seeds; as many as there are processors without.
#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "core/pipeline/json/json.h"
#include "tests/simulate/seed_processes.h"
#include "tests/simulate/story.h"
#include "tests/simulate/sunk_pipeline.h"
#include "tests/support/random_cases.h"

using rw::simulated::Story;
using rw::simulated::sunkPipeline;
using rw::simulated::tell;
using rw::simulated::usualSize;
using rw::test::PipelineSize;

namespace {

void printStory(std::uint64_t seed, const PipelineSize& size, const Story& story) {
    std::printf("SEED %llu: %s\n", static_cast<unsigned long long>(seed),
                story.wrong.empty() ? "nothing is wrong" : story.wrong.c_str());
    for (const std::string& line : story.log) std::printf("  %s\n", line.c_str());
    std::printf("%s\n", savePipeline(sunkPipeline(seed, size).pipeline).c_str());
    std::printf("repeat it: tests/run --simulate-seed %llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);
}

/// The same trouble, as far as it stays, of a pipeline that is smaller.
PipelineSize smallest(std::uint64_t seed, PipelineSize size) {
    for (int PipelineSize::*part : {&PipelineSize::nodes, &PipelineSize::sources, &PipelineSize::rows}) {
        while (size.*part > 1) {
            PipelineSize smaller = size;
            smaller.*part /= 2;
            if (tell(seed, smaller, false).wrong.empty()) break;
            size = smaller;
        }
    }
    return size;
}

struct Sums {
    long long seeds = 0, legs = 0, wentOn = 0, passedOver = 0, rows = 0, acknowledged = 0, rotten = 0,
              torn = 0, lostPages = 0, movedBack = 0, shortWrites = 0, asked = 0, overtook = 0, late = 0,
              rottenRecords = 0, refusedRecords = 0, lookedUp = 0, enclosed = 0, forgetful = 0, readAnew = 0,
              forgot = 0, missed = 0, greeted = 0, replayed = 0, cut = 0, rottenTapes = 0, wrong = 0;

    void add(const Sums& other) {
        seeds += other.seeds;
        legs += other.legs;
        wentOn += other.wentOn;
        passedOver += other.passedOver;
        rows += other.rows;
        acknowledged += other.acknowledged;
        rotten += other.rotten;
        torn += other.torn;
        lostPages += other.lostPages;
        movedBack += other.movedBack;
        shortWrites += other.shortWrites;
        asked += other.asked;
        overtook += other.overtook;
        late += other.late;
        rottenRecords += other.rottenRecords;
        refusedRecords += other.refusedRecords;
        lookedUp += other.lookedUp;
        enclosed += other.enclosed;
        forgetful += other.forgetful;
        readAnew += other.readAnew;
        forgot += other.forgot;
        missed += other.missed;
        greeted += other.greeted;
        replayed += other.replayed;
        cut += other.cut;
        rottenTapes += other.rottenTapes;
        wrong += other.wrong;
    }
    /// The kinds of trouble that are common have come.
    bool metAll() const {
        return wentOn > 0 && passedOver > 0 && acknowledged > 0 && rotten > 0 && torn > 0 && lostPages > 0 &&
               movedBack > 0 && late > 0 && rottenRecords > 0 && refusedRecords > 0 && shortWrites > 0 &&
               asked > 0 && overtook > 0 && lookedUp > 0 && enclosed > 0 && forgetful > 0 && readAnew > 0 &&
               forgot > 0 && missed > 0 && greeted > 0 && replayed > 0 && cut > 0 && rottenTapes > 0;
    }
};
/// So many seeds meet most of them; the rarest are looked for in so many times as many at most.
constexpr int kMostRounds = 10;
constexpr long long kSeedsOfRound = 50;
/// From so many seeds on all kinds must come. A part has as many, but for a sanitizer, which gets a few.
constexpr long long kEnough = 20;
static_assert(rw::test::suites::Simulations.cases >= 4 * kEnough, "the parts would ask for no kind at all");

/// Every `step`th of the seeds, from the one numbered `first` on.
Sums trySeeds(const std::vector<std::uint64_t>& seeds, std::size_t first, std::size_t step) {
    Sums sums;
    for (std::size_t i = first; i < seeds.size(); i += step) {
        const std::uint64_t seed = seeds[i];
        const Story story = tell(seed, usualSize(), false);
        ++sums.seeds;
        sums.legs += story.legs;
        sums.wentOn += story.wentOn;
        sums.passedOver += story.passedOver;
        sums.acknowledged += story.acknowledged;
        sums.rotten += story.rotten;
        sums.torn += story.torn;
        sums.lostPages += story.lostPages;
        sums.movedBack += story.movedBack;
        sums.shortWrites += story.shortWrites;
        sums.asked += story.asked;
        sums.overtook += story.overtook;
        sums.late += story.late;
        sums.rottenRecords += story.rottenRecords;
        sums.refusedRecords += story.refusedRecords;
        sums.lookedUp += story.lookedUp;
        sums.enclosed += story.enclosed;
        sums.forgetful += story.forgetful;
        sums.readAnew += story.readAnew;
        sums.forgot += story.forgot;
        sums.missed += story.missed;
        sums.greeted += story.greeted;
        sums.replayed += story.tapes.replayed;
        sums.cut += story.tapes.cut;
        sums.rottenTapes += story.tapes.rotten;
        sums.rows += static_cast<long long>(story.rows);
        if (story.wrong.empty()) continue;
        ++sums.wrong;
        const PipelineSize size = smallest(seed, usualSize());
        printStory(seed, size, tell(seed, size, false));
    }
    return sums;
}

constexpr const char* kSyntax = "simulate_seeds [N [FIRST]] | --part P/N | --seed S";

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == "--seed") {
        const std::uint64_t seed = rw::simulated::numberIn(argv[2], kSyntax);
        const Story story = tell(seed, usualSize(), true);
        printStory(seed, usualSize(), story);
        return story.wrong.empty() ? 0 : 1;
    }
    const std::vector<std::uint64_t> seeds =
        rw::simulated::wantedSeeds(argc, argv, rw::test::suites::Simulations, kSyntax);
    const unsigned processes = rw::simulated::processesOr(std::thread::hardware_concurrency(), kSyntax);
    const auto tried = [processes](const std::vector<std::uint64_t>& these) {
        return rw::simulated::overProcesses<Sums>(processes, [&these](std::size_t first, std::size_t step) {
            return trySeeds(these, first, step);
        });
    };
    Sums sums = tried(seeds);
    std::uint64_t next = seeds.empty() ? 0 : *std::max_element(seeds.begin(), seeds.end());
    for (int rounds = 0; sums.seeds >= kEnough && !sums.metAll() && rounds < kMostRounds; ++rounds) {
        std::vector<std::uint64_t> more;
        for (long long i = 0; i < kSeedsOfRound; ++i) more.push_back(++next);
        sums.add(tried(more));
    }
    std::printf(
        "%lld seeds: %lld runs, %lld of them resumed from a checkpoint, %lld damaged checkpoints passed "
        "over, %lld rows, %lld seeds found something\n",
        sums.seeds, sums.legs, sums.wentOn, sums.passedOver, sums.rows, sums.wrong);
    std::printf(
        "%lld checkpoints acknowledged, %lld looks at files with a wrong bit, %lld files torn, %lld syncs "
        "that "
        "lost pages, %lld files with their old names again, %lld short writes\n",
        sums.acknowledged, sums.rotten, sums.torn, sums.lostPages, sums.movedBack, sums.shortWrites);
    std::printf(
        "%lld asked a world outside, %lld of them with rows that overtake each other, %lld requests were too "
        "late, %lld had a source with a connection\n",
        sums.asked, sums.overtook, sums.late, sums.greeted);
    std::printf("%lld runs met a wrong bit in the record of a file's epochs, %lld of them refused\n",
                sums.rottenRecords, sums.refusedRecords);
    std::printf("%lld looked into a table, %lld had a subflow, %lld forgot what is old\n", sums.lookedUp,
                sums.enclosed, sums.forgetful);
    std::printf(
        "%lld met a table that was changed meanwhile, %lld had groups that ended, %lld joins missed pairs\n",
        sums.readAnew, sums.forgot, sums.missed);
    std::printf("%lld whole tapes replayed, %lld that were cut off, %lld looked at with a wrong bit\n",
                sums.replayed, sums.cut, sums.rottenTapes);
    if (sums.seeds >= kEnough && !sums.metAll()) {
        std::printf("Some kind of trouble has never come.\n");
        return 1;
    }
    return sums.wrong == 0 ? 0 : 1;
}
