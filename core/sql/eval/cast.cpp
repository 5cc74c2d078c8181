#include "core/sql/eval/cast.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/data/text.h"
#include "core/data/trim.h"
#include "core/data/utf8.h"
#include "core/data/visit_type.h"
#include "core/sql/coercion.h"
#include "core/sql/decimal.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/time_math.h"
#include "core/sql/time_text.h"

namespace rw::sql {

namespace {

// ── From text ──

/// The text between spaces, where no other blank stands around it: of numbers Flink trims spaces alone.
std::optional<std::string_view> withoutSpaces(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return std::nullopt;
    text = text.substr(begin, text.find_last_not_of(' ') - begin + 1);
    if (isBlank(text.front()) || isBlank(text.back())) return std::nullopt;
    return text;
}

/// A whole number, or one with a fraction, which is dropped: '1.5' is 1.
template <class Integer>
std::optional<Integer> integerFrom(std::string_view written) {
    const auto bare = withoutSpaces(written);
    if (!bare) return std::nullopt;
    std::string_view text = *bare;
    const std::size_t point = text.find('.');
    if (point != std::string_view::npos) {
        const std::string_view fraction = text.substr(point + 1);
        if (fraction.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
        text = text.substr(0, point);
        const std::string_view digits = text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
        if (digits.empty()) return fraction.empty() ? std::nullopt : std::optional(Integer{0});
    }
    if constexpr (std::is_same_v<Integer, std::int32_t>) {
        return parseInt(text);
    } else {
        return parseBigint(text);
    }
}

std::optional<double> doubleFrom(std::string_view text) {
    const auto bare = withoutSpaces(text);
    return bare ? parseDouble(*bare) : std::nullopt;
}

/// Blanks are not trimmed here.
std::optional<bool> booleanFrom(std::string_view text) {
    if (text.size() > 5) return std::nullopt;
    std::string lower(text);
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    for (const char* const yes : {"t", "true", "y", "yes", "1"}) {
        if (lower == yes) return true;
    }
    for (const char* const no : {"f", "false", "n", "no", "0"}) {
        if (lower == no) return false;
    }
    return std::nullopt;
}

// ── The frame: a conversion that may have no answer ──

Text unreadReason(std::string_view text, Type to) {
    return RW_TEXT("sql", "“%1” can't be read as %2.").with(quoted(text), toString(to));
}

/// convert(In) → optional<Out>; none fails the row or, for TRY_CAST, is NULL.
template <class Out, class In, class Convert>
Vector convertEach(const CallArgs& call, const Convert& convert) {
    const auto one = [&convert](Out& out, const In& in) {
        const std::optional<Out> value = convert(in);
        if (value) out = *value;
        return value.has_value();
    };
    if (call.call.tryCast) return mapNullable<Out, In>(call, one);
    return mapChecked<Out, In>(call, one, [&call](const In& in) {
        const Type to = call.call.type;
        if constexpr (std::is_same_v<In, std::string_view>) {
            return unreadReason(in, to);
        } else {
            return RW_TEXT("sql", "%1 does not fit %2.")
                .with(toText(Value(in), call.args[0].column->type()), toString(to));
        }
    });
}

/// convert(target), for each type that values of type From are cast to: canCast() tells which. The binder
/// refuses all others.
template <class From, class Convert>
Vector castTo(const CallArgs& call, const Convert& convert) {
    return visitType(call.call.type.id, [&]<class To>(To target) -> Vector {
        constexpr bool kConverts = std::is_invocable_v<const Convert&, To>;
        static_assert(kConverts || std::is_same_v<From, To> || !canCast(From::kKind, To::kKind),
                      "a conversion that the binder lets through is missing");
        if constexpr (kConverts) {
            return convert(target);
        } else {
            return nullVector(call.call.type, call.rows, call.args[0].errors);
        }
    });
}

// ── From numbers ──

/// `value` without its fraction, when that fits.
template <class Integer>
std::optional<Integer> wholePart(double value) {
    const double whole = std::trunc(value);
    constexpr double kLimit = -static_cast<double>(std::numeric_limits<Integer>::min());
    if (!(whole >= -kLimit && whole < kLimit)) return std::nullopt;
    return static_cast<Integer>(whole);
}

template <class Integer>
std::optional<Integer> narrowed(Int128 value) {
    if (value < std::numeric_limits<Integer>::min() || value > std::numeric_limits<Integer>::max())
        return std::nullopt;
    return static_cast<Integer>(value);
}

template <class From>
Vector integerTo(const CallArgs& call) {
    using In = typename From::Memory;
    const Type to = call.call.type;
    return castTo<From>(
        call,
        Overloaded{
            [&](types::Boolean) { return map<bool, In>(call, [](In v) { return v != 0; }); },
            [&](types::Int) {
                return convertEach<std::int32_t, In>(call, [](In v) { return narrowed<std::int32_t>(v); });
            },
            [&](types::Bigint) { return map<std::int64_t, In>(call, [](In v) { return std::int64_t{v}; }); },
            [&](types::Double) { return map<double, In>(call, [](In v) { return static_cast<double>(v); }); },
            [&](types::Decimal) {
                if (to.precision - to.scale >= std::numeric_limits<In>::digits10 + 1) {  // all have room
                    return map<Int128, In>(
                        call, [unit = static_cast<Int128>(powerOfTen(to.scale))](In v) { return unit * v; });
                }
                return convertEach<Int128, In>(call, [to](In v) { return rescale(v, 0, to); });
            },
            [&](types::String) {
                return mapText<In>(call, [](std::string& out, In v) {
                    std::array<char, 24> buffer{};
                    out.append(buffer.data(),
                               std::to_chars(buffer.data(), buffer.data() + buffer.size(), v).ptr);
                });
            }});
}

Vector doubleTo(const CallArgs& call) {
    const Type to = call.call.type;
    return castTo<types::Double>(
        call,
        Overloaded{
            [&](types::Boolean) { return map<bool, double>(call, [](double v) { return v != 0; }); },
            [&](types::Int) { return convertEach<std::int32_t, double>(call, wholePart<std::int32_t>); },
            [&](types::Bigint) { return convertEach<std::int64_t, double>(call, wholePart<std::int64_t>); },
            [&](types::Decimal) {
                return convertEach<Int128, double>(call, [to](double v) { return decimalFromDouble(v, to); });
            },
            [&](types::String) { return mapText<double>(call, appendJavaDouble); }});
}

Vector decimalTo(const CallArgs& call) {
    const Type to = call.call.type;
    const int scale = call.args[0].column->type().scale;
    const auto whole = [scale](Int128 v) { return v / static_cast<Int128>(powerOfTen(scale)); };
    return castTo<types::Decimal>(
        call,
        Overloaded{[&](types::Boolean) { return map<bool, Int128>(call, [](Int128 v) { return v != 0; }); },
                   [&](types::Int) {
                       return convertEach<std::int32_t, Int128>(
                           call, [&](Int128 v) { return narrowed<std::int32_t>(whole(v)); });
                   },
                   [&](types::Bigint) {
                       return convertEach<std::int64_t, Int128>(
                           call, [&](Int128 v) { return narrowed<std::int64_t>(whole(v)); });
                   },
                   [&](types::Double) {
                       return map<double, Int128>(call,
                                                  [scale](Int128 v) { return decimalToDouble(v, scale); });
                   },
                   [&](types::Decimal) {
                       return convertEach<Int128, Int128>(
                           call, [scale, to](Int128 v) { return rescale(v, scale, to); });
                   },
                   [&](types::String) {
                       return mapText<Int128>(
                           call, [scale](std::string& out, Int128 v) { appendDecimal(out, v, scale); });
                   }});
}

Vector booleanTo(const CallArgs& call) {
    const Type to = call.call.type;
    return castTo<types::Boolean>(
        call,
        Overloaded{
            [&](types::Int) { return map<std::int32_t, bool>(call, [](bool v) { return v ? 1 : 0; }); },
            [&](types::Bigint) {
                return map<std::int64_t, bool>(call, [](bool v) { return std::int64_t{v}; });
            },
            [&](types::Double) { return map<double, bool>(call, [](bool v) { return v ? 1.0 : 0.0; }); },
            [&](types::Decimal) {
                return convertEach<Int128, bool>(call, [to](bool v) { return rescale(v ? 1 : 0, 0, to); });
            },
            [&](types::String) {
                return mapText<bool>(call, [](std::string& out, bool v) { out += v ? "true" : "false"; });
            }});
}

Vector textTo(const CallArgs& call) {
    using Text = std::string_view;
    const Type to = call.call.type;
    return castTo<types::String>(
        call,
        Overloaded{
            [&](types::Boolean) { return convertEach<bool, Text>(call, booleanFrom); },
            [&](types::Int) { return convertEach<std::int32_t, Text>(call, integerFrom<std::int32_t>); },
            [&](types::Bigint) { return convertEach<std::int64_t, Text>(call, integerFrom<std::int64_t>); },
            [&](types::Double) { return convertEach<double, Text>(call, doubleFrom); },
            [&](types::Decimal) {
                return convertEach<Int128, Text>(call, [to](Text v) {
                    const auto bare = withoutSpaces(v);
                    return bare ? parseDecimal(*bare, to.precision, to.scale) : std::nullopt;
                });
            },
            [&](types::Date) { return convertEach<std::int32_t, Text>(call, dateOfText); },
            [&](types::Timestamp) { return convertEach<std::int64_t, Text>(call, timestampOfText); },
            [&](types::Bytes) { return mapPart<>(call, [](Text v) { return v; }); }});
}

/// Most bytes that become text are UTF-8: then nothing is copied.
Vector bytesToText(const CallArgs& call) {
    const auto values = call.args[0].column->values<StringRef>();
    const bool valid = std::all_of(values.begin(), values.end(), [](const StringRef& value) {
        return validUtf8Prefix(value.view()) == value.size();
    });
    if (valid) return mapPart<>(call, [](std::string_view v) { return v; });
    return mapText<std::string_view>(call, appendUtf8);
}

Vector bytesTo(const CallArgs& call) {
    return castTo<types::Bytes>(call, Overloaded{[&](types::String) { return bytesToText(call); }});
}

Vector dateTo(const CallArgs& call) {
    return castTo<types::Date>(
        call, Overloaded{[&](types::Timestamp) {
                             return map<std::int64_t, std::int32_t>(
                                 call, [](std::int32_t day) { return day * kMillisPerDay; });
                         },
                         [&](types::String) { return mapText<std::int32_t>(call, appendDate); }});
}

Vector timestampTo(const CallArgs& call) {
    return castTo<types::Timestamp>(
        call, Overloaded{[&](types::Date) {
                             // Towards zero, as Flink does it: before 1970 a time of day gives the next day.
                             return convertEach<std::int32_t, std::int64_t>(call, [](std::int64_t time) {
                                 return narrowed<std::int32_t>(time / kMillisPerDay);
                             });
                         },
                         [&](types::String) { return mapText<std::int64_t>(call, appendTimestamp); }});
}

}  // namespace

void appendJavaDouble(std::string& out, double value) {
    if (!std::isfinite(value)) return appendDouble(out, value);
    std::array<char, 40> buffer{};
    char* const last = buffer.data() + buffer.size();
    char* end = std::to_chars(buffer.data(), last, value, std::chars_format::scientific).ptr;
    constexpr double kFewDigits = 1e-321;  // above it every text of two digits is another number
    if (std::abs(value) < kFewDigits && value != 0) {
        // One digit may be enough, but Java writes two: those of the nearest such text, 4.9E-324 and not 5.0.
        std::array<char, 40> two{};
        char* const endOfTwo =
            std::to_chars(two.data(), two.data() + two.size(), value, std::chars_format::scientific, 1).ptr;
        if (parseDouble(std::string_view(two.data(), static_cast<std::size_t>(endOfTwo - two.data()))) ==
            value) {
            end = std::copy(two.data(), endOfTwo, buffer.data());
        }
    }
    char* digits = buffer.data();  // 1.25e-07; the point is moved out from among them
    if (*digits == '-') {
        out += '-';
        ++digits;
    }
    char* endOfDigits = std::find(digits, end, 'e');
    int exponent = 0;
    std::from_chars(endOfDigits + (endOfDigits[1] == '+' ? 2 : 1), end, exponent);
    if (digits[1] == '.') {
        digits[1] = digits[0];
        ++digits;
    }
    // Java writes plainly from 10^-3 up to 10^7, and always a digit after the point.
    const bool plain = value == 0 || (exponent >= -3 && exponent < 7);
    if (plain && exponent < 0) {
        out.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits, endOfDigits);
        return;
    }
    char* const point = digits + (plain ? exponent : 0) + 1;
    while (endOfDigits < point + 1) *endOfDigits++ = '0';
    out.append(digits, point).append(".").append(point, endOfDigits);
    if (!plain) out.append("E").append(std::to_string(exponent));
}

std::optional<std::string> unreadText(const Text& reason) {
    static const Text kReason = unreadReason({}, {});
    if (std::string_view(reason.key) != kReason.key || reason.args.empty()) return std::nullopt;
    return reason.args.front().literal();
}

Vector evaluateCast(const CallArgs& call) {
    const Vector& arg = call.args[0];
    const Type from = arg.column->type();
    if (from == call.call.type) return arg;
    return visitType(
        from.id,
        Overloaded{
            [&](types::Boolean) { return booleanTo(call); },
            [&](types::Int) { return integerTo<types::Int>(call); },
            [&](types::Bigint) { return integerTo<types::Bigint>(call); },
            [&](types::Double) { return doubleTo(call); }, [&](types::Decimal) { return decimalTo(call); },
            [&](types::String) { return textTo(call); }, [&](types::Bytes) { return bytesTo(call); },
            [&](types::Date) { return dateTo(call); }, [&](types::Timestamp) { return timestampTo(call); },
            [&](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                return nullVector(call.call.type, call.rows, arg.errors);
            }});
}

}  // namespace rw::sql
