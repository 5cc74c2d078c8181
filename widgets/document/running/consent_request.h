// What a person must agree to before a run.
#pragma once
#include <vector>

#include "core/pipeline/access.h"

namespace rw::ui {

struct ConsentRequest {
    struct Target {
        Access access;
        bool foreign = false;  ///< is written, and somebody else's work stands there
    };
    /// Nobody here has saved the pipeline: the targets are all that a run would access. Otherwise they are
    /// the foreign ones.
    bool untrusted = false;
    std::vector<Target> targets{};
    /// The run writes no outputs: they are not among the targets. Who agrees lets no other run begin.
    bool onlyCharts = false;

    bool empty() const { return targets.empty(); }
};

}  // namespace rw::ui
