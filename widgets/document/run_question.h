// What a person must agree to before a run.
#pragma once
#include <vector>

#include "core/pipeline/touch.h"

namespace rw::ui {

struct RunQuestion {
    struct Target {
        Touch touch;
        bool foreign = false;  ///< is written, and somebody else's work stands there
    };
    /// Nobody here has saved the pipeline: the targets are all that a run would touch. Otherwise they are the
    /// foreign ones.
    bool stranger = false;
    std::vector<Target> targets{};

    bool empty() const { return targets.empty(); }
};

}  // namespace rw::ui
