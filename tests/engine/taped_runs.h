// Runs that record tapes, and replays of them: sources by a script, and the final rows of tables.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/tape/tape_file.h"
#include "core/views/table_view.h"
#include "tests/support/noon.h"
#include "tests/support/run_of.h"

namespace rw::test {

std::shared_ptr<const Plan> tapedPlan(const Pipeline& pipeline, int parallelism);

/// The rows of each table, sorted.
using Outcome = std::vector<std::vector<TableRow>>;
Outcome outcomeOf(const Run& run);
std::size_t rowsIn(const Outcome& outcome);

/// Two sources of two partitions each, one of them silent at times; behind their union windows, with a table
/// for late rows, and one for the moment at which the run began.
Pipeline twoSources();

/// Plays a world of so many milliseconds from `start` on (steady milliseconds); whether sources end.
void play(std::uint64_t seed, std::int64_t start, std::int64_t millis, bool ends);

struct Recorded {
    Outcome outcome{};
    TapeFileRef tape{};
    RunMetrics metrics{};
    std::string bytes{};  ///< of the tape
    Status status{};      ///< of the run
};

/// Runs the pipeline to its end on a tape; `during` has the run once it has begun.
Recorded recordedWhile(const Pipeline& pipeline, int parallelism, RunOptions options,
                       const std::function<void(Run&)>& during);

/// Runs the pipeline to its end, or for so many milliseconds of its clock, on a tape.
Recorded recorded(const Pipeline& pipeline, int parallelism, RunOptions options, Millis stopAfter = -1);
Outcome replayed(const Pipeline& pipeline, int parallelism, const TapeFileRef& tape, RunOptions options = {});
/// Replays it at several degrees, on threads and on one, and expects the tables of the run.
void sameAtEveryDegree(const Pipeline& pipeline, const Recorded& run, std::uint64_t seed);

/// On one thread, by a clock that is simulated.
RunOptions seeded(std::uint64_t seed, Instant began = kNoon);
/// A replay that is left at a step of its schedule and resumed has the outcome of the run.
void goesOnAt(const Pipeline& pipeline, const Recorded& run, std::uint64_t seed, std::uint64_t step);

}  // namespace rw::test
