// Functions of numbers.
#include <cmath>
#include <numbers>

#include "core/data/text.h"
#include "core/data/visit_type.h"
#include "core/sql/coercion.h"
#include "core/sql/decimal.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/integer_math.h"
#include "core/sql/functions/rounding.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

// ── Typing ──

Text numberFix() {
    return RW_TEXT("sql", "It works on numbers.");
}

/// A function of one number whose result has the type that `rule` makes of it.
Resolver takesNumber(std::string_view function, Type (*rule)(Type)) {
    return [function, rule](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        const Type type = args[0].type.is(TypeId::Null) ? intType() : args[0].type;
        if (!type.isNumeric()) return wrongArgument(function, 0, type, numberFix());
        return Resolved{rule(type), {type}, {}, type.is(TypeId::Double)};
    };
}

Type same(Type type) {
    return type;
}
Type whole(Type type) {
    return type.is(TypeId::Decimal) ? Type::decimal(type.precision, 0) : type;
}
/// SIGN of a DECIMAL is 1.000, which needs a digit before the point.
Type signType(Type type) {
    if (!type.is(TypeId::Decimal) || type.precision > type.scale) return type;
    return Type::decimal(std::min(type.precision + 1, kMaxPrecision),
                         std::min<int>(type.scale, kMaxPrecision - 1));
}

Resolver takesRounded(std::string_view function) {
    return [function](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        const Type type = args[0].type.is(TypeId::Null) ? intType() : args[0].type;
        if (!type.isNumeric()) return wrongArgument(function, 0, type, numberFix());
        if (args.size() > 1 && !convertsImplicitly(args[1].type, intType())) {
            return wrongArgument(function, 1, args[1].type, RW_TEXT("sql", "Digits are counted by an INT."));
        }
        Resolved resolved{type, {type}, {}, type.is(TypeId::Double)};
        if (args.size() > 1) resolved.params.push_back(intType());
        if (type.is(TypeId::Decimal)) {
            const auto* const digits =
                args.size() > 1 && args[1].literal ? std::get_if<std::int32_t>(args[1].literal) : nullptr;
            if (args.size() == 1) {
                resolved.result = decimalRounded(type, 0);
            } else if (digits != nullptr) {
                resolved.result = decimalRounded(type, *digits);
            }
        }
        return resolved;
    };
}

// ── Kernels ──

template <double (*f)(double)>
Vector ofDouble(const CallArgs& call) {
    return map<double, double>(call, [](double x) { return f(x); });
}

/// As Java: 1 and -1 to an infinite power, and 1 to the power of NaN, are NaN; IEEE has them all 1.
double power(double x, double y) {
    const bool unclear = std::isnan(y) || (std::isinf(y) && std::abs(x) == 1);
    return unclear ? std::numeric_limits<double>::quiet_NaN() : std::pow(x, y);
}

template <double (*f)(double, double)>
Vector ofDoubles(const CallArgs& call) {
    return map<double, double, double>(call, [](double x, double y) { return f(x, y); });
}

template <class Integer>
Vector absoluteOf(const CallArgs& call) {
    return mapChecked<Integer, Integer>(
        call,
        [](Integer& out, Integer x) {
            Integer negated = 0;
            const bool fine = subtractChecked(negated, Integer{0}, x);
            out = x < 0 ? negated : x;
            return fine;
        },
        [&call](Integer x) {
            return RW_TEXT("sql", "ABS(%1) does not fit %2.").with(x, toString(call.call.type));
        });
}

Vector evaluateAbs(const CallArgs& call) {
    return visitAmount(
        call.call.type.id,
        Overloaded{
            [&](OfMemory<double>) { return map<double, double>(call, [](double x) { return std::abs(x); }); },
            [&](OfMemory<Int128>) {
                return map<Int128, Int128>(call, [](Int128 x) { return x < 0 ? -x : x; });
            },
            [&]<class Integer>(OfMemory<Integer>) { return absoluteOf<Integer>(call); }});
}

template <class T>
T signOf(T x, T one) {
    return x > 0 ? one : x < 0 ? -one : x;
}

Vector evaluateSign(const CallArgs& call) {
    const auto sign = [&call]<class T>(T one) {
        return map<T, T>(call, [one](T x) { return signOf(x, one); });
    };
    return visitAmount(call.call.type.id,
                       Overloaded{[&](OfMemory<Int128>) {
                                      return sign(static_cast<Int128>(powerOfTen(call.call.type.scale)));
                                  },
                                  [&]<class T>(OfMemory<T>) { return sign(T{1}); }});
}

template <double (*ofReal)(double), Int128 (*ofDecimal)(Int128, int)>
Vector toWhole(const CallArgs& call) {
    return visitAmount(
        call.call.type.id,
        Overloaded{
            [&](OfMemory<double>) { return map<double, double>(call, [](double x) { return ofReal(x); }); },
            [&](OfMemory<Int128>) {
                const int scale = call.args[0].column->type().scale;
                return map<Int128, Int128>(call, [scale](Int128 x) { return ofDecimal(x, scale); });
            },
            [&]<class Integer>(OfMemory<Integer>) { return call.args[0]; }});
}

/// Calls f(x, digits) with 0 digits where none are given.
template <class T, class F>
Vector withDigits(const CallArgs& call, const F& f) {
    const auto reason = [&call](const T& x, auto...) {
        return RW_TEXT("sql", "%1 rounded does not fit %2.")
            .with(toText(Value(x), call.args[0].column->type()), toString(call.call.type));
    };
    const auto one = [&f](T& out, const T& x, std::int32_t digits) {
        // Beyond these nothing changes: no number has so many digits.
        const std::optional<T> result = f(x, std::clamp(digits, -400, 400));
        if (result) out = *result;
        return result.has_value();
    };
    if (call.args.size() == 1) {
        return mapChecked<T, T>(
            call, [&one](T& out, const T& x) { return one(out, x, 0); }, reason);
    }
    return mapChecked<T, T, std::int32_t>(call, one, reason);
}

template <bool round>
std::optional<Int128> toDigits(Int128 x, int scale, int digits, Type result) {
    if constexpr (round) {
        return roundDecimal(x, scale, digits, result);
    } else {
        return rescale(decimalTruncate(x, scale, digits), scale, result);
    }
}

template <class Integer, bool round>
Vector roundIntegers(const CallArgs& call) {
    return withDigits<Integer>(call, [](Integer x, std::int32_t digits) -> std::optional<Integer> {
        const auto rounded = toDigits<round>(x, 0, digits, Type::decimal(kMaxPrecision, 0));
        if (!rounded || *rounded > std::numeric_limits<Integer>::max() ||
            *rounded < std::numeric_limits<Integer>::min()) {
            return std::nullopt;
        }
        return static_cast<Integer>(*rounded);
    });
}

template <bool round>
Vector evaluateRound(const CallArgs& call) {
    return visitAmount(
        call.call.type.id,
        Overloaded{[&](OfMemory<double>) {
                       return withDigits<double>(
                           call, [](double x, std::int32_t digits) -> std::optional<double> {
                               return round ? roundDouble(x, digits) : truncateDouble(x, digits);
                           });
                   },
                   [&](OfMemory<Int128>) {
                       const int scale = call.args[0].column->type().scale;
                       return withDigits<Int128>(call, [&call, scale](Int128 x, std::int32_t digits) {
                           return toDigits<round>(x, scale, digits, call.call.type);
                       });
                   },
                   [&]<class Integer>(OfMemory<Integer>) { return roundIntegers<Integer, round>(call); }});
}

Vector evaluatePi(const CallArgs& call) {
    ColumnBuilder builder(call.call.type);
    builder.append(std::numbers::pi);
    return {builder.finish(), true, {}};
}

}  // namespace

void addMathFunctions(std::vector<ScalarFunction>& functions) {
    const auto add = [&functions](std::string_view name, std::string_view signature, Text help, int least,
                                  int most, Resolver resolve, Vector (*evaluate)(const CallArgs&),
                                  bool canFail = false) {
        functions.push_back(
            {name, signature, std::move(help), "math", least, most, std::move(resolve), evaluate, canFail});
    };
    const auto real = [&add](std::string_view name, std::string_view signature, Text help,
                             Vector (*evaluate)(const CallArgs&), int count = 1) {
        add(name, signature, std::move(help), count, count, acceptsDoubles(name), evaluate);
    };
    add("ABS", "ABS(x)", RW_TEXT("sql", "The number without its sign."), 1, 1, takesNumber("ABS", same),
        evaluateAbs, true);
    add("SIGN", "SIGN(x)", RW_TEXT("sql", "1, 0 or -1."), 1, 1, takesNumber("SIGN", signType), evaluateSign);
    add("CEIL", "CEIL(x)", RW_TEXT("sql", "The smallest whole number that is not below x."), 1, 1,
        takesNumber("CEIL", whole), toWhole<std::ceil, decimalCeil>);
    add("FLOOR", "FLOOR(x)", RW_TEXT("sql", "The largest whole number that is not above x."), 1, 1,
        takesNumber("FLOOR", whole), toWhole<std::floor, decimalFloor>);
    add("ROUND", "ROUND(x [, digits])",
        RW_TEXT("sql",
                "x with so many digits after the point (none if not said); a half goes away from zero."),
        1, 2, takesRounded("ROUND"), evaluateRound<true>, true);
    add("TRUNCATE", "TRUNCATE(x [, digits])",
        RW_TEXT("sql", "x cut off after so many digits after the point."), 1, 2, takesRounded("TRUNCATE"),
        evaluateRound<false>, true);
    real("POWER", "POWER(x, y)", RW_TEXT("sql", "x to the power of y."), ofDoubles<power>, 2);
    real("SQRT", "SQRT(x)", RW_TEXT("sql", "The square root; NaN below 0."), ofDouble<std::sqrt>);
    real("EXP", "EXP(x)", RW_TEXT("sql", "e to the power of x."), ofDouble<std::exp>);
    real("LN", "LN(x)", RW_TEXT("sql", "The natural logarithm."), ofDouble<std::log>);
    real("LOG10", "LOG10(x)", RW_TEXT("sql", "The logarithm to base 10."), ofDouble<std::log10>);
    real("LOG2", "LOG2(x)", RW_TEXT("sql", "The logarithm to base 2."), ofDouble<std::log2>);
    add("PI", "PI()", RW_TEXT("sql", "3.141592653589793."), 0, 0, accepts("PI", {}, doubleType()),
        evaluatePi);
    real("SIN", "SIN(x)", RW_TEXT("sql", "The sine of an angle in radians."), ofDouble<std::sin>);
    real("COS", "COS(x)", RW_TEXT("sql", "The cosine of an angle in radians."), ofDouble<std::cos>);
    real("TAN", "TAN(x)", RW_TEXT("sql", "The tangent of an angle in radians."), ofDouble<std::tan>);
    real("ASIN", "ASIN(x)", RW_TEXT("sql", "The angle of a sine, in radians."), ofDouble<std::asin>);
    real("ACOS", "ACOS(x)", RW_TEXT("sql", "The angle of a cosine, in radians."), ofDouble<std::acos>);
    real("ATAN", "ATAN(x)", RW_TEXT("sql", "The angle of a tangent, in radians."), ofDouble<std::atan>);
    real("ATAN2", "ATAN2(y, x)", RW_TEXT("sql", "The angle of the point (x, y), in radians."),
         ofDoubles<std::atan2>, 2);
}

}  // namespace rw::sql
