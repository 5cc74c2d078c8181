// Typing one node: its parameters checked, then bound to the streams that reach it.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/file_reach.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/known_connection.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/variables.h"

namespace rw {

/// Shared by the nodes of a pipeline while they are typed. Refers to objects that outlive it.
struct TypingScope {
    const Settings& settings;
    const Variables& variables;
    const std::string& folder;
    FileLook* look = nullptr;  ///< at the files that nodes name; null: none is looked at
    KnownConnections connections{};
};

/// The streams that reach a node: per input port, per wire.
struct Reaching {
    std::vector<std::vector<StreamType>> streams{};
    std::vector<std::vector<Producer>> producers{};
    /// Whether every required input is wired; if not, only the parameters are checked.
    bool complete = true;
};

struct TypedNode;

/// The sender `node` of a wire that arrives at `input`, as it was typed.
Producer producerOf(const Node& node, const NodeKind& kind, const std::string& input, const TypedNode& typed);
/// TypedNode::maker of a node.
std::string makerOf(const Node& node, const Reaching& reaching);

/// Reports the errors of the node; null when it can't be bound.
BoundNodeRef typeNode(const Node& node, const NodeKind& kind, const TypingScope& scope, Reaching reaching,
                      std::vector<Issue>& issues);

}  // namespace rw
