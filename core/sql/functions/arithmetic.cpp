// + - * / % and the signs, on numbers, times and intervals.
#include <cmath>

#include "core/data/text.h"
#include "core/data/visit_type.h"
#include "core/sql/coercion.h"
#include "core/sql/decimal.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/integer_math.h"
#include "core/sql/functions/signatures.h"
#include "core/sql/time_math.h"

namespace rw::sql {

namespace {

bool isTime(Type type) {
    return type.is(TypeId::Date) || type.is(TypeId::Timestamp);
}
bool isInterval(Type type) {
    return type.is(TypeId::IntervalDay) || type.is(TypeId::IntervalMonth);
}

// ── Typing ──

SqlError cannotWork(std::string_view name, Type a, Type b) {
    SqlError error;
    error.message = RW_TEXT("sql", "“%1” does not work on %2 and %3.").with(name, toString(a), toString(b));
    const bool texts = a.is(TypeId::String) || b.is(TypeId::String);
    if (isTime(a) && isTime(b) && name == "-") {
        error.fix = RW_TEXT("sql", "Write TIMESTAMPDIFF(SECOND, from, to), or another unit.");
    } else if (name == "+" && texts) {
        error.fix = RW_TEXT("sql", "Join texts with ||; make a number of a text with CAST(… AS DOUBLE).");
    } else if (texts) {
        error.fix = RW_TEXT("sql", "Make a number of a text with CAST(… AS DOUBLE).");
    } else if (isTime(a) && b.isNumeric()) {
        error.fix = RW_TEXT("sql", "Add an interval: INTERVAL '1' DAY.");
    } else {
        error.fix = RW_TEXT("sql", "It works on numbers.");
    }
    return error;
}

using DecimalRule = Type (*)(Type, Type);

std::optional<Resolved> resolveNumbers(Type a, Type b, DecimalRule decimals) {
    if (!a.isNumeric() || !b.isNumeric()) return std::nullopt;
    const auto common = *commonType(a, b);
    if (!common.is(TypeId::Decimal)) return Resolved{common, {common, common}, {}, common.is(TypeId::Double)};
    const Type x = asDecimal(a), y = asDecimal(b);
    return Resolved{decimals(x, y), {x, y}, {}};
}

/// A NULL literal takes the type that makes sense beside the other operand.
Type besides(Type type, Type other) {
    if (!type.is(TypeId::Null)) return type;
    if (other.is(TypeId::Null)) return intType();
    return isTime(other) ? Type::of(TypeId::IntervalDay) : other;
}

/// DATE or TIMESTAMP ± interval. A DATE stays one while whole days are added.
Resolved resolveShift(Type time, const ArgInfo& interval, Type intervalType, bool timeFirst) {
    constexpr std::int64_t kDay = 86'400'000;
    Type result = time;
    if (time.is(TypeId::Date) && intervalType.is(TypeId::IntervalDay)) {
        const auto* const millis = interval.literal ? std::get_if<std::int64_t>(interval.literal) : nullptr;
        if (millis == nullptr || *millis % kDay != 0) result = timestampType();
    }
    if (timeFirst) return {result, {result, intervalType}, {}};
    return {result, {intervalType, result}, {}};
}

Resolver resolveSum(std::string_view name) {
    return [name](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        const Type a = besides(args[0].type, args[1].type), b = besides(args[1].type, args[0].type);
        if (auto numbers = resolveNumbers(a, b, decimalSum)) return *numbers;
        if (isTime(a) && isInterval(b)) return resolveShift(a, args[1], b, true);
        if (isInterval(a) && isTime(b) && name == "+") return resolveShift(b, args[0], a, false);
        if (isInterval(a) && a == b) return Resolved{a, {a, a}, {}};
        return cannotWork(name, a, b);
    };
}

Parsed<Resolved> resolveProduct(std::span<const ArgInfo> args, std::string_view) {
    const Type a = besides(args[0].type, args[1].type), b = besides(args[1].type, args[0].type);
    if (auto numbers = resolveNumbers(a, b, decimalProduct)) return *numbers;
    if (isInterval(a) && b.isInteger()) return Resolved{a, {a, bigintType()}, {}};
    if (a.isInteger() && isInterval(b)) return Resolved{b, {bigintType(), b}, {}};
    return cannotWork("*", a, b);
}

/// A literal INT that neither divides by zero nor, as -1 does with the smallest number, overflows.
bool dividesSafely(const ArgInfo& divisor) {
    const auto* const value = divisor.literal ? std::get_if<std::int32_t>(divisor.literal) : nullptr;
    return value != nullptr && *value != 0 && *value != -1;
}

Parsed<Resolved> resolveQuotient(std::span<const ArgInfo> args, std::string_view) {
    const Type a = besides(args[0].type, args[1].type), b = besides(args[1].type, args[0].type);
    auto numbers = resolveNumbers(a, b, decimalQuotient);
    if (!numbers) return cannotWork("/", a, b);
    if (numbers->result.isInteger()) numbers->safe = dividesSafely(args[1]);
    return *numbers;
}

/// The remainder of integers has the divisor's type: it is smaller than the divisor.
Resolver resolveRemainder(std::string_view name) {
    return [name](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        const Type a = besides(args[0].type, args[1].type), b = besides(args[1].type, args[0].type);
        auto numbers = resolveNumbers(a, b, decimalRemainder);
        if (!numbers) return cannotWork(name, a, b);
        if (numbers->result.isInteger()) {
            numbers->result = b;
            numbers->safe = dividesSafely(args[1]);
        }
        return *numbers;
    };
}

Resolver resolveSign(std::string_view name) {
    return [name](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        const Type type = args[0].type.is(TypeId::Null) ? intType() : args[0].type;
        if (type.isNumeric() || isInterval(type)) return Resolved{type, {type}, {}, type.is(TypeId::Double)};
        return wrongArgument(name, 0, type, RW_TEXT("sql", "It works on numbers."));
    };
}

// ── Kernels ──

struct Overflow {
    const char* symbol;
    const CallArgs& call;
    template <class A, class B>
    Text operator()(const A& a, const B& b) const {
        return RW_TEXT("sql", "%1 %2 %3 does not fit %4.")
            .with(text(a, 0), symbol, text(b, 1), toString(call.call.type));
    }
    template <class A>
    std::string text(const A& value, std::size_t arg) const {
        return toText(Value(value), call.args[arg].column->type());
    }
};

Text divisionByZero() {
    return RW_TEXT("sql", "Division by zero.");
}

// Of DECIMALs: alwaysFits() tells whether the digits of operands and result leave no value that would not fit
// or had to be rounded, and Exact computes it then; kDecimal does all others.

/// a × factor + b × factor at the larger of two scales.
struct ExactSum {
    ExactSum(Type a, Type b)
        : factorA(powerOfTen(std::max<int>(b.scale - a.scale, 0))),
          factorB(powerOfTen(std::max<int>(a.scale - b.scale, 0))) {}
    Int128 operator()(Int128 a, Int128 b) const {
        return static_cast<Int128>(static_cast<UInt128>(a) * factorA + static_cast<UInt128>(b) * factorB);
    }
    UInt128 factorA, factorB;
};
struct ExactDifference : ExactSum {
    using ExactSum::ExactSum;
    Int128 operator()(Int128 a, Int128 b) const { return ExactSum::operator()(a, -b); }
};
struct ExactProduct {
    ExactProduct(Type, Type) {}
    Int128 operator()(Int128 a, Int128 b) const {
        return static_cast<Int128>(static_cast<UInt128>(a) * static_cast<UInt128>(b));
    }
};

bool sumAlwaysFits(Type a, Type b, Type result) {
    const int scale = std::max(a.scale, b.scale);
    const int whole = std::max(a.precision - a.scale, b.precision - b.scale);
    return scale == result.scale && whole + scale < result.precision;
}

struct Add {
    static constexpr const char* kSymbol = "+";
    template <class T>
    bool operator()(T& out, T a, T b) const {
        return addChecked(out, a, b);
    }
    double operator()(double a, double b) const { return a + b; }
    using Exact = ExactSum;
    static constexpr auto alwaysFits = sumAlwaysFits;
    static constexpr auto kDecimal = decimalAdd;
};
struct Subtract {
    static constexpr const char* kSymbol = "-";
    template <class T>
    bool operator()(T& out, T a, T b) const {
        return subtractChecked(out, a, b);
    }
    double operator()(double a, double b) const { return a - b; }
    using Exact = ExactDifference;
    static constexpr auto alwaysFits = sumAlwaysFits;
    static std::optional<Int128> kDecimal(Int128 a, Type typeA, Int128 b, Type typeB, Type result) {
        return decimalAdd(a, typeA, -b, typeB, result);
    }
};
struct Multiply {
    static constexpr const char* kSymbol = "*";
    template <class T>
    bool operator()(T& out, T a, T b) const {
        return multiplyChecked(out, a, b);
    }
    double operator()(double a, double b) const { return a * b; }
    using Exact = ExactProduct;
    static bool alwaysFits(Type a, Type b, Type result) {
        return a.scale + b.scale == result.scale && a.precision + b.precision < result.precision;
    }
    static constexpr auto kDecimal = decimalMultiply;
};

template <class Rule>
bool applyDecimal(Rule rule, const CallArgs& call, Int128& out, Int128 a, Int128 b) {
    const auto result = rule(a, call.args[0].column->type(), b, call.args[1].column->type(), call.call.type);
    out = result.value_or(0);
    return result.has_value();
}

template <class Op>
Vector evaluateDecimals(const CallArgs& call) {
    const Type a = call.args[0].column->type(), b = call.args[1].column->type();
    if (Op::alwaysFits(a, b, call.call.type)) {
        return map<Int128, Int128, Int128>(call, typename Op::Exact(a, b));
    }
    return mapChecked<Int128, Int128, Int128>(
        call, [&](Int128& out, Int128 x, Int128 y) { return applyDecimal(Op::kDecimal, call, out, x, y); },
        Overflow{Op::kSymbol, call});
}

template <class Op>
Vector evaluateNumbers(const CallArgs& call) {
    const Op op;
    const Overflow overflow{Op::kSymbol, call};
    return visitAmount(call.call.type.id,
                       Overloaded{[&](OfMemory<double>) { return map<double, double, double>(call, op); },
                                  [&](OfMemory<Int128>) { return evaluateDecimals<Op>(call); },
                                  [&]<class Integer>(OfMemory<Integer>) {
                                      return mapChecked<Integer, Integer, Integer>(call, op, overflow);
                                  }});
}

/// time + sign × interval, in either order of arguments.
template <int sign, class Time, bool timeFirst>
Vector shift(const CallArgs& call) {
    const bool months = call.args[timeFirst ? 1 : 0].column->type().is(TypeId::IntervalMonth);
    const auto apply = [months](Time& out, Time time, std::int64_t amount) {
        std::int64_t signedAmount = 0;
        if (__builtin_mul_overflow(amount, std::int64_t{sign}, &signedAmount)) return false;
        if constexpr (std::is_same_v<Time, std::int32_t>) {
            return months ? addMonthsToDate(out, time, signedAmount)
                          : addMillisToDate(out, time, signedAmount);
        } else {
            return months ? addMonths(out, time, signedAmount) : addChecked(out, time, signedAmount);
        }
    };
    const Overflow reason{sign > 0 ? "+" : "-", call};
    if constexpr (timeFirst) {
        return mapChecked<Time, Time, std::int64_t>(call, apply, reason);
    } else {
        return mapChecked<Time, std::int64_t, Time>(
            call, [&](Time& out, std::int64_t amount, Time time) { return apply(out, time, amount); },
            reason);
    }
}

template <int sign, class Op>
Vector evaluateSum(const CallArgs& call) {
    const bool timeFirst = isTime(call.args[0].column->type());
    if (call.call.type.is(TypeId::Timestamp)) {
        return timeFirst ? shift<sign, std::int64_t, true>(call) : shift<sign, std::int64_t, false>(call);
    }
    if (call.call.type.is(TypeId::Date)) {
        return timeFirst ? shift<sign, std::int32_t, true>(call) : shift<sign, std::int32_t, false>(call);
    }
    return evaluateNumbers<Op>(call);
}

template <class Integer>
Vector divideIntegers(const CallArgs& call) {
    return mapChecked<Integer, Integer, Integer>(
        call, [](Integer& out, Integer a, Integer b) { return divideChecked(out, a, b); },
        [&call](Integer a, Integer b) {
            return b == 0 ? divisionByZero() : Overflow{"/", call}(a, b);
        });
}

Vector evaluateQuotient(const CallArgs& call) {
    return visitAmount(
        call.call.type.id,
        Overloaded{[&](OfMemory<double>) {
                       return map<double, double, double>(call, [](double a, double b) { return a / b; });
                   },
                   [&](OfMemory<Int128>) {
                       return mapChecked<Int128, Int128, Int128>(
                           call,
                           [&](Int128& out, Int128 a, Int128 b) {
                               return b != 0 && applyDecimal(decimalDivide, call, out, a, b);
                           },
                           [&](Int128 a, Int128 b) {
                               return b == 0 ? divisionByZero() : Overflow{"/", call}(a, b);
                           });
                   },
                   [&]<class Integer>(OfMemory<Integer>) { return divideIntegers<Integer>(call); }});
}

/// Remainders of integers: In is the type they are computed in, Out the divisor's.
template <class Out, class In>
Vector integerRemainder(const CallArgs& call) {
    const Vector& divisor = call.args[1];
    if (divisor.constant && !divisor.isNull(0) && !call.args[0].constant) {
        const In by = divisor.at<In>(0);
        if (by != 0 && by != std::numeric_limits<In>::min()) {
            const Remainder remainder(by);
            const CallArgs dividend{call.args.first(1), call.rows, call.call, call.context, call.work};
            return map<Out, In>(dividend,
                                [remainder](In value) { return static_cast<Out>(remainder.of(value)); });
        }
    }
    return mapChecked<Out, In, In>(
        call,
        [](Out& out, In a, In b) {
            In rest = 0;
            const bool fine = moduloChecked(rest, a, b);
            out = static_cast<Out>(rest);
            return fine;
        },
        [](In, In) { return divisionByZero(); });
}

Vector evaluateRemainder(const CallArgs& call) {
    return visitAmount(
        call.args[0].column->type().id,
        Overloaded{
            [&](OfMemory<std::int32_t>) { return integerRemainder<std::int32_t, std::int32_t>(call); },
            [&](OfMemory<std::int64_t>) {
                return call.call.type.is(TypeId::Int) ? integerRemainder<std::int32_t, std::int64_t>(call)
                                                      : integerRemainder<std::int64_t, std::int64_t>(call);
            },
            [&](OfMemory<double>) {
                return map<double, double, double>(call, [](double a, double b) { return std::fmod(a, b); });
            },
            [&](OfMemory<Int128>) {
                return mapChecked<Int128, Int128, Int128>(
                    call,
                    [&](Int128& out, Int128 a, Int128 b) {
                        return b != 0 && applyDecimal(decimalModulo, call, out, a, b);
                    },
                    [](Int128, Int128) { return divisionByZero(); });
            }});
}

template <class Integer>
Vector negateIntegers(const CallArgs& call) {
    return mapChecked<Integer, Integer>(
        call, [](Integer& out, Integer a) { return subtractChecked(out, Integer{0}, a); },
        [&call](Integer a) {
            return RW_TEXT("sql", "-(%1) does not fit %2.").with(a, toString(call.call.type));
        });
}

Vector evaluateNegation(const CallArgs& call) {
    return visitAmount(
        call.call.type.id,
        Overloaded{[&](OfMemory<double>) { return map<double, double>(call, [](double a) { return -a; }); },
                   [&](OfMemory<Int128>) { return map<Int128, Int128>(call, [](Int128 a) { return -a; }); },
                   [&]<class Integer>(OfMemory<Integer>) { return negateIntegers<Integer>(call); }});
}

Vector evaluateIdentity(const CallArgs& call) {
    return call.args[0];
}

}  // namespace

void addArithmetic(std::vector<ScalarFunction>& functions) {
    functions.push_back({"+", "a + b", RW_TEXT("sql", "Sum of numbers; a time plus an INTERVAL."), "operator",
                         2, 2, resolveSum("+"), evaluateSum<1, Add>, true});
    functions.push_back({"-", "a - b", RW_TEXT("sql", "Difference of numbers; a time minus an INTERVAL."),
                         "operator", 2, 2, resolveSum("-"), evaluateSum<-1, Subtract>, true});
    functions.push_back({"*", "a * b", RW_TEXT("sql", "Product."), "operator", 2, 2, resolveProduct,
                         evaluateNumbers<Multiply>, true});
    functions.push_back({"/", "a / b", RW_TEXT("sql", "Quotient; of integers, without the fraction."),
                         "operator", 2, 2, resolveQuotient, evaluateQuotient, true});
    functions.push_back({"%", "a % b", RW_TEXT("sql", "Remainder, with the sign of a."), "operator", 2, 2,
                         resolveRemainder("%"), evaluateRemainder, true});
    functions.push_back({"MOD", "MOD(a, b)", RW_TEXT("sql", "Remainder of a / b, with the sign of a."),
                         "math", 2, 2, resolveRemainder("MOD"), evaluateRemainder, true});
    functions.push_back({"NEG", "-a", RW_TEXT("sql", "The number with the other sign."), "operator", 1, 1,
                         resolveSign("-"), evaluateNegation, true});
    functions.push_back({"POS", "+a", RW_TEXT("sql", "The number as it is."), "operator", 1, 1,
                         resolveSign("+"), evaluateIdentity});
}

}  // namespace rw::sql
