// Nodes that become the file of a subflow, and the node that stands for them.
#pragma once
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/validate.h"

namespace rw {

struct Group {
    Pipeline file{};  ///< of the subflow
    Pipeline rest{};  ///< the pipeline with one node in place of those
    NodeId subflow{};
    std::vector<NodeId> inputs{}, outputs{};  ///< the nodes of the file that are its ports
    int charts = 0;                           ///< that leave the dashboard
};

/// `known`: the pipeline, checked; it tells the columns of the rows that come in. `file`: as the subflow
/// names it, in the folder of the pipeline. Refused, with the node that is in the way where there is one:
/// ports of the file of a subflow, nodes of unknown types, a node outside on the way between two of them,
/// rows of unknown columns.
Result<Group> group(const Pipeline& pipeline, const Validated& known, const Catalogue& catalogue,
                    const std::vector<NodeId>& nodes, const std::string& file);

}  // namespace rw
