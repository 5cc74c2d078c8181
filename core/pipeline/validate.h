// Typing a whole pipeline: every node bound, every problem found at once.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/known_connection.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"

namespace rw {

struct Validated;

struct ValidateOptions {
    std::string folder;                            ///< relative paths start here
    std::map<std::string, std::string> variables;  ///< --set; override the file's
    std::string file{};  ///< of the pipeline, which nothing may overwrite; empty: none
    /// Files that the caller writes besides: the option that names the file (--metrics) and the path.
    std::vector<std::pair<std::string, std::string>> alsoWritten{};
    /// Also checks the files at the pipeline's paths. Otherwise no file is opened or looked for, so that
    /// nothing can make the caller wait.
    bool files = true;
    /// Those that parameters of ParamKind::Connection and Connections may name; null: names are not looked
    /// up.
    KnownConnections connections{};
    /// Asked about what is found of a pipeline without errors: an error of it becomes one of the pipeline.
    /// Null: nobody is asked.
    std::function<Status(const Validated&)> permits{};
};

struct Expanded;

/// A node as it was typed, with the streams that reach it.
struct TypedNode {
    BoundNodeRef bound;                           ///< null: has errors, or something before it has
    std::vector<std::vector<StreamType>> inputs;  ///< per port, per wire
    /// The title of the first node on the way of its rows that makes rows (StreamType::made): the node itself
    /// where only rows of sources reach it.
    std::string maker;
    /// The columns by which a window or a group made its rows, here or before nodes that pass them on.
    std::vector<std::string> keys{};
};

/// A way of rows between two nodes that run.
struct RunWire {
    PortRef from, to;
    /// The numbers in Pipeline::wires of the wires that it consists of: several where it passes disabled
    /// nodes by; sources first.
    std::vector<std::size_t> drawn;
};

struct Validated {
    std::vector<Issue> issues;
    std::map<NodeId, TypedNode> nodes;
    /// The nodes that run, sources first; empty when there is a cycle. Disabled nodes and those of unknown
    /// types are not among them.
    std::vector<NodeId> order;
    /// The wires between the nodes of `order`, in the order in which they enter nodes in the file.
    std::vector<RunWire> wires;
    /// Of a pipeline with subflows: the one that would run. Its nodes are in `nodes` and `order`, its wires
    /// in `wires`; a subflow is typed as the nodes inside it. Null: the pipeline is run as it is.
    std::shared_ptr<const Expanded> expanded{};
    bool runnable() const { return !hasErrors(issues) && !order.empty(); }
};

/// Never fails: all errors are in `issues`, those inside a subflow at the subflow. A node behind a broken
/// one is not blamed for it. Pure but for looking at files (ValidateOptions::files).
Validated validate(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options);

/// Why a wire from `from` to `to` can't be: an issue with message and fixes, or nothing when it can. For
/// drawing a wire: it looks at no file. `known`: the result of validate() for the pipeline, if at hand; it
/// saves typing the nodes before the wire once more. `without`: numbers of wires that would go for this one.
/// `added`: one end of the wire, a node that is not in the pipeline, with an id that none there has.
std::optional<Issue> checkWire(const Pipeline& pipeline, const Catalogue& catalogue,
                               const ValidateOptions& options, const Wire& wire,
                               const Validated* known = nullptr, const std::vector<std::size_t>& without = {},
                               const Node* added = nullptr);

/// `${name}` replaced by the variables' values; unknown names are reported. `$${` is a `${` that names none.
std::string substitute(std::string_view text, const std::map<std::string, std::string>& variables,
                       std::vector<std::string>* unknown = nullptr);

}  // namespace rw
