// The rows of live sources for the samples of this window: what a run has kept, what was heard, and what was
// heard and could not be kept on disk.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "core/listen/heard_samples.h"
#include "core/tape/rolling/rolling_tape.h"

namespace rw::ui {

/// By heardKey(). Immutable, for any thread.
using HeardInMemory = std::map<std::string, HeardRows>;

/// As it is at one moment; copies, for any thread.
struct HeardHere {
    std::shared_ptr<const RollingTape> kept{};  ///< of a run of this pipeline; null: there is none
    std::shared_ptr<const HeardInMemory> inMemory{};
};

/// For a look; waits for the disk.
HeardSources heardSourcesOf(const HeardHere& here);

}  // namespace rw::ui
