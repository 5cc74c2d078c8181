// Syntax trees of expressions, as parsed: names are not looked up, types are not known.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/data/type.h"
#include "core/data/value.h"
#include "core/sql/error.h"

namespace rw::sql {

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

/// Bytes [begin, end) of the text that an expression was parsed from.
struct Span {
    std::size_t begin = 0, end = 0;
};

struct Expr {
    enum class Kind {
        Column,   ///< name; qualifier for `left.id`
        Literal,  ///< value of literalType
        Call,     ///< name (upper case; operators by their symbol: "+", "AND", "NOT", "NEG", "=", "||", "IS
               ///< NULL", "IS DISTINCT FROM", "LIKE", "BETWEEN", "IN", …), args (AND, OR: two or more); the
               ///< words of EXTRACT, TRIM, "FLOOR TO", "CEIL TO", TIMESTAMPADD and TIMESTAMPDIFF stand in
               ///< `unit`
        Case,  ///< args: when, then, when, then, …, else (an else is always there; NULL when not written);
               ///< `simple`: the value that the whens are compared with stands before them
        Cast,  ///< args[0] AS castType; `tryCast`
        Aggregate  ///< name, args (COUNT(*): none), distinct, filter
    };
    Kind kind = Kind::Literal;
    Span span{};
    std::string name{};
    std::string qualifier{};
    std::string unit{};
    Value value{};
    Type literalType{};
    Type castType{};
    bool tryCast = false;
    bool simple = false;
    int depth = 1;  ///< levels of the tree, at most kMaxDepth
    bool distinct = false;
    ExprPtr filter{};
    std::vector<ExprPtr> args{};
};

/// One element of a select list: an expression with its name, or `*`.
struct SelectItem {
    ExprPtr expr{};       ///< null for `*`
    std::string alias{};  ///< after AS; empty when not written
    Span span{};
};

/// Parses one expression; the whole text must be one. Nesting is limited (kMaxDepth), never the stack.
Parsed<ExprPtr> parseExpression(std::string_view text);
/// `b * 2 AS c`, `a`, `*`.
Parsed<SelectItem> parseSelectItem(std::string_view text);

inline constexpr int kMaxDepth = 200;

/// An identifier as it must be written in SQL: back-quoted where it is a keyword or has other characters.
std::string quoteIdentifier(std::string_view name);

}  // namespace rw::sql
