#include "core/data/type.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/base/ascii.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

/// How many numbers may follow a type's name in brackets.
int numbersOf(TypeId id) {
    return id == TypeId::Decimal ? 2 : id == TypeId::Timestamp ? 1 : 0;
}

/// A spelling of a type other than its name; `numbers` is how many numbers may follow in brackets.
struct Spelling {
    std::string_view name;
    TypeId id;
    int numbers;
};
constexpr std::array kSpellings{
    Spelling{"BOOL", TypeId::Boolean, 0}, Spelling{"INTEGER", TypeId::Int, 0},
    Spelling{"LONG", TypeId::Bigint, 0},  Spelling{"DOUBLE PRECISION", TypeId::Double, 0},
    Spelling{"FLOAT", TypeId::Double, 0}, Spelling{"NUMERIC", TypeId::Decimal, 2},
    Spelling{"DEC", TypeId::Decimal, 2},  Spelling{"TEXT", TypeId::String, 0},
    Spelling{"CHAR", TypeId::String, 1},  Spelling{"VARCHAR", TypeId::String, 1},
    Spelling{"BINARY", TypeId::Bytes, 1}, Spelling{"VARBINARY", TypeId::Bytes, 1},
};

/// The type that `name` spells, of those that a column may have.
std::optional<Spelling> spellingOf(std::string_view name) {
    for (const TypeId id : kTypeIds) {
        if (isOfColumns(id) && nameOf(id) == name) return Spelling{name, id, numbersOf(id)};
    }
    const auto* const other =
        std::find_if(kSpellings.begin(), kSpellings.end(),
                     [name](const Spelling& spelling) { return spelling.name == name; });
    return other == kSpellings.end() ? std::nullopt : std::optional(*other);
}

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
    return visitType(id, []<class T>(OfMemory<T>) { return sizeof(T); });
}

std::string toString(Type type) {
    if (type.is(TypeId::Decimal)) return fmt::format("DECIMAL({},{})", type.precision, type.scale);
    if (type.is(TypeId::Timestamp)) return "TIMESTAMP(3)";
    return std::string(nameOf(type.id));
}

Result<Type> parseType(std::string_view text) {
    const std::string spelling = normalized(text);
    const std::size_t bracket = std::min(spelling.find('('), spelling.size());
    const std::string_view name(spelling.data(), bracket);
    std::array<int, 2> numbers{0, 0};
    const int count = readNumbers(std::string_view(spelling).substr(bracket), numbers);
    const auto known = spellingOf(name);
    if (known && count >= 0 && count <= known->numbers) {
        if (known->id == TypeId::Decimal) {
            const int precision = count > 0 ? numbers[0] : 10;  // SQL's DECIMAL is Flink's DECIMAL(10,0)
            if (precision < 1 || precision > kMaxPrecision || numbers[1] > precision) {
                return Status(ErrorCode::Invalid, RW_TEXT("type", "“%1” is not a type.").with(text),
                              RW_TEXT("type",
                                      "A DECIMAL has 1 to 38 digits, and at most that many of them after "
                                      "the point: DECIMAL(10,2)."));
            }
            return Type::decimal(precision, numbers[1]);
        }
        if (known->id != TypeId::Timestamp || numbers[0] <= 9) return Type::of(known->id);
    }
    return Status(ErrorCode::Invalid, RW_TEXT("type", "“%1” is not a type.").with(text),
                  RW_TEXT("type",
                          "Types are BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(10,2), STRING, DATE, TIMESTAMP(3) "
                          "and BYTES."));
}

}  // namespace rw
