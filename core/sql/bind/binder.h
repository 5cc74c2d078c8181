// Turns a syntax tree into a typed expression.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/sql/bind/bind.h"
#include "core/sql/bind/typed_tree.h"
#include "core/sql/functions/functions.h"

namespace rw::sql {

// ── Making typed expressions ──
BoundRef makeLiteral(Value value, Type type);
BoundRef makeColumn(int index, Type type);
/// A conversion; of a literal that converts, the converted literal.
BoundRef makeCast(BoundRef expr, Type type, bool tryCast);
/// The same expression, marked as used in several places.
BoundRef makeShared(const BoundRef& expr);

/// The error of a condition of this type; none for BOOLEAN and NULL.
std::optional<SqlError> checkCondition(Type type, Span where);
/// The name of an element's result, which is not `*`: the one written, or that of the column it is.
Parsed<std::string> resultName(const SelectItem& item);

/// Binds one tree. The first error ends it: from then on every function returns null and error() tells why.
class Binder {
 public:
    /// `parts` gets the types of the tree's parts.
    explicit Binder(const Scope& scope, TypedParts* parts = nullptr) : m_scope(scope), m_parts(parts) {}
    BoundRef bind(const Expr& expr);
    SqlError error() { return std::move(*m_error); }

 private:
    BoundRef fail(Text message, Text fix, Span where, std::string replacement = {});
    /// An error that a resolver gave: its position is the number of an argument.
    BoundRef fail(SqlError error, const Expr& call);

    // Names (names.cpp)
    BoundRef column(const Expr& expr);
    BoundRef qualifiedColumn(const Expr& expr);
    const ScalarFunction* function(const Expr& expr);

    BoundRef bindKind(const Expr& expr);
    BoundRef cast(const Expr& expr);
    BoundRef castFromBase64(const Expr& expr);
    BoundRef caseWhen(const Expr& expr);

    // Calls
    BoundRef call(const Expr& expr);
    std::vector<BoundRef> bindAll(const Expr& expr);
    /// args[1] was written as expr.args[second], the others stand where they are.
    BoundRef apply(const ScalarFunction& function, std::vector<BoundRef> args, const Expr& expr,
                   std::size_t second = 1);
    /// The first argument of `expr` with another.
    BoundRef compare(std::string_view name, const BoundRef& value, const BoundRef& other, const Expr& expr,
                     std::size_t second);
    BoundRef between(const Expr& expr);
    BoundRef inList(const Expr& expr);
    BoundRef nullIf(const Expr& expr);
    bool countFits(const ScalarFunction& function, const Expr& expr);
    /// `expr`, written as `part` of `around`, as the type that a resolver asked for.
    BoundRef converted(BoundRef expr, Type type, Span where, const Expr& part, const Expr& around);
    void note(const Expr& expr, const BoundExpr& bound);
    void noteConversion(const BoundRef& value, Type type, const Expr& part, const Expr& around);
    void noteFailing(const Expr& expr, bool canFail);
    /// Computes a call of literals, as far as the texts of the whole tree are not too large for that.
    BoundRef folded(std::shared_ptr<BoundExpr> expr);

    const Scope& m_scope;
    TypedParts* m_parts;
    int m_sites = 0;                     ///< calls bound so far
    std::size_t m_foldable = 64U << 10;  ///< bytes of text that calls of literals may still read and make
    std::optional<SqlError> m_error;
};

}  // namespace rw::sql
