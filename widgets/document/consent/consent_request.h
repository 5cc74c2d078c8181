// The accesses that the user must agree to before a run.
#pragma once
#include <vector>

#include "core/pipeline/access.h"

namespace rw::ui {

struct ConsentRequest {
    struct Target {
        Access access;
        bool foreign = false;   ///< is written, and holds the work of others
        bool replaced = false;  ///< is written and is there; the rows of an incomplete tape replace it
    };
    /// The pipeline was not saved by this user: the targets are all that a run would access. Otherwise they
    /// are the foreign ones.
    bool untrusted = false;
    std::vector<Target> targets{};
    bool resumes = false;  ///< the run resumes from a checkpoint
    /// The tape that is to be replayed lacks rows, in these words; empty: it does not, or replaces nothing.
    /// The targets then include all outputs that it replaces.
    Text incompleteTape{};
    /// The run writes no outputs: they are not among the targets. The consent holds for no other run.
    bool onlyCharts = false;

    bool empty() const { return targets.empty(); }
};

}  // namespace rw::ui
