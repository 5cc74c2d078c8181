#include "core/data/type.h"

#include <array>
#include <charconv>

#include "core/base/ascii.h"

namespace rw {

namespace {

/// A spelling of a type; `numbers` is how many numbers may follow in brackets.
struct Spelling {
    std::string_view name;
    TypeId id;
    int numbers;
};
constexpr std::array kSpellings{
    Spelling{"BOOLEAN", TypeId::Boolean, 0}, Spelling{"BOOL", TypeId::Boolean, 0},
    Spelling{"INT", TypeId::Int, 0},         Spelling{"INTEGER", TypeId::Int, 0},
    Spelling{"BIGINT", TypeId::Bigint, 0},   Spelling{"LONG", TypeId::Bigint, 0},
    Spelling{"DOUBLE", TypeId::Double, 0},   Spelling{"DOUBLE PRECISION", TypeId::Double, 0},
    Spelling{"FLOAT", TypeId::Double, 0},    Spelling{"DECIMAL", TypeId::Decimal, 2},
    Spelling{"NUMERIC", TypeId::Decimal, 2}, Spelling{"DEC", TypeId::Decimal, 2},
    Spelling{"STRING", TypeId::String, 0},   Spelling{"TEXT", TypeId::String, 0},
    Spelling{"VARCHAR", TypeId::String, 1},  Spelling{"CHAR", TypeId::String, 1},
    Spelling{"DATE", TypeId::Date, 0},       Spelling{"TIMESTAMP", TypeId::Timestamp, 1},
};

/// Upper case, blanks trimmed and runs of blanks made one; “ ( 10 , 2 ) ” loses its blanks altogether.
std::string normalized(std::string_view text) {
    std::string out;
    bool blank = false;
    for (const char c : text) {
        if (isAsciiBlank(c)) {
            blank = !out.empty();
            continue;
        }
        const bool punctuation = c == '(' || c == ')' || c == ',';
        if (blank && !punctuation && out.back() != '(' && out.back() != ',') out += ' ';
        blank = false;
        out += asciiCapital(c);
    }
    return out;
}

/// Reads “(10,2)” into `numbers` and returns how many there are; -1 when it is not such a list.
int readNumbers(std::string_view text, std::array<int, 2>& numbers) {
    if (text.empty()) return 0;
    if (text.front() != '(' || text.back() != ')') return -1;
    const char* at = text.data() + 1;
    const char* const end = text.data() + text.size() - 1;
    for (int count = 0; count < 2; ++count) {
        const auto [next, error] = std::from_chars(at, end, numbers[static_cast<std::size_t>(count)]);
        if (error != std::errc() || *at == '-') return -1;
        if (next == end) return count + 1;
        if (*next != ',') return -1;
        at = next + 1;
    }
    return -1;
}

}  // namespace

std::size_t widthOf(TypeId id) {
    switch (id) {
        case TypeId::Boolean:
        case TypeId::Null:
            return 1;
        case TypeId::Int:
        case TypeId::Date:
            return 4;
        case TypeId::Bigint:
        case TypeId::Double:
        case TypeId::Timestamp:
        case TypeId::IntervalDay:
        case TypeId::IntervalMonth:
            return 8;
        case TypeId::Decimal:
        case TypeId::String:
            return 16;
    }
    return 0;
}

std::string toString(Type type) {
    switch (type.id) {
        case TypeId::Boolean:
            return "BOOLEAN";
        case TypeId::Int:
            return "INT";
        case TypeId::Bigint:
            return "BIGINT";
        case TypeId::Double:
            return "DOUBLE";
        case TypeId::Decimal:
            return fmt::format("DECIMAL({},{})", type.precision, type.scale);
        case TypeId::String:
            return "STRING";
        case TypeId::Date:
            return "DATE";
        case TypeId::Timestamp:
            return "TIMESTAMP(3)";
        case TypeId::Null:
            return "NULL";
        case TypeId::IntervalDay:
            return "INTERVAL DAY TO SECOND";
        case TypeId::IntervalMonth:
            return "INTERVAL YEAR TO MONTH";
    }
    return {};
}

Result<Type> parseType(std::string_view text) {
    const std::string spelling = normalized(text);
    const std::size_t bracket = std::min(spelling.find('('), spelling.size());
    const std::string_view name(spelling.data(), bracket);
    for (const Spelling& known : kSpellings) {
        if (known.name != name) continue;
        std::array<int, 2> numbers{0, 0};
        const int count = readNumbers(std::string_view(spelling).substr(bracket), numbers);
        if (count < 0 || count > known.numbers) break;
        if (known.id == TypeId::Decimal) {
            const int precision = count > 0 ? numbers[0] : 10;  // SQL's DECIMAL is Flink's DECIMAL(10,0)
            if (precision < 1 || precision > kMaxPrecision || numbers[1] > precision) {
                return Status(ErrorCode::Invalid, RW_TEXT("type", "“%1” is not a type.").with(text),
                              RW_TEXT("type",
                                      "A DECIMAL has 1 to 38 digits, and at most that many of them after "
                                      "the point: DECIMAL(10,2)."));
            }
            return Type::decimal(precision, numbers[1]);
        }
        if (known.id == TypeId::Timestamp && numbers[0] > 9) break;
        return Type::of(known.id);
    }
    return Status(ErrorCode::Invalid, RW_TEXT("type", "“%1” is not a type.").with(text),
                  RW_TEXT("type",
                          "Types are BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(10,2), STRING, DATE and "
                          "TIMESTAMP(3)."));
}

}  // namespace rw
