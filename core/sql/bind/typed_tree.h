// Syntax trees whose parts have types: what an expression is translated from into another engine's words.
//
// A bound expression (core/sql/bound.h) is made to be computed: constants are folded, BETWEEN has become two
// comparisons. What a person wrote stands in the syntax tree alone; here it is with what the binder found
// out.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/sql/bind/bind.h"
#include "core/sql/parse/ast.h"

namespace rw::sql {

/// What the binder knows of one part of a tree.
struct TypedPart {
    Type type{};  ///< its own
    /// What the call around it converts it to; `type` where nothing does. Of a value that is compared with
    /// several (BETWEEN, IN, CASE): the type in which all of that can be done.
    Type as{};
    int column = -1;       ///< Expr::Kind::Column: index in the scope's schema
    bool canFail = false;  ///< it, or converting what it is made of, may fail a row; its arguments aside
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
