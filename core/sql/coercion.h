// Which types meet in which: common types, decimal results, conversions that SQL allows. Rules of Flink.
#pragma once
#include <optional>

#include "core/data/visit_type.h"

namespace rw::sql {

/// The type that both convert to without being written (CASE, COALESCE, GREATEST, IN); none when there is
/// none. DECIMALs keep all digits before the point, and of those behind it as many as fit.
std::optional<Type> commonType(Type a, Type b);

/// The type in which `a` and `b` are compared. As commonType, but a text is converted to the other operand's
/// type, unless that is BYTES, and DECIMALs of any scale compare as they are (the answer is then `a` where
/// both are DECIMAL).
std::optional<Type> comparisonType(Type a, Type b);

/// INT as DECIMAL(10,0), BIGINT as DECIMAL(19,0); a DECIMAL as it is.
Type asDecimal(Type type);

// Results of arithmetic on DECIMALs, cut to 38 digits while at least 6 (or all) digits of fraction stay.
Type decimalSum(Type a, Type b);
Type decimalProduct(Type a, Type b);
Type decimalQuotient(Type a, Type b);
Type decimalRemainder(Type a, Type b);
Type decimalRounded(Type type, int digits);

/// Whether values of one kind are cast to those of another.
constexpr bool canCast(TypeKind from, TypeKind to) {
    switch (from) {
        case TypeKind::Truth:
        case TypeKind::Number:
            return to == TypeKind::Truth || to == TypeKind::Number || to == TypeKind::Text;
        case TypeKind::Text:
            return to == TypeKind::Truth || to == TypeKind::Number || to == TypeKind::Time ||
                   to == TypeKind::Text || to == TypeKind::Bytes;
        case TypeKind::Bytes:
            return to == TypeKind::Text || to == TypeKind::Bytes;
        case TypeKind::Time:
            return to == TypeKind::Time || to == TypeKind::Text;
        case TypeKind::Nothing:
        case TypeKind::Interval:
            break;
    }
    return false;
}

/// Whether CAST(… AS to) exists for a value of type `from`.
bool castable(Type from, Type to);

/// Whether that CAST can fail for some value.
bool castCanFail(Type from, Type to);

}  // namespace rw::sql
