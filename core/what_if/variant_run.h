// The run of one variant, and the rows that it leaves at the ports that are compared.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "core/what_if/difference.h"
#include "core/what_if/variant_plan.h"
#include "core/what_if/what_if.h"

namespace rw {

/// What the runs of one comparison share.
struct CommonRun {
    const WhatIfRequest& request;
    std::shared_ptr<const Files> files{};
    Instant began = 0;  ///< of all of them
};

struct RanPort {
    SideRows rows{};
    bool there = false;  ///< the variant has such a port
    WhatIfPortSide side{};
};

struct RanVariant {
    WhatIfSide side{};
    std::vector<RanPort> ports{};  ///< none where it failed
};

/// Waits for the run. That it failed is in its side; an error: it was cancelled.
Result<RanVariant> runVariant(const CommonRun& common, const VariantPlan& planned);

}  // namespace rw
