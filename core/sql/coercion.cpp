#include "core/sql/coercion.h"

#include <algorithm>

namespace rw::sql {

namespace {

constexpr int kLeastScale = 6;

/// DECIMAL(precision, scale), or the nearest that 38 digits hold: whole digits go before fraction.
Type fitted(int precision, int scale) {
    if (precision <= kMaxPrecision) return Type::decimal(precision, scale);
    const int whole = precision - scale;
    return Type::decimal(kMaxPrecision, std::max(kMaxPrecision - whole, std::min(scale, kLeastScale)));
}

int wholeDigits(Type type) {
    return type.precision - type.scale;
}

bool isTime(Type type) {
    return kindOf(type.id) == TypeKind::Time;
}

}  // namespace

Type asDecimal(Type type) {
    if (type.is(TypeId::Int)) return Type::decimal(10, 0);
    if (type.is(TypeId::Bigint)) return Type::decimal(19, 0);
    return type;
}

std::optional<Type> commonType(Type a, Type b) {
    if (a == b || b.is(TypeId::Null)) return a;
    if (a.is(TypeId::Null)) return b;
    if (a.isNumeric() && b.isNumeric()) {
        if (a.is(TypeId::Double) || b.is(TypeId::Double)) return Type::of(TypeId::Double);
        if (a.isInteger() && b.isInteger()) return Type::of(TypeId::Bigint);
        const Type x = asDecimal(a), y = asDecimal(b);
        const int whole = std::max(wholeDigits(x), wholeDigits(y));
        const int scale = std::min<int>(std::max(x.scale, y.scale), kMaxPrecision - whole);
        return Type::decimal(whole + scale, scale);
    }
    if (isTime(a) && isTime(b)) return Type::of(TypeId::Timestamp);
    return std::nullopt;
}

std::optional<Type> comparisonType(Type a, Type b) {
    if (a.is(TypeId::Decimal) && b.is(TypeId::Decimal)) return a;
    if (a.is(TypeId::Decimal) && b.isInteger()) return a;
    if (b.is(TypeId::Decimal) && a.isInteger()) return b;
    if (const auto common = commonType(a, b)) return common;
    if (kindOf(a.id) == TypeKind::Interval || kindOf(b.id) == TypeKind::Interval) return std::nullopt;
    if (a.is(TypeId::Bytes) || b.is(TypeId::Bytes)) return std::nullopt;
    if (a.is(TypeId::String)) return b;
    if (b.is(TypeId::String)) return a;
    return std::nullopt;
}

Type decimalSum(Type a, Type b) {
    const int scale = std::max(a.scale, b.scale);
    return fitted(std::max(wholeDigits(a), wholeDigits(b)) + scale + 1, scale);
}

Type decimalProduct(Type a, Type b) {
    return fitted(a.precision + b.precision + 1, a.scale + b.scale);
}

Type decimalQuotient(Type a, Type b) {
    const int scale = std::max(kLeastScale, a.scale + b.precision + 1);
    return fitted(a.precision - a.scale + b.scale + scale, scale);
}

Type decimalRemainder(Type a, Type b) {
    const int scale = std::max(a.scale, b.scale);
    return fitted(std::max(std::min(wholeDigits(a), wholeDigits(b)) + scale, 1), scale);
}

Type decimalRounded(Type type, int digits) {
    if (digits >= type.scale) return type;
    if (digits < 0) return Type::decimal(std::min(wholeDigits(type) + 1, kMaxPrecision), 0);
    return Type::decimal(std::min(wholeDigits(type) + 1 + digits, kMaxPrecision), digits);
}

bool castable(Type from, Type to) {
    return from == to || from.is(TypeId::Null) || canCast(kindOf(from.id), kindOf(to.id));
}

bool castCanFail(Type from, Type to) {
    if (from == to || from.is(TypeId::Null) || to.is(TypeId::String) || to.is(TypeId::Boolean)) {
        return from.is(TypeId::String) && !to.is(TypeId::String);
    }
    if (from.is(TypeId::String)) return !to.is(TypeId::Bytes);
    if (from.is(TypeId::Boolean)) return to.is(TypeId::Decimal) && wholeDigits(to) < 1;
    if (!from.isNumeric()) return from.is(TypeId::Timestamp) && to.is(TypeId::Date);
    if (to.is(TypeId::Double) || (from.is(TypeId::Int) && to.is(TypeId::Bigint))) return false;
    // Rounding to a smaller scale may carry into one digit more.
    if (to.is(TypeId::Decimal) && !from.is(TypeId::Double)) {
        const Type x = asDecimal(from);
        return wholeDigits(x) + (x.scale > to.scale ? 1 : 0) > wholeDigits(to);
    }
    return true;
}

}  // namespace rw::sql
