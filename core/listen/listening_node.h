// Which sources can be listened to, and what is changed of one so that listening leaves no trace in the
// system that it reads.
#pragma once
#include <optional>
#include <string>

#include "core/connect/connections/connection.h"
#include "core/look/reaching_out.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// Why no rows of a live source can be heard, and what helps; nothing: they can. Of no other node.
std::optional<NoLook> notHeard(const Node& node, const BoundNode& bound);

/// The source as it listens: it commits no offset, and the broker keeps no messages for it.
Node listening(Node node, const NodeKind& kind);
/// The connection likewise: a broker would turn out the run that has its client id.
Connection listening(Connection connection);

/// The same for all sources that give the same rows: of their type, parameters (variables put in) and
/// columns; also of one as it listens.
std::string heardKey(const Node& node, const NodeKind& kind, const Schema& schema);
/// The connections that the node names, in the order of their parameters.
std::vector<std::string> connectionsOf(const Node& node, const NodeKind& kind);

}  // namespace rw
