// Subflows: nodes that stand for the nodes of another file.
//
// Before anything is typed they are replaced by these, which are then called “outer/inner”: validation,
// planning and runs know ordinary nodes only. Messages about these are shown at the node that stands for
// them.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/subflow_files.h"
#include "core/pipeline/validate.h"

namespace rw {

/// A pipeline with the nodes of all its subflows.
struct Expanded {
    /// The first wires are those of the pipeline that was expanded, in their order, joined to the nodes inside.
    /// Subflows that were replaced are still there, disabled.
    Pipeline pipeline{};
    std::map<NodeId, SubflowFileRef> subflows{};  ///< those that gave way
    /// All files that subflows name, also those that could not be read, and the outermost node that does.
    std::vector<std::pair<std::string, NodeId>> files{};

    /// Where the wire runs in the expanded pipeline.
    Wire joined(Wire wire) const;
};

/// Null when there are no subflows. Files are read with ValidateOptions::files only, otherwise taken as they
/// were read last. Reports why a subflow can't be replaced.
///
/// Relative paths of a file start at its folder. Its variables are its own, with the values that the subflow
/// sets. Its settings do not count: those of the outermost pipeline hold.
std::shared_ptr<const Expanded> expand(const Pipeline& pipeline, const Catalogue& catalogue,
                                       const ValidateOptions& options, std::vector<Issue>& issues);

/// Words an issue of the expanded pipeline for a reader of the one that was expanded.
void placeOutside(Issue& issue, const Expanded& expanded);

/// Types the subflows as the nodes inside them were typed.
void typeSubflows(const Expanded& expanded, Validated& validated);

/// The file of a subflow of the pipeline, absolute; empty: it names none, or is none. Looks at no disk.
std::string subflowPath(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                        const NodeId& node);

}  // namespace rw
