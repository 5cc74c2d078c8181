// The parameters that several selected nodes share, and the words for all of them.
#pragma once
#include <QString>
#include <vector>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

/// Those that every one of the nodes has by name and kind, with the same choices: in the declaration of the
/// first. None when one of them is of an unknown type.
std::vector<const ParamSpec*> sharedParams(const PipelineDocument& document,
                                           const std::vector<NodeId>& nodes);

/// Whether such a parameter means the same in all of them, defaults put in: “60s” and “1min” do.
bool agree(const PipelineDocument& document, const std::vector<NodeId>& nodes, const ParamSpec& spec);

/// Whether it can only be one node's own: a file that it writes.
bool isOwn(const ParamSpec& spec);

/// “3 window aggregates”; of several types “5 nodes”.
QString titleOfSeveral(const PipelineDocument& document, const std::vector<NodeId>& nodes);
/// The titles of nodes of one type; of others how many there are of each type.
QString listOfSeveral(const PipelineDocument& document, const std::vector<NodeId>& nodes);

}  // namespace rw::ui
