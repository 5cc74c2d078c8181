#include "tests/cluster/function_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "core/data/text.h"
#include "core/sql/aggregates/registry.h"
#include "core/sql/aggregates/typed_aggregate.h"
#include "core/sql/bind/typed_tree.h"
#include "core/sql/functions/functions.h"

namespace rw::cluster {

namespace {

constexpr std::size_t kRows = 36;
constexpr int kPositions = 3;         ///< columns of each type: arguments of one call differ
constexpr std::size_t kPlain = 8;     ///< calls of one form whose arguments are of the wanted types
constexpr std::size_t kConverts = 3;  ///< … that need a conversion

/// Values of one type, of which each column takes its own order.
struct TypeValues {
    char letter;  ///< the columns' names: “i1”, “i2”, “i3”
    const char* type;
    std::vector<const char*> values;       ///< null: NULL
    std::vector<const char*> smallValues;  ///< of the columns behind the first; empty: the same
};

const std::vector<TypeValues>& allTypes() {
    static const std::vector<TypeValues> kTypes{
        {'i',
         "INT",
         {nullptr, "0", "1", "-1", "7", "2147483647", "-2147483648", "42", "-3", "100"},
         {nullptr, "0", "1", "2", "3", "-1", "-2", "10"}},
        {'b',
         "BIGINT",
         {"9223372036854775807", "-9223372036854775808", nullptr, "0", "1", "-1", "4294967296", "1709209845"},
         {"3", nullptr, "-2", "1", "1000000"}},
        {'x',
         "DOUBLE",
         {"0", "1.5", "-2.5", "2.5", nullptr, "0.1", "1e300", "-1e-300", "NaN", "Infinity", "-Infinity",
          "-0.5", "123456.789"},
         {"2", "0.5", nullptr, "-1", "3", "0"}},
        {'d',
         "DECIMAL(10,2)",
         {"0.00", "0.01", "-0.01", "99999999.99", "-99999999.99", "1.50", "2.50", nullptr, "12.34"},
         {"3.00", "-0.50", nullptr, "0.00", "7.25"}},
        {'s',
         "STRING",
         {"",
          "a",
          nullptr,
          "Hello World",
          "ÄÖÜ straße",
          "😀a😀b",
          "2024-02-29",
          "2024-02-29 12:34:56.789",
          "12.5",
          "  padded  ",
          R"({"a":[1,2.50,"x"],"b":null,"c":{"d":true}})",
          "true",
          "-2147483648",
          "a,b,,c",
          "aXbXc",
          "1969-12-31 23:59:59",
          "0",
          "naïve café",
          "%_\\",
          "not a date"},
         {"a", "", ",", "😀", "%a%", nullptr, "yyyy-MM-dd", "[a-z]+", " ", "X", "l"}},
        {'f', "BOOLEAN", {"true", nullptr, "false"}, {}},
        {'y',
         "DATE",
         {"1970-01-01", "2024-02-29", "1969-12-31", nullptr, "0001-01-01", "9999-12-31", "2000-01-01",
          "1900-03-01", "2023-12-31"},
         {"2024-03-31", nullptr, "1999-12-31", "2024-01-31"}},
        {'w',
         "TIMESTAMP(3)",
         {"2024-02-29 12:34:56.789", "1970-01-01 00:00:00.000", nullptr, "1969-12-31 23:59:59.999",
          "0001-01-01 00:00:00.000", "9999-12-31 23:59:59.999", "2038-01-19 03:14:08.000",
          "2024-12-31 23:00:00.001"},
         {"2024-03-31 12:34:56.788", nullptr, "1999-12-31 00:00:00.000", "2024-01-31 10:00:00.000"}},
        // In Base64: none, 00, 00ff, “Hello”, “é”, and what is no text.
        {'z',
         "BYTES",
         {"", "AA==", nullptr, "AP8=", "SGVsbG8=", "w6k=", "gICA"},
         {"w6k=", nullptr, "SGVsbG8="}},
    };
    return kTypes;
}

/// Arguments besides columns: patterns, digits and lengths are mostly literals.
constexpr std::array<const char*, 10> kLiterals{
    "2",    "'yyyy-MM-dd HH:mm:ss'", "'[a-c]+(.)'",        "'$.a[1]'",  "'%a_'", "'\\'",
    "',x'", "INTERVAL '36' HOUR",    "INTERVAL '5' MONTH", "'dd.MM.yy'"};

constexpr std::array<const char*, 17> kUnits{
    "MILLISECOND", "SECOND", "MINUTE", "HOUR",    "DAY",    "WEEK",    "MONTH",      "QUARTER", "YEAR",
    "DOW",         "ISODOW", "DOY",    "ISOYEAR", "DECADE", "CENTURY", "MILLENNIUM", "EPOCH"};

/// “ROUND(x [, digits])” stands for two, “TRIM([LEADING | BOTH x FROM] s)” for three.
std::vector<std::string> formsOf(const std::string& signature) {
    const std::size_t open = signature.find('[');
    if (open == std::string::npos) return {signature};
    std::size_t close = open, depth = 0;
    do {
        depth += signature[close] == '[' ? 1U : 0U;
        depth -= signature[close] == ']' ? 1U : 0U;
        ++close;
    } while (depth > 0);
    const std::string before = signature.substr(0, open), behind = signature.substr(close);
    std::vector<std::string> out = formsOf(before + behind);
    const std::string inside = signature.substr(open + 1, close - open - 2);
    // “LEADING | TRAILING | BOTH x FROM”: each word with the text behind the last one.
    const std::size_t last = inside.rfind(" | ");
    if (last == std::string::npos) {
        for (std::string& form : formsOf(before + inside + behind)) out.push_back(std::move(form));
        return out;
    }
    const std::size_t rest = inside.find(' ', last + 3);
    for (std::size_t at = 0; at < inside.size();) {
        const std::size_t bar = inside.find(" | ", at);
        const bool isLast = bar == std::string::npos;
        out.push_back(before +
                      (isLast ? inside.substr(at) : inside.substr(at, bar - at) + inside.substr(rest)) +
                      behind);
        at = isLast ? inside.size() : bar + 3;
    }
    return out;
}

bool isLowerWord(char c) {
    return c >= 'a' && c <= 'z';
}

/// A form with its places cut out: one more piece than places.
std::vector<std::string> piecesOf(std::string form) {
    constexpr std::string_view kMore = ", …";
    if (const std::size_t more = form.find(kMore); more != std::string::npos) form.erase(more, kMore.size());
    std::vector<std::string> pieces{{}};
    for (std::size_t at = 0; at < form.size();) {
        if (!isLowerWord(form[at])) {
            pieces.back() += form[at++];
            continue;
        }
        std::size_t end = at;
        while (end < form.size() && isLowerWord(form[end])) ++end;
        const std::string word = form.substr(at, end - at);
        if (word == "unit") {
            pieces.back() += "$u";
        } else if (word == "charset") {
            pieces.back() += "'UTF-8'";
        } else {
            pieces.emplace_back();
        }
        at = end;
    }
    return pieces;
}

std::vector<std::string> withUnits(const std::string& text) {
    const std::size_t at = text.find("$u");
    if (at == std::string::npos) return {text};
    std::vector<std::string> out;
    for (const char* unit : kUnits) out.push_back(text.substr(0, at) + unit + text.substr(at + 2));
    return out;
}

bool isColumnType(Type type) {
    return !type.is(TypeId::IntervalDay) && !type.is(TypeId::IntervalMonth) && !type.is(TypeId::Null);
}

bool convertsNothing(const sql::Expr& tree, const sql::TypedTree& typed) {
    return std::all_of(tree.args.begin(), tree.args.end(), [&typed](const sql::ExprPtr& argument) {
        return typed.of(*argument).type == typed.of(*argument).as;
    });
}

/// Texts that may stand in place `i` of a call.
std::vector<std::string> fillings(std::size_t i) {
    std::vector<std::string> out;
    for (const TypeValues& type : allTypes())
        out.push_back(fmt::format("{}{}", type.letter, std::min<std::size_t>(i, kPositions - 1) + 1));
    if (i > 0) out.insert(out.end(), kLiterals.begin(), kLiterals.end());
    return out;
}

/// The calls of one form, the best first.
class FormCalls {
 public:
    FormCalls(const sql::Scope& scope, std::vector<std::string> pieces)
        : m_scope(scope), m_pieces(std::move(pieces)) {
        fill(m_pieces.front(), 0);
    }
    std::vector<std::string> take(std::size_t times) {
        // Spread over all calls: the first ones are alike.
        std::vector<std::string> out = spread(m_plain, kPlain * times);
        for (std::string& call : spread(m_converting, kConverts * times)) out.push_back(std::move(call));
        return out;
    }

 private:
    void fill(const std::string& text, std::size_t place) {
        if (place + 1 == m_pieces.size()) return keep(text);
        for (const std::string& filling : fillings(place))
            fill(text + filling + m_pieces[place + 1], place + 1);
    }
    void keep(const std::string& text) {
        const auto typed = sql::typeText(text, m_scope);
        const auto* const tree = std::get_if<sql::TypedTree>(&typed);
        if (tree == nullptr || !isColumnType(tree->type())) return;
        (convertsNothing(tree->tree(), *tree) ? m_plain : m_converting).push_back(text);
    }
    static std::vector<std::string> spread(const std::vector<std::string>& from, std::size_t most) {
        std::vector<std::string> out;
        const std::size_t count = std::min(from.size(), most);
        for (std::size_t i = 0; i < count; ++i) out.push_back(from[i * from.size() / count]);
        return out;
    }

    const sql::Scope& m_scope;
    const std::vector<std::string> m_pieces;
    std::vector<std::string> m_plain{}, m_converting{};
};

}  // namespace

Batch rowsForCalls(const std::vector<std::string>& furtherTexts) {
    auto schema = std::make_shared<Schema>();
    Batch batch;
    batch.rows = kRows;
    const auto add = [&](std::string name, const char* type, const std::vector<const char*>& values,
                         std::size_t stride) {
        const Field field{std::move(name), parseType(type).value()};
        ColumnBuilder builder(field.type);
        for (std::size_t row = 0; row < kRows; ++row) {
            const char* const value = values[row * stride % values.size()];
            appendValue(builder, value == nullptr ? Value() : parseValue(value, field.type).value());
        }
        schema->fields.push_back(field);
        batch.columns.push_back(builder.finish());
    };
    std::vector<std::string> numbers(kRows);
    std::vector<const char*> ids;
    for (std::size_t row = 0; row < kRows; ++row) ids.push_back((numbers[row] = std::to_string(row)).c_str());
    add("id", "INT", ids, 1);
    for (const TypeValues& type : allTypes()) {
        for (int i = 1; i <= kPositions; ++i) {
            const bool small = i > 1 && !type.smallValues.empty();
            auto values = small ? type.smallValues : type.values;
            if (type.letter == 's' && i == 1) {
                for (const std::string& text : furtherTexts) values.push_back(text.c_str());
            }
            std::size_t stride = i == 1 ? 1 : i == 2 ? 7 : 11;
            while (std::gcd(stride, values.size()) != 1) ++stride;
            add(fmt::format("{}{}", type.letter, i), type.type, values, stride);
        }
    }
    batch.schema = std::move(schema);
    return batch;
}

sql::Scope scopeOf(const Batch& rows) {
    return {rows.schema, {}, false};
}

std::vector<FunctionCall> callsOfAllFunctions(const sql::Scope& scope, std::size_t times) {
    std::vector<FunctionCall> out;
    const auto addForm = [&](const std::string& function, const std::string& form) {
        std::size_t found = 0;
        for (const std::string& text : withUnits(fmt::format("{}", fmt::join(piecesOf(form), "\x01")))) {
            std::vector<std::string> pieces{{}};
            for (const char c : text) {
                if (c == '\x01') {
                    pieces.emplace_back();
                } else {
                    pieces.back() += c;
                }
            }
            for (std::string& call : FormCalls(scope, pieces).take(times)) {
                out.push_back({function, std::move(call)});
                ++found;
            }
        }
        if (found == 0) out.push_back({function, {}});
    };
    for (const sql::ScalarFunction& function : sql::scalarFunctions()) {
        if (function.group == "generator") continue;
        for (const std::string& form : formsOf(std::string(function.signature)))
            addForm(std::string(function.name), form);
    }
    for (const TypeValues& type : allTypes()) {
        for (const char* cast : {"CAST", "TRY_CAST"})
            addForm(cast, fmt::format("{}(a AS {})", cast, type.type));
    }
    return out;
}

std::vector<FunctionCall> callsOfAllAggregates(const sql::Scope& scope) {
    std::vector<FunctionCall> out;
    for (const sql::AggregateFunction& function : sql::aggregateTable()) {
        const std::string name(function.info.name);
        const std::size_t before = out.size();
        const auto add = [&](const std::string& text) {
            const auto typed = sql::typeAggregate(text + " AS result", scope);
            if (std::holds_alternative<sql::TypedAggregate>(typed)) out.push_back({name, text});
        };
        add(name + "(*)");
        for (const TypeValues& type : allTypes()) {
            for (const char* const rest : {"", ", 0", ", 0.3", ", '; '"}) {
                const std::string call = fmt::format("{}1{})", type.letter, rest);
                add(fmt::format("{}({}", name, call));
                add(fmt::format("{}(DISTINCT {}", name, call));
                add(fmt::format("{}({} FILTER (WHERE f1)", name, call));
            }
        }
        if (out.size() == before) out.push_back({name, {}});
    }
    return out;
}

}  // namespace rw::cluster
