// One seed: a run from a system outside to another, over bad lines, is killed and resumes until it has come
// to its end; then the systems must hold what an undisturbed run gives them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulate/network/storm.h"

namespace rw::simulated {

struct NetworkStory {
    std::string wrong{};  ///< empty: nothing is
    std::vector<std::string> log{};
    int legs = 0;      ///< starts of the run
    int killed = 0;    ///< of them
    int gaveUp = 0;    ///< of them: they failed, as a run may that can't reach what is outside
    int repeated = 0;  ///< rows that came again, where that is allowed
    Storm::Tally met{};
};

/// `program` is this one, which is started for each leg as `program --leg …`. The same seed gives the same
/// pipeline and the same faults at the same times; what they meet is up to the machine.
NetworkStory tellOfNetwork(std::uint64_t seed, const std::string& program);

/// A leg, with the words behind --leg; the status to leave with.
int networkLeg(const std::vector<std::string>& words);

}  // namespace rw::simulated
