// What a row says of a rule, by the values that the expressions of the rule have for it.
#pragma once
#include <cmath>
#include <cstdint>
#include <optional>

#include "core/sql/eval/evaluate.h"
#include "core/stream/alerts/alert_machine.h"

namespace rw {

/// Which rows an expression gives a truth value for, as three: true, false, NULL.
enum class Truth : std::uint8_t { False, True, Unknown };

inline Truth truthAt(const sql::Vector& vector, std::size_t row) {
    if (vector.isNull(row)) return Truth::Unknown;
    return vector.at<std::uint8_t>(row) != 0 ? Truth::True : Truth::False;
}

inline AlertVerdict verdictOf(Truth raises, Truth clears) {
    if (raises == Truth::True) return AlertVerdict::Raise;
    if (clears == Truth::True) return AlertVerdict::Clear;
    return raises == Truth::False ? AlertVerdict::Between : AlertVerdict::None;
}

inline Truth oppositeOf(Truth truth) {
    if (truth == Truth::Unknown) return truth;
    return truth == Truth::True ? Truth::False : Truth::True;
}

/// NaN is none: it is no peak, and not even what it was before.
inline std::optional<double> numberAt(const Column& values, std::size_t row) {
    if (values.isNull(row) || std::isnan(values.at<double>(row))) return std::nullopt;
    return values.at<double>(row);
}

}  // namespace rw
