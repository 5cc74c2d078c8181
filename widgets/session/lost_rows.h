// Rows of a run that count nowhere: rejected, or too late, by ports that have no wire. Said of a run that
// goes on and of one that is over, until the next begins.
#pragma once
#include <cstdint>
#include <vector>

#include "core/pipeline/issue.h"

namespace rw::ui {

class PipelineDocument;
class RunSession;

/// A warning for each node and each of both, in the order of the nodes. Rows that a finding of the run
/// explains with a way out (RunFindings) are left out. Of a cluster only known figures.
std::vector<Issue> lostRows(const PipelineDocument& document, const RunSession& session);
/// The rows that a node lost, or that all of them did.
struct NodeLosses {
    NodeId node{};
    std::uint64_t late = 0, rejected = 0;
    bool lateAtLeast = false;  ///< there may be more late rows than that
};
/// Of all nodes; it names none.
NodeLosses lostInAll(const PipelineDocument& document, const RunSession& session);
/// The nodes whose lost rows node `to` lacks: itself and those that its rows come from, in the order of the
/// nodes.
std::vector<NodeLosses> lostBefore(const PipelineDocument& document, const RunSession& session,
                                   const NodeId& to);

/// Whether it is one of those warnings, or of the late rows that a finding explains: there are rows to show.
bool hasRowsToShow(const Issue& issue);

}  // namespace rw::ui
