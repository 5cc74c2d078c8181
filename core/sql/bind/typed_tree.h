// Syntax trees whose parts have types: from these an expression is translated into another engine's words.
//
// A bound expression (core/sql/bound.h) is made to be computed: constants are folded, BETWEEN has become two
// comparisons. Only the syntax tree keeps the text as the user wrote it; here it is with the types that the
// binder found.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/sql/bind/bind.h"
#include "core/sql/parse/ast.h"

namespace rw::sql {

/// The binder's data of one part of a tree.
struct TypedPart {
    Type type{};  ///< its own
    /// The type to which the call around it converts it; `type` where none does. Of a value that is compared
    /// with several (BETWEEN, IN, CASE): the type in which all of that can be done.
    Type as{};
    int column = -1;       ///< Expr::Kind::Column: index in the scope's schema
    bool canFail = false;  ///< it, or converting its operands, may fail a row; its arguments aside
};
using TypedParts = std::unordered_map<const Expr*, TypedPart>;

/// An expression, or nothing (`tree` is null). Movable; parts() refer to nodes of the tree, which stay in
/// place.
class TypedTree {
 public:
    TypedTree() = default;
    TypedTree(ExprPtr tree, TypedParts parts) : m_tree(std::move(tree)), m_parts(std::move(parts)) {}

    explicit operator bool() const { return m_tree != nullptr; }
    const Expr& tree() const { return *m_tree; }
    const TypedPart& of(const Expr& part) const { return m_parts.at(&part); }
    Type type() const { return of(*m_tree).type; }
    /// Whether computing it can fail a row at all.
    bool canFail() const;

 private:
    ExprPtr m_tree{};
    TypedParts m_parts{};
};

/// Types a tree, whose expression must be one of the scope.
Parsed<TypedTree> typeTree(ExprPtr tree, const Scope& scope, bool condition = false);
/// Parses and types; the errors are those of bindText() and bindCondition().
Parsed<TypedTree> typeText(std::string_view text, const Scope& scope);
Parsed<TypedTree> typeCondition(std::string_view text, const Scope& scope);

/// An element of a select list; `value` is nothing for `*`.
struct TypedItem {
    TypedTree value{};
    std::string name{};
};
Parsed<TypedItem> typeSelectItem(std::string_view text, const Scope& scope);

}  // namespace rw::sql
