// Comparisons, tests for NULL and truth, NOT; and the entries of operators that the binder rewrites.
#include <algorithm>
#include <functional>

#include "core/data/visit_type.h"
#include "core/sql/coercion.h"
#include "core/sql/decimal.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/short_text.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

/// The type in which an operand is compared: INT beside DECIMAL becomes one, DECIMALs keep their scales.
Type comparedAs(Type own, Type common) {
    if (!common.is(TypeId::Decimal) || own.is(TypeId::String) || own.is(TypeId::Null)) return common;
    return asDecimal(own);
}

Resolver resolveComparison(std::string_view name) {
    return [name](std::span<const ArgInfo> args, std::string_view) -> Parsed<Resolved> {
        const Type a = args[0].type, b = args[1].type;
        const auto common = comparisonType(a, b);
        if (!common) {
            SqlError error;
            error.message =
                RW_TEXT("sql", "“%1” can't compare %2 with %3.").with(name, toString(a), toString(b));
            error.fix = RW_TEXT("sql", "Convert one of them with CAST.");
            return error;
        }
        return Resolved{booleanType(), {comparedAs(a, *common), comparedAs(b, *common)}, {}};
    };
}

template <class T, class Op>
Vector compareAs(const CallArgs& call) {
    return map<bool, T, T>(call, [](const T& a, const T& b) { return Op()(a, b); });
}

template <bool equal>
Vector compareTexts(const CallArgs& call) {
    for (const std::size_t side : {0U, 1U}) {
        const Vector &text = call.args[1 - side], &literal = call.args[side];
        if (!literal.constant || text.constant || literal.isNull(0)) continue;
        const StringRef& value = literal.at<StringRef>(0);
        if (!value.isInline()) continue;
        const CallArgs alone{call.args.subspan(1 - side, 1), call.rows, call.call, call.context, call.work};
        return map<bool, StringRef>(alone, [wanted = ShortText(value)](const StringRef& in) {
            return (ShortText(in) == wanted) == equal;
        });
    }
    return map<bool, StringRef, StringRef>(
        call, [](const StringRef& a, const StringRef& b) { return (a == b) == equal; });
}

template <class Op>
Vector compareStrings(const CallArgs& call) {
    if constexpr (std::is_same_v<Op, std::equal_to<>>) {
        return compareTexts<true>(call);
    } else if constexpr (std::is_same_v<Op, std::not_equal_to<>>) {
        return compareTexts<false>(call);
    } else {
        return compareAs<std::string_view, Op>(call);
    }
}

template <class Op>
Vector compareDecimals(const CallArgs& call) {
    const Type typeA = call.args[0].column->type(), typeB = call.args[1].column->type();
    if (typeA.scale == typeB.scale) return compareAs<Int128, Op>(call);
    const int scale = std::max(typeA.scale, typeB.scale);
    const int addedA = scale - typeA.scale, addedB = scale - typeB.scale;
    if (typeA.precision + addedA < kMaxPrecision && typeB.precision + addedB < kMaxPrecision) {
        const UInt128 factorA = powerOfTen(addedA), factorB = powerOfTen(addedB);  // both fit at one scale
        return map<bool, Int128, Int128>(call, [factorA, factorB](Int128 a, Int128 b) {
            return Op()(static_cast<Int128>(static_cast<UInt128>(a) * factorA),
                        static_cast<Int128>(static_cast<UInt128>(b) * factorB));
        });
    }
    return map<bool, Int128, Int128>(call, [typeA, typeB](Int128 a, Int128 b) {
        const auto order = decimalCompare(a, typeA.scale, b, typeB.scale);
        return Op()(order < 0 ? -1 : order > 0 ? 1 : 0, 0);
    });
}

template <class Op>
Vector compare(const CallArgs& call) {
    return visitType(call.args[0].column->type().id,
                     Overloaded{[&](types::Decimal) { return compareDecimals<Op>(call); },
                                [&](OfMemory<std::uint8_t>) { return compareAs<bool, Op>(call); },
                                [&](OfMemory<StringRef>) { return compareStrings<Op>(call); },
                                [&]<class T>(OfMemory<T>) { return compareAs<T, Op>(call); }});
}

/// A test that NULL does not escape: test(row) for every row, except that failed rows stay failed.
template <class Test>
Vector testRows(const CallArgs& call, std::shared_ptr<const RowErrors> errors, const Test& test) {
    bool constant = true;
    for (const Vector& arg : call.args) constant = constant && arg.constant;
    const std::size_t rows = constant ? 1 : call.rows;
    RawBytes values(rows);
    for (std::size_t row = 0; row < rows; ++row) values[row] = static_cast<std::byte>(test(row));
    Validity validity;
    if (errors) {
        for (const RowError& error : *errors) {
            validity.setNull(error.row, rows);
            values[error.row] = std::byte{0};
        }
    }
    return {std::make_shared<Column>(booleanType(), rows, std::move(values), std::move(validity)), constant,
            std::move(errors)};
}

template <bool wanted>
Vector isNull(const CallArgs& call) {
    const Vector& arg = call.args[0];
    if (arg.column->validity().allValid() && !arg.column->type().is(TypeId::Null)) {
        const auto value = static_cast<std::byte>(!wanted);
        return {std::make_shared<Column>(booleanType(), 1, RawBytes(1, value), Validity()), true, {}};
    }
    return testRows(call, arg.errors, [&arg](std::size_t row) { return arg.isNull(row) == wanted; });
}

template <bool value, bool wanted>
Vector isTruth(const CallArgs& call) {
    const Vector& arg = call.args[0];
    return testRows(call, arg.errors, [&arg](std::size_t row) {
        return (!arg.isNull(row) && (arg.at<std::uint8_t>(row) != 0) == value) == wanted;
    });
}

template <bool wanted>
Vector isDistinct(const CallArgs& call) {
    const Vector &a = call.args[0], &b = call.args[1];
    const Vector differ = compare<std::not_equal_to<>>(call);
    return testRows(call, differ.errors, [&](std::size_t row) {
        const bool distinct =
            differ.isNull(row) ? a.isNull(row) != b.isNull(row) : differ.at<std::uint8_t>(row) != 0;
        return distinct == wanted;
    });
}

Vector negate(const CallArgs& call) {
    return map<bool, bool>(call, [](bool a) { return !a; });
}

Parsed<Resolved> resolveAnything(std::span<const ArgInfo> args, std::string_view) {
    return Resolved{booleanType(), {args[0].type}, {}};
}

void addTests(std::vector<ScalarFunction>& functions) {
    const auto add = [&functions](std::string_view name, std::string_view signature, Text help,
                                  Resolver resolve, Vector (*evaluate)(const CallArgs&)) {
        functions.push_back(
            {name, signature, std::move(help), "operator", 1, 1, std::move(resolve), evaluate});
    };
    const auto truth = [](std::string_view name) { return accepts(name, {booleanType()}, booleanType()); };
    add("IS NULL", "a IS NULL", RW_TEXT("sql", "Whether there is no value."), resolveAnything, isNull<true>);
    add("IS NOT NULL", "a IS NOT NULL", RW_TEXT("sql", "Whether there is a value."), resolveAnything,
        isNull<false>);
    add("IS TRUE", "a IS TRUE", RW_TEXT("sql", "True for TRUE, false for FALSE and NULL."), truth("IS TRUE"),
        isTruth<true, true>);
    add("IS NOT TRUE", "a IS NOT TRUE", RW_TEXT("sql", "True for FALSE and NULL."), truth("IS NOT TRUE"),
        isTruth<true, false>);
    add("IS FALSE", "a IS FALSE", RW_TEXT("sql", "True for FALSE, false for TRUE and NULL."),
        truth("IS FALSE"), isTruth<false, true>);
    add("IS NOT FALSE", "a IS NOT FALSE", RW_TEXT("sql", "True for TRUE and NULL."), truth("IS NOT FALSE"),
        isTruth<false, false>);
    add("IS UNKNOWN", "a IS UNKNOWN", RW_TEXT("sql", "Whether a condition is NULL."), truth("IS UNKNOWN"),
        isNull<true>);
    add("IS NOT UNKNOWN", "a IS NOT UNKNOWN", RW_TEXT("sql", "Whether a condition is TRUE or FALSE."),
        truth("IS NOT UNKNOWN"), isNull<false>);
    add("NOT", "NOT a", RW_TEXT("sql", "The opposite of a condition; NULL stays NULL."), truth("NOT"),
        negate);
}

}  // namespace

void addComparisons(std::vector<ScalarFunction>& functions) {
    const auto add = [&functions](std::string_view name, std::string_view signature, Text help,
                                  Vector (*evaluate)(const CallArgs&)) {
        functions.push_back(
            {name, signature, std::move(help), "operator", 2, 2, resolveComparison(name), evaluate});
    };
    add("=", "a = b", RW_TEXT("sql", "Whether both are the same; NULL when one of them is."),
        compare<std::equal_to<>>);
    add("<>", "a <> b", RW_TEXT("sql", "Whether they differ; NULL when one of them is."),
        compare<std::not_equal_to<>>);
    add("<", "a < b", RW_TEXT("sql", "Less than; texts compare byte by byte."), compare<std::less<>>);
    add("<=", "a <= b", RW_TEXT("sql", "Less than or the same."), compare<std::less_equal<>>);
    add(">", "a > b", RW_TEXT("sql", "Greater than."), compare<std::greater<>>);
    add(">=", "a >= b", RW_TEXT("sql", "Greater than or the same."), compare<std::greater_equal<>>);
    add("IS DISTINCT FROM", "a IS DISTINCT FROM b", RW_TEXT("sql", "Whether they differ; two NULLs do not."),
        isDistinct<true>);
    add("IS NOT DISTINCT FROM", "a IS NOT DISTINCT FROM b",
        RW_TEXT("sql", "Whether both are the same; two NULLs are."), isDistinct<false>);
    addTests(functions);

    // The binder makes conditions of these itself; they stand here for help, completion and typing.
    functions.push_back({"AND", "a AND b", RW_TEXT("sql", "Whether both hold."), "operator", 2, -1,
                         acceptsMany("AND", booleanType(), booleanType()), nullptr});
    functions.push_back({"OR", "a OR b", RW_TEXT("sql", "Whether one of them holds."), "operator", 2, -1,
                         acceptsMany("OR", booleanType(), booleanType()), nullptr});
    functions.push_back({"BETWEEN", "a BETWEEN low AND high",
                         RW_TEXT("sql", "Whether a lies between two values, both included."), "operator", 3,
                         3, acceptsCommon("BETWEEN"), nullptr});
}

}  // namespace rw::sql
