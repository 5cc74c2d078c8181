// The walk over a typed tree, as calls come back to it for their arguments.
#pragma once
#include <optional>
#include <string>

#include "core/deploy/dialect/dialect.h"

namespace rw {

/// One part of a tree. `guarded`: something around it does not pass NULL on.
Written writePart(const Dialect& dialect, const sql::TypedTree& tree, const sql::Expr& part,
                  const WriteScope& scope, bool guarded);

/// A literal as `type`, which may be another than its own; nothing when it can't be told before the run.
std::optional<Written> writeLiteral(const Dialect& dialect, const sql::Expr& literal, Type type,
                                    const WriteScope& scope);

/// A value of one type as another.
Written writeConversion(const Dialect& dialect, const Written& value, Type from, Type to, bool orNull);

/// A literal's text with `${name}`, where variables are in it; empty: none are, or one reaches beyond it.
std::string keptLiteral(const sql::Expr& literal, const WriteScope& scope);

}  // namespace rw
