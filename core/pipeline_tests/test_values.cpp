#include "core/pipeline_tests/test_values.h"

#include <algorithm>
#include <cmath>

#include "core/base/ascii.h"
#include "core/data/text.h"

namespace rw {

namespace {

/// A number of JSON is read as a DOUBLE, of which so many digits are exact.
constexpr std::ptrdiff_t kExactDigits = 15;

std::string textOf(const Json& cell) {
    return cell.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool isExact(const std::string& number) {
    if (number.find_first_of("eE") != std::string::npos) return false;
    return std::count_if(number.begin(), number.end(), isAsciiDigit) <= kExactDigits;
}

}  // namespace

std::optional<Value> testValue(const Json& cell, Type type) {
    if (cell.is_null()) return Value{};
    const std::string text = cell.is_string() ? cell.get<std::string>() : textOf(cell);
    if (type.is(TypeId::String)) return Value{text};
    if (type.is(TypeId::Decimal) && cell.is_number_float() && !isExact(text)) return std::nullopt;
    return parseValue(text, type);
}

Json testCell(const Value& value, Type type) {
    if (isNull(value)) return nullptr;
    if (const bool* truth = std::get_if<bool>(&value)) return *truth;
    if (type.is(TypeId::Int)) return std::get<std::int32_t>(value);
    if (type.is(TypeId::Bigint)) return std::get<std::int64_t>(value);
    if (const double* number = std::get_if<double>(&value); number != nullptr && std::isfinite(*number))
        return *number;
    return toText(value, type);
}

std::string shownValue(const Value& value, Type type) {
    if (isNull(value)) return "NULL";
    std::string text = toText(value, type);
    return text.empty() ? "''" : text;
}

bool sameValue(const Value& a, const Value& b, double within) {
    const double* const left = std::get_if<double>(&a);
    const double* const right = std::get_if<double>(&b);
    if (left == nullptr || right == nullptr) return a == b;
    if (std::isnan(*left) || std::isnan(*right)) return std::isnan(*left) && std::isnan(*right);
    return *left == *right || std::abs(*left - *right) <= within;
}

}  // namespace rw
