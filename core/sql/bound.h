// Typed expressions: names resolved to column indexes, types known, conversions explicit. Immutable, shared
// freely.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/data/schema.h"
#include "core/sql/error.h"
#include "core/sql/parse/ast.h"

namespace rw::sql {

struct ScalarFunction;  // functions/functions.h

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

/// The columns that an expression may name.
struct Scope {
    SchemaRef schema;
    /// Names that may stand before a dot, each with its columns [first, first + count) of `schema`.
    struct Qualifier {
        std::string name;
        int first = 0, count = 0;
    };
    std::vector<Qualifier> qualifiers{};
    /// Whether RANDOM(), NOISE(), PICK(), ZIPF() may be used: in a generator's columns.
    bool generator = false;
};

/// Resolves and types an expression. Unknown names get the nearest as a mend.
Parsed<BoundRef> bind(const Expr& expr, const Scope& scope);
/// Parses and binds; the usual way for a parameter.
Parsed<BoundRef> bindText(std::string_view text, const Scope& scope);
/// As bindText, for a condition: the type must be BOOLEAN.
Parsed<BoundRef> bindCondition(std::string_view text, const Scope& scope);

/// A select list entry that was bound: `*` has become one entry a column.
struct BoundItem {
    BoundRef expr;
    std::string name;
};
/// Binds “expr AS name”, “expr” (a bare column keeps its name; anything else needs AS) or “*”.
Parsed<std::vector<BoundItem>> bindSelectItem(std::string_view text, const Scope& scope);

/// Wraps `expr` in a conversion to `type` where the types differ; an error value when there is none.
Parsed<BoundRef> convert(BoundRef expr, Type type, Span where);

/// Adds the indexes of the columns that `expr` reads to `used` (sized like the schema).
void markColumns(const BoundExpr& expr, std::vector<bool>& used);
/// Whether evaluating `expr` can give row errors at all (division, casts, overflow …).
bool canFail(const BoundExpr& expr);

}  // namespace rw::sql
