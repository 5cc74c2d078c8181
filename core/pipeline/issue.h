// The errors and warnings of a pipeline: found all at once, each with its place and a way out.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/base/text.h"
#include "core/pipeline/pipeline.h"

namespace rw {

enum class Severity { Warning, Error };

/// A change of the document that fixes an issue, offered as a button.
struct QuickFix {
    enum class Kind {
        SetParam,     ///< node.param = value; null takes the parameter away
        RenameParam,  ///< node.param gets the name `value`
        AddNode,      ///< a node of type `param` with the parameters `value` on the wire into `node`.`port`
        RemoveWire,   ///< the wire `value`, as the file writes it: {"from": …, "to": …}
        ReplaceNode,  ///< the node becomes one of type `param` with the parameters `value`; its wires stay
        /// No change of the document: the dialog for a connection of the name `param`, of one of the kinds in
        /// the list `value`; an empty list: of any
        AddConnection,
        /// No change of the document: what is offered for the connection of the name `param`, see
        /// ConnectionOffer
        TakeOffer
    };
    Kind kind = Kind::SetParam;
    Text label;  ///< “Replace with “load””
    NodeId node{};
    std::string param{};
    Json value{};
    std::string port{};  ///< AddNode: the input
    std::vector<QuickFix> then{};  ///< further changes, in the same step
    bool operator==(const QuickFix&) const = default;
};

struct Issue {
    Severity severity = Severity::Error;
    Text message;              ///< the fault
    Text fix{};                ///< how to fix it
    NodeId node{};             ///< where; empty: the whole pipeline
    std::string param{};       ///< empty: the node as such
    int item = -1;             ///< element of a list parameter
    std::size_t position = 0;  ///< byte offset in the parameter's text
    std::size_t length = 0;    ///< 0: no particular place in it
    std::string port{};        ///< the input or output at fault, if one is
    bool missing = false;      ///< not wrong, but not there yet: a wire or a value
    bool offered = false;  ///< missing, and no error before a person has turned down what is offered for it
    std::string column{};      ///< the column that the input lacks, if that is the problem
    std::vector<QuickFix> quickFixes{};
};

/// An error as an issue of the node that it names; of a node inside a subflow: of that.
Issue issueOf(const Error& error);
bool hasErrors(const std::vector<Issue>& issues);
/// One line of English: “node.param: message fix (column 5)”.
std::string english(const Issue& issue);

}  // namespace rw
