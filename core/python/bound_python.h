// A node that was bound to a function of the user's.
#pragma once
#include <string>

#include "core/pipeline/node_kind.h"
#include "core/python/python_operator.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

class BoundPython final : public BoundNode, public TellsContributors {
 public:
    PythonPlan plan{};
    PythonFunction function{};
    std::string file{};  ///< whose text is the code; empty: `function` has it

    /// The row by its position: what a function gives need not have its columns.
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override;

 private:
    RowPredicateRef earlierOfKey(const AskedRow& asked) const;
};

}  // namespace rw
