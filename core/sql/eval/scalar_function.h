// The definition of a scalar function: how a call of it is typed and computed. core/sql/functions has the
// functions themselves.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/error.h"
#include "core/sql/eval/evaluate.h"
#include "core/sql/eval/work.h"

namespace rw::sql {

/// The input of a kernel: arguments already converted to the parameter types that resolve() chose.
struct CallArgs {
    std::span<const Vector> args;
    std::size_t rows;
    const BoundExpr& call;  ///< result type, prepared state, literal arguments
    const EvalContext& context;
    Work& work;
};

/// How a call is typed: the result, and the type that each argument is converted to.
struct Resolved {
    Type result;
    std::vector<Type> params;
    std::shared_ptr<const void> prepared{};
    bool safe = false;  ///< this call can't fail a row, although others of the function may
};

/// An argument, as resolve() sees it.
struct ArgInfo {
    Type type;
    const Value* literal = nullptr;  ///< the value when the argument is a literal, else null
};

struct ScalarFunction {
    std::string_view name;         ///< upper case; operators by their symbol
    std::string_view signature;    ///< for completion and help: "ROUND(x [, digits])"
    Text help;                     ///< one sentence
    std::string_view group;        ///< "math", "text", "time", "condition", "operator", "generator"
    int minArgs = 0, maxArgs = 0;  ///< maxArgs < 0: any number
    /// Types a call, or gives the error in its arguments. An error's `position` is here the number of the
    /// wrong argument, from 1, or 0 for the whole call; the binder turns it into a place in the text.
    std::function<Parsed<Resolved>(std::span<const ArgInfo> args, std::string_view unit)> resolve;
    /// Computes all rows; null where the binder turns the call into another kind of expression. NULL and
    /// errors of arguments are the kernel's to pass on (the executors of kernels.h do it).
    Vector (*evaluate)(const CallArgs&) = nullptr;
    bool canFail = false;
    /// Whether the result depends on the arguments alone, so that a call of literals is computed once.
    bool pure = true;
};

}  // namespace rw::sql
