// Turns a syntax tree into a typed expression.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/sql/bind/bind.h"
#include "core/sql/functions/functions.h"

namespace rw::sql {

// ── Making typed expressions ──
BoundRef makeLiteral(Value value, Type type);
BoundRef makeColumn(int index, Type type);
/// A conversion; of a literal that converts, the converted literal.
BoundRef makeCast(BoundRef expr, Type type, bool tryCast);
/// The same expression, marked as used in several places.
BoundRef makeShared(const BoundRef& expr);

/// Binds one tree. The first error ends it: from then on every function returns null and error() tells why.
class Binder {
 public:
    explicit Binder(const Scope& scope) : m_scope(scope) {}
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

    BoundRef cast(const Expr& expr);
    BoundRef caseWhen(const Expr& expr);

    // Calls
    BoundRef call(const Expr& expr);
    std::vector<BoundRef> bindAll(const Expr& expr);
    BoundRef apply(const ScalarFunction& function, std::vector<BoundRef> args, const Expr& expr);
    BoundRef compare(std::string_view name, const BoundRef& a, const BoundRef& b, const Expr& expr);
    BoundRef between(const Expr& expr);
    BoundRef inList(const Expr& expr);
    BoundRef nullIf(const Expr& expr);
    bool countFits(const ScalarFunction& function, const Expr& expr);
    /// `expr` as the type that a resolver asked for.
    BoundRef converted(BoundRef expr, Type type, Span where);
    /// Computes a call of literals.
    static BoundRef folded(std::shared_ptr<BoundExpr> expr);

    const Scope& m_scope;
    int m_sites = 0;  ///< calls bound so far
    std::optional<SqlError> m_error;

    friend BoundRef makeCast(BoundRef expr, Type type, bool tryCast);
};

}  // namespace rw::sql
