// Building blocks for ScalarFunction::resolve: the arguments that a function takes, and the errors for wrong
// ones.
#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "core/sql/eval/scalar_function.h"

namespace rw::sql {

using Resolver = std::function<Parsed<Resolved>(std::span<const ArgInfo>, std::string_view unit)>;

/// Whether a value of type `from` may stand where `to` is asked for, without a CAST: NULL anywhere, INT →
/// BIGINT → DECIMAL → DOUBLE, DATE → TIMESTAMP.
bool convertsImplicitly(Type from, Type to);

/// The error “UPPER does not take INT as argument 1.”; `index` counts from 0. `fix` may be empty.
SqlError wrongArgument(std::string_view function, std::size_t index, Type given, Text fix = {});

/// The fix “Write CAST(… AS STRING).”
Text castFix(Type to);

/// A function of exactly these types; a call may leave out the last of them where minArgs allows.
Resolver accepts(std::string_view function, std::vector<Type> params, Type result);

/// A function of any number of arguments of one type.
Resolver acceptsMany(std::string_view function, Type param, Type result);

/// A function of DOUBLEs (any numbers are converted) that gives a DOUBLE.
Resolver acceptsDoubles(std::string_view function);

/// A function of any number of arguments that meet in one type, which is also the result's.
Resolver acceptsCommon(std::string_view function);

inline Type booleanType() {
    return Type::of(TypeId::Boolean);
}
inline Type intType() {
    return Type::of(TypeId::Int);
}
inline Type bigintType() {
    return Type::of(TypeId::Bigint);
}
inline Type doubleType() {
    return Type::of(TypeId::Double);
}
inline Type stringType() {
    return Type::of(TypeId::String);
}
inline Type dateType() {
    return Type::of(TypeId::Date);
}
inline Type timestampType() {
    return Type::of(TypeId::Timestamp);
}

}  // namespace rw::sql
