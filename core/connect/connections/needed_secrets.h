// The secrets that a run will ask its connections for, found before it begins, so that a person can be asked
// for those that nothing holds.
#pragma once
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"

namespace rw {

/// One secret, and all that a run needs it for.
struct NeededSecret {
    struct Use {
        Text label{};         ///< “Password”
        Text owner{};         ///< the connection, node or target that names the place of the secret
        Text address{};       ///< to which it is sent, or at which others must show it; may be empty
        NodeId node{};        ///< that needs it; empty: none
        std::string title{};  ///< of the node
    };
    SecretRef where{};
    std::vector<Use> uses{};  ///< one at least, in the order of the nodes
    Text lack{};              ///< why it has to be typed; empty: something holds it, or nobody has looked
};

/// ““Password” of the connection “shop””.
Text nameOf(const NeededSecret& needed);

/// What a run leaves out.
struct RunsWithout {
    /// What a tape has: sources, and answers to nodes that ask other systems. Nobody is told of alerts.
    bool inputs = false;
    bool sinks = false;  ///< all but charts
};

/// A node that will run, with the values of variables in its parameters.
struct NeedyNode {
    const Node* node = nullptr;
    const NodeKind* kind = nullptr;
    const BoundNode* bound = nullptr;  ///< null: it is not known
};

/// In the order of the nodes. A connection that is not known needs nothing. Asks no source of secrets.
std::vector<NeededSecret> neededSecrets(const std::vector<NeedyNode>& nodes, const Connections& connections,
                                        RunsWithout without = {});
/// Of a pipeline without errors that was validated with these options: also of nodes inside subflows.
std::vector<NeededSecret> neededSecrets(const Pipeline& pipeline, const Catalogue& catalogue,
                                        const ValidateOptions& options, const Validated& validated,
                                        const Connections& connections, RunsWithout without = {});

/// Of a connection that is used by itself, as for a test: no node needs them.
std::vector<NeededSecret> secretsOf(const Connection& connection);

/// Those of them that a person has to type, each with its `lack`: nothing holds it, or the keyring was not
/// unlocked or can't be used. May wait for the user to unlock a keyring.
std::vector<NeededSecret> toBeTyped(std::vector<NeededSecret> needed, const Connections& connections);

}  // namespace rw
