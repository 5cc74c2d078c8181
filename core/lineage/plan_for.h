// The plan for a question about a port of a pipeline that may not run as a whole.
#pragma once
#include <memory>

#include "core/pipeline/checks/trust.h"
#include "core/runtime/planning/plan.h"

namespace rw {

struct PlanToAsk {
    std::shared_ptr<const Catalogue> catalogue{};  ///< the plan refers to it
    std::shared_ptr<const Plan> plan{};
    PortRef from{};  ///< the port that is asked about, as the plan names it: inside a subflow “outer/inner”
};

/// Of the part above the output port `from` of `pipeline`, of a node inside a subflow by its path: errors
/// elsewhere do not matter, and no sink need
/// take its rows. An error: that part has one, or nobody agreed to run the pipeline or one of its subflows.
Result<PlanToAsk> planToAsk(const Pipeline& pipeline, const Catalogue& catalogue,
                            const ValidateOptions& options, const Trust& trust, const PortRef& from);

}  // namespace rw
