// From the text of an expression to a typed one: names resolved among the columns of a scope.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/column_index.h"
#include "core/data/schema.h"
#include "core/sql/bound.h"
#include "core/sql/error.h"
#include "core/sql/parse/ast.h"

namespace rw::sql {

/// The columns that an expression may name.
struct Scope {
    SchemaRef schema;
    /// Names that may be written before a dot, each with its columns [first, first + count) of `schema`.
    struct Qualifier {
        std::string name;
        int first = 0, count = 0;
    };
    std::vector<Qualifier> qualifiers{};
    /// Whether RANDOM(), NOISE(), PICK(), ZIPF() may be used: in a generator's columns.
    bool generator = false;
    /// Of `schema`, where as many expressions are bound as it may have columns; null: it is searched.
    std::shared_ptr<const ColumnIndex> index{};
};

/// Resolves and types an expression. Unknown names get the nearest as a fix.
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

}  // namespace rw::sql
