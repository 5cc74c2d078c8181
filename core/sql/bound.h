// Typed expressions: names resolved to column indexes, types known, conversions explicit. Immutable, shared
// freely.
#pragma once
#include <memory>
#include <vector>

#include "core/data/type.h"
#include "core/data/value.h"

namespace rw::sql {

struct ScalarFunction;  // eval/scalar_function.h

struct BoundExpr;
using BoundRef = std::shared_ptr<const BoundExpr>;

struct BoundExpr {
    enum class Kind { Column, Literal, Call, Case, And, Or, Coalesce, Cast };
    Kind kind = Kind::Literal;
    Type type{};
    int column = -1;                           ///< Column
    Value value{};                             ///< Literal
    const ScalarFunction* function = nullptr;  ///< Call
    bool tryCast = false;                      ///< Cast
    bool canFail = false;                      ///< Call: whether it can fail a row, its arguments aside
    /// Call: the how manieth of its text it is, so that two RANDOM() in one text differ.
    int site = 0;
    /// Whether several expressions of the tree share this one; it is then evaluated once a batch.
    bool shared = false;
    /// State made once from literal arguments (a compiled regular expression, a date pattern); may be null.
    /// Literal: its column of one value.
    std::shared_ptr<const void> prepared{};
    std::vector<BoundRef> args{};
};

/// Adds the indexes of the columns that `expr` reads to `used` (sized like the schema).
void markColumns(const BoundExpr& expr, std::vector<bool>& used);
/// Whether evaluating `expr` can give row errors at all (division, casts, overflow …).
bool canFail(const BoundExpr& expr);

}  // namespace rw::sql
