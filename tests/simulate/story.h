// One seed: a random pipeline runs, meets trouble, resumes, and so forth to its end; then its tables must
// hold the rows of an undisturbed run.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/engine/random_pipeline.h"
#include "tests/simulate/taping.h"

namespace rw::simulated {

struct Story {
    std::string wrong{};  ///< empty: nothing is
    std::vector<std::string> log{};
    std::uint64_t hash = 0;  ///< over all that happened
    int legs = 0;            ///< starts of the run
    int wentOn = 0;          ///< from a checkpoint
    int passedOver = 0;      ///< damaged checkpoints for which the one before was used
    int acknowledged = 0;    ///< checkpoints of which a store has said that they outlive everything
    int rotten = 0;          ///< looks at a file of which one bit was another
    int torn = 0;            ///< Disk::Tally
    int lostPages = 0;       ///< the same
    int movedBack = 0;       ///< the same
    int shortWrites = 0;     ///< of which not all was taken
    int asked = 0;           ///< 1: its rows asked a world outside
    int overtook = 0;        ///< 1: and went on as they were answered
    int greeted = 0;         ///< 1: rows came from a service that a connection leads to
    int late = 0;            ///< requests whose answer did not come in time, or never
    int rottenRecords = 0;   ///< legs that began with a wrong bit in the record of a file's epochs
    int refusedRecords = 0;  ///< of them: runs that said so and did not go on
    int lookedUp = 0;        ///< 1: a table was looked into
    int enclosed = 0;        ///< 1: a part of it was a subflow
    int forgetful = 0;       ///< 1: state had a time to live
    int readAnew = 0;        ///< 1: the last leg met more than one version of a table
    int forgot = 0;          ///< 1: groups have ended, and counted from nothing again
    int missed = 0;          ///< 1: a join that forgets has found some pairs, and not all
    TapeTally tapes{};       ///< of legs that were recorded
    std::uint64_t rows = 0;  ///< in the outputs at the end
};

/// The same for the same seed and size. `keepsLog`: with every call of the disk.
Story tell(std::uint64_t seed, const test::PipelineSize& size, bool keepsLog);

/// The sizes that seeds have, unless a failure is made smaller.
test::PipelineSize usualSize();

}  // namespace rw::simulated
