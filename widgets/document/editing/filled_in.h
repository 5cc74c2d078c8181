// Values that the program guesses for a node from its input (see core/pipeline/prefill.h): when it is wired,
// and again when the columns of its input change, until the person gives one.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/validate.h"

namespace rw::ui {

class PipelineDocument;

struct FilledValue {
    NodeId node;
    std::string param;
    Json value;  ///< null: the parameter goes
};

class FilledNodes {
 public:
    /// Values for what `node` needs and was not given, by the wires that it has now. `known`: the
    /// checked pipeline of just before they came, in which the nodes that send the rows are typed as they
    /// are; null: the present pipeline is typed here, without a look at files, but only where a parameter is
    /// missing. `between`: it was put on a wire, and begins with all columns where it chooses some.
    std::vector<FilledValue> fill(const PipelineDocument& document, const NodeId& node,
                                  const std::shared_ptr<const Validated>& known, bool between);
    /// Whether what `node` has of its input (inputParams()) are all guesses.
    bool follows(const NodeId& node) const { return m_guesses.contains(node); }
    /// The person gave a value: if it is one that is guessed, the node's guesses are its own from now on.
    void touch(const Node& node, const NodeKind& kind, const std::string& param);
    /// Other values for nodes behind `changed`, and for itself if `itself`, where `next`, the pipeline after
    /// the change, gives them other columns. Types it only when there is such a node.
    std::vector<FilledValue> follow(const PipelineDocument& document, const Pipeline& next,
                                    const NodeId& changed, bool itself);
    /// Whether a node behind `changed` may follow: nothing is typed for the answer.
    bool reaches(const Pipeline& pipeline, const NodeId& changed) const;
    void forget() { m_guesses.clear(); }

 private:
    /// All guesses for what a node has of its input: after an undo an earlier one is there again.
    std::map<NodeId, std::vector<Json>> m_guesses{};
};

}  // namespace rw::ui
