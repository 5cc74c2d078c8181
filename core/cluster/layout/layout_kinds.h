// The form of each type of node in Flink: an operator of its own, or nothing that can be pointed at.
#pragma once
#include <string_view>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw {

enum class LayoutRole {
    Source,
    Sink,
    Pass,      ///< every row goes on; it melts into the operators around it
    Drop,      ///< the same, but some rows end here, or leave by another port
    Union,     ///< the rows of all its wires go on, without an operator
    Operator,  ///< it has one of its own
    Other      ///< it has no form in Flink, or one that is not known here
};

struct LayoutKind {
    std::string_view type{};
    LayoutRole role = LayoutRole::Other;
    std::vector<std::string_view> operators{};  ///< of role Operator: types that it may be there
    /// The operator that adds up for it before rows are spread over tasks, where Flink makes one.
    std::string_view local{};
    bool windows = false;  ///< rows pass a window function and a guard against late ones before
    bool guarded = false;  ///< late rows are kept out by a condition before it
    /// It has a condition of its own, which Flink may test further up.
    bool conditional = false;
};

/// The row of a type. Without one its role follows from the declaration: sources, sinks and unions are what
/// they say; of other types the operator is not known: role Other.
const LayoutKind& layoutKind(const NodeKind& kind);

}  // namespace rw
