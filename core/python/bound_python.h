// A node that was bound to a function of the user's.
#pragma once
#include <string>

#include "core/pipeline/node_kind.h"
#include "core/python/python_operator.h"

namespace rw {

class BoundPython final : public BoundNode {
 public:
    PythonPlan plan{};
    PythonFunction function{};
    std::string file{};  ///< whose text is the code; empty: `function` has it
};

}  // namespace rw
