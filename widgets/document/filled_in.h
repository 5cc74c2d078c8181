// What a node that was just wired begins with, see core/pipeline/prefill.h.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

/// The checked pipeline as it is now: the one at hand, or where that is older, one that is typed at once. Looks
/// at no file.
std::shared_ptr<const Validated> typedNow(const PipelineDocument& document);

/// Values for what `node` lacks, by the wires that it has now. `known` may be of the pipeline before they came:
/// the nodes that send the rows must be typed in it as they are.
std::vector<std::pair<std::string, Json>> filledIn(const PipelineDocument& document, const NodeId& node,
                                                   const Validated& known);

}  // namespace rw::ui
