// The differences between two pipelines, one by one, for people and for programs. diff.h has them as a patch,
// which can be applied.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw {

enum class DifferenceKind {
    Added,
    Removed,
    Changed,
    Moved  ///< on the canvas or the dashboard, or within its list
};
/// "added", "removed", "changed", "moved": as --json has it.
std::string_view differenceName(DifferenceKind kind);

struct PipelineDifference {
    DifferenceKind kind = DifferenceKind::Changed;
    /// “pipeline”, “query”, “variable”, “setting”, “node”, “wire”, “card”, “comment”
    std::string_view of{};
    std::string name{};  ///< a node's id, “rows → big”, a variable's name …
    std::string type{};  ///< of a node
    /// Of a node: the parameter, or “title”, “disabled” …; empty: the whole.
    std::string part{};
    bool parameter = false;  ///< `part` is one
    Json before{}, after{};  ///< null: it is not there
};

/// In the order of the file: the pipeline, saved queries, variables, settings, nodes, wires, cards, comments.
/// None: the same bytes are saved of both. Nodes are the same where their ids are; one of another type is
/// removed and added.
std::vector<PipelineDifference> differencesBetween(const Pipeline& before, const Pipeline& after);

}  // namespace rw
