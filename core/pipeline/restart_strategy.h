// How a run goes on after a source or a sink has failed: the setting `restart`, and the same words on the
// command line.
#pragma once
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// As Flink has them; the two factors of the exponential one are fixed.
struct RestartStrategy {
    enum class Kind {
        None,         ///< the first failure ends the run
        Fixed,        ///< `first` before every attempt; attempts are counted over the whole run
        Exponential,  ///< `first`, then twice as long each time up to `longest`, more or less a tenth of it;
                      ///< after `calm` without a failure the delay and the count start over
    };
    static constexpr int kMultiplier = 2;
    static constexpr double kJitter = 0.1;
    /// The default for a desktop: its user looks at it sooner or later, and a run that tries for ever looks like
    /// one that works.
    static constexpr int kTries = 10;
    static constexpr int kMostTries = 1'000'000;

    Kind kind = Kind::None;
    Millis first = 1'000, longest = 60'000;
    int tries = kTries;     ///< at most; 0: without end
    Millis calm = 600'000;  ///< behind the longest wait that came last
    bool operator==(const RestartStrategy&) const = default;
};

inline constexpr const char* kRestartKey = "restart";

/// `none`, `fixed:DELAY:TRIES` or `exponential:FIRST:LONGEST:TRIES:CALM`, with defaults for what is left away
/// at the end; TRIES may be `unlimited`. An error names the fault and the syntax.
Result<RestartStrategy> parseRestart(std::string_view text);

/// Of a run that is told nothing, as in Flink SQL: exponential with checkpoints, none without.
RestartStrategy defaultRestart(bool takesCheckpoints);

/// The strategy of the settings, or the default where they have none, or one that can't be read.
RestartStrategy restartOf(const Settings& settings, bool takesCheckpoints);

/// Whether the setting, where it is there, can be read.
Status checkRestart(const Settings& settings);

}  // namespace rw
