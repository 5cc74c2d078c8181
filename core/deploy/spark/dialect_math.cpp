// Functions of numbers in Spark SQL. It gives BIGINT where we keep the argument's type, NULL for logarithms
// of numbers that have none, and has no TRUNCATE.
#include <fmt/format.h>

#include <algorithm>

#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

/// From here on every DOUBLE is a whole number, and BIGINT may not hold it.
constexpr std::string_view kWholeDoubles = "9007199254740992D";

Written asType(std::string_view text, Type type, bool orNull = false) {
    return {fmt::format("{}({} AS {})", orNull ? "TRY_CAST" : "CAST", text, sparkType(type))};
}

Written writeSparkAbs(CallForm& call) {
    sparkMayFail(call);
    const Written value = call.written(0);
    if (!call.nullOnError() || !call.part().type.isInteger()) return sparkCall("ABS", {value.text});
    return {fmt::format("IF({0} < 0, TRY_SUBTRACT(0, {0}), {0})", value.in(Binding::Add))};
}

Written writeSparkSign(CallForm& call) {
    Written sign = sparkCall("SIGN", {call.text(0)});
    return call.part().type.is(TypeId::Double) ? sign : asType(sign.text, call.part().type);
}

/// FLOOR and CEIL.
Written writeSparkWhole(CallForm& call) {
    const Type type = call.part().type;
    const Written value = call.written(0);
    if (type.isInteger()) return value;
    const std::string whole = sparkCall(call.call().name, {value.text}).text;
    if (type.is(TypeId::Decimal)) return asType(whole, type);
    return {fmt::format("IF(ABS({0}) < {1}, DOUBLE({2}), {0})", value.text, kWholeDoubles, whole)};
}

bool isComputedAhead(const sql::Expr& expr) {
    using Kind = sql::Expr::Kind;
    if (expr.kind == Kind::Literal) return true;
    if (expr.kind != Kind::Call || expr.args.empty()) return false;
    return std::all_of(expr.args.begin(), expr.args.end(),
                       [](const auto& arg) { return isComputedAhead(*arg); });
}

Text digitsFix() {
    return RW_TEXT("deploy", "Write the number of digits as a number.");
}

Written writeSparkRound(CallForm& call) {
    sparkMayFail(call);
    const Type type = call.part().type;
    if (call.count() > 1 && !isComputedAhead(call.argument(1))) {
        call.find(Verdict::Refused,
                  RW_TEXT("deploy", "Spark rounds to a number of digits that is the same for all rows."), {},
                  digitsFix());
    }
    std::string value = call.text(0);
    const bool orNull = call.nullOnError() && call.part().canFail;
    if (orNull && type.isInteger()) {
        value = asType(value, Type::decimal(type.is(TypeId::Int) ? 10 : 19, 0)).text;
    }
    const Written rounded =
        call.count() > 1 ? sparkCall("ROUND", {value, call.text(1)}) : sparkCall("ROUND", {value});
    if (type.is(TypeId::Decimal) || (orNull && type.isInteger())) return asType(rounded.text, type, orNull);
    return rounded;
}

/// x - x % 10…0, or nothing left.
Written cutIntegers(const CallForm& call, int zeros) {
    const Type type = call.part().type;
    const Written value = call.written(0);
    if (zeros >= (type.is(TypeId::Int) ? 10 : 19))
        return {value.in(Binding::Multiply) + " * 0", Binding::Multiply};
    const std::string unit =
        "1" + std::string(static_cast<std::size_t>(zeros), '0') + (type.is(TypeId::Int) ? "" : "L");
    return {fmt::format("{} - {} % {}", value.in(Binding::Add), value.in(Binding::Multiply), unit),
            Binding::Add};
}

/// FLOOR or CEIL to so many digits, whichever goes towards zero; they take DECIMALs.
std::string cutDecimal(const std::string& value, int digits) {
    return fmt::format("IF({0} < 0, CEIL({0}, {1}), FLOOR({0}, {1}))", value, digits);
}

/// By the digits that are shown, as we do: through a DECIMAL, which holds all of those that can matter.
Written cutDoubles(const CallForm& call, int digits) {
    constexpr int kMostDigits = 18;
    const Written value = call.written(0);
    if (digits > kMostDigits) {
        call.find(Verdict::Refused,
                  RW_TEXT("deploy", "Spark can cut off after %1 digits at most.").with(kMostDigits), {},
                  RW_TEXT("deploy", "Write fewer digits."));
    }
    if (digits == 0) {
        return {fmt::format("IF(ABS({0}) < {1}, DOUBLE(BIGINT({0})), {0})", value.text, kWholeDoubles)};
    }
    if (digits < 0) {
        call.find(Verdict::Exact, {},
                  RW_TEXT("deploy", "values that are cut are smaller than 2 to the power of 53"));
        const std::string unit = "1" + std::string(static_cast<std::size_t>(-digits), '0') + "D";
        return {fmt::format("IF(ABS({0}) < {1}, {2} - {3} % {4}, {0})", value.text, kWholeDoubles,
                            value.in(Binding::Add), value.in(Binding::Multiply), unit)};
    }
    const std::string decimal = asType(value.text, Type::decimal(kMaxPrecision, 20)).text;
    return {fmt::format("IF(ABS({0}) < 1E15D, DOUBLE({1}), {0})", value.text, cutDecimal(decimal, digits))};
}

Written writeSparkTruncate(CallForm& call) {
    sparkMayFail(call);
    const Type type = call.part().type;
    const std::int32_t* const written = call.count() > 1 ? sparkBuiltIn<std::int32_t>(call, 1) : nullptr;
    if (call.count() > 1 && written == nullptr) {
        call.find(Verdict::Refused,
                  RW_TEXT("deploy", "Spark cuts off after a number of digits that is the same for all rows."),
                  {}, digitsFix());
    }
    const int digits = std::clamp(written != nullptr ? *written : 0, -kMaxPrecision, kMaxPrecision);
    if (type.is(TypeId::Double)) return cutDoubles(call, digits);
    if (type.isInteger()) return digits >= 0 ? call.written(0) : cutIntegers(call, -digits);
    const Written value = call.written(0);
    if (digits >= call.typed(0).as.scale) return asType(value.text, type);
    return asType(cutDecimal(value.in(Binding::Add), digits), type);
}

/// -Infinity for zero, NaN below.
Written writeSparkLogarithm(CallForm& call) {
    const Written value = call.written(0);
    return {fmt::format("COALESCE({}({}), IF({} = 0D, DOUBLE('-Infinity'), {} * DOUBLE('NaN')))",
                        call.call().name, value.text, value.in(Binding::Add), value.in(Binding::Multiply))};
}

}  // namespace

void addSparkMath(std::vector<FunctionForm>& forms) {
    forms.push_back({.name = "ABS", .write = writeSparkAbs});
    forms.push_back({.name = "SIGN", .write = writeSparkSign});
    forms.push_back({.name = "CEIL", .write = writeSparkWhole});
    forms.push_back({.name = "FLOOR", .write = writeSparkWhole});
    forms.push_back({.name = "ROUND", .write = writeSparkRound});
    forms.push_back({.name = "TRUNCATE", .write = writeSparkTruncate});
    forms.push_back({.name = "SQRT", .pattern = "SQRT($1)"});
    forms.push_back({.name = "PI", .pattern = "PI()"});
    // Java computes these by functions of its own.
    const auto real = [&forms](std::string_view name, std::string_view pattern) -> FunctionForm& {
        forms.push_back({.name = name,
                         .verdict = Verdict::Equivalent,
                         .pattern = pattern,
                         .what = RW_TEXT("deploy", "The last digits of the result may differ.")});
        return forms.back();
    };
    real("POWER", "POWER($1, $2)");
    real("EXP", "EXP($1)");
    for (const char* const name : {"LN", "LOG10", "LOG2"}) real(name, {}).write = writeSparkLogarithm;
    real("SIN", "SIN($1)");
    real("COS", "COS($1)");
    real("TAN", "TAN($1)");
    real("ASIN", "ASIN($1)");
    real("ACOS", "ACOS($1)");
    real("ATAN", "ATAN($1)");
    real("ATAN2", "ATAN2($1, $2)").condition = RW_TEXT("deploy", "no argument is a zero with a minus sign");
}

}  // namespace rw
