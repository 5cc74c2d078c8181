// The connections that a node names, against those that this computer has.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/access.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/known_connection.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// An error for each connection that a parameter which applies names, if it is none of `known`, or one of a
/// kind that does not fit. Where the list can't be read, that is the error. One that is offered is missing
/// only. `node`: as checkParams() gives it.
void checkConnections(const Node& node, const NodeKind& kind, const KnownConnectionList& known,
                      std::vector<Issue>& issues);

/// A node that names a connection.
struct ConnectionUse {
    std::string connection{};
    NodeId node{};
    std::string title{};  ///< of the node
};
/// Of all nodes, in their order, also of those that do not run, with today's values of variables. Nodes
/// inside subflows are left out: their files are not read.
std::vector<ConnectionUse> connectionUses(const Pipeline& pipeline, const Catalogue& catalogue);

/// The other systems that a node reaches by connections, as people are told before a run: address, what it
/// reads or writes there, and the direction. `node`: as checkParams() gives it. `known`: may be null.
std::vector<Access> connectionAccesses(const Node& node, const NodeKind& kind,
                                       const KnownConnectionList* known);

/// Whether a connection of this kind may be named there. A declaration without kinds takes all.
bool connectionFits(const ParamSpec& spec, const std::string& kind);

}  // namespace rw
