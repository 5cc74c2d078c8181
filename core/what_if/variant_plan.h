// The part of one variant that runs, with sinks that keep the rows of the ports that are compared.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/runtime/planning/plan.h"
#include "core/what_if/settings.h"
#include "core/what_if/what_if.h"

namespace rw {

/// A port whose rows are compared, as people name it.
struct ComparedPort {
    std::vector<NodeId> shown{};  ///< sinks and charts with these rows, or the node
    std::string port{};           ///< of the node; empty: of a sink, what comes in
};

/// Where the rows of a compared port come from in one variant.
struct PlannedPort {
    std::vector<PortRef> from{};      ///< none: the variant has no such port
    NodeId keeper{};                  ///< the node that keeps them
    std::vector<std::string> keys{};  ///< as TypedNode::keys of the node before
    /// The nodes whose watermarks close its windows: sources and event_time; none: these are no results of
    /// windows, or they come early and change.
    std::vector<NodeId> timedBy{};
};

struct VariantPlan {
    std::shared_ptr<const Catalogue> kinds{};  ///< outlives the plan
    std::shared_ptr<const Plan> plan{};
    std::vector<PlannedPort> ports{};  ///< as the compared ones
    std::vector<NodeId> order{};       ///< the nodes that run, without the keepers
};

/// The ports that the request asks about, in its pipeline as it is.
Result<std::vector<ComparedPort>> comparedPorts(const WhatIfRequest& request);

/// An error where something above the ports is wrong, as validate() words it, or can't be run again. Ports
/// that this version does not have are left out.
Result<VariantPlan> planVariant(const WhatIfRequest& request, const Varied& varied,
                                const std::vector<ComparedPort>& ports);

}  // namespace rw
