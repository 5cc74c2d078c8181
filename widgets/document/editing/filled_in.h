// The start values of a node that was just wired, see core/pipeline/prefill.h.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

/// Values for required parameters of `node`, by the wires that it has now. `known`: the checked pipeline of just
/// before they came, in which the nodes that send the rows are typed as they are; null: the present pipeline is
/// typed here, without a look at files, but only where a parameter is missing.
std::vector<std::pair<std::string, Json>> filledIn(const PipelineDocument& document, const NodeId& node,
                                                   const std::shared_ptr<const Validated>& known);

}  // namespace rw::ui
