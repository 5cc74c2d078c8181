// Runs on a simulated clock that are left while rows come, and resumed.
#pragma once
#include <memory>
#include <utility>

#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

namespace rw::test {

/// Starts the run, and leaves it at step `options.snapshotAtStep`; four times, or until it ends before that,
/// each time from where it was left, with a clock that begins at `wall` again. `left` counts. The options to
/// resume it to its end.
inline RunOptions leftOften(const std::shared_ptr<const Plan>& plan, RunOptions options, Instant wall,
                            std::size_t& left) {
    for (int leg = 0; leg < 4; ++leg) {
        auto run = Run::start(plan, options);
        expect(run.ok(), "the run starts");
        if (!run.ok()) break;
        Result<StateSnapshot> snapshot = (*run)->awaitSnapshot();
        if (!snapshot.ok()) break;
        ++left;
        options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
        options.clock = std::make_shared<SimulatedClock>(wall);
    }
    options.snapshotAtStep = 0;
    return options;
}

}  // namespace rw::test
