#include "core/deploy/flink/exclusion.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/data/text.h"
#include "core/deploy/dialect/writer.h"

namespace rw {

namespace {

using sql::Expr;

// Of a comparison: the results at which it holds.
constexpr unsigned kLess = 1, kEqual = 2, kGreater = 4;
constexpr std::size_t kMostWays = 64;

/// Something that holds, as part of a condition that does.
struct Fact {
    enum class Kind { Compared, Null, NotNull, True, False };
    Kind kind = Kind::Compared;
    std::string value{};
    unsigned results = 0;  ///< Compared: with `other`
    std::string other{};
    std::optional<double> number{};     ///< `other` is one
    std::optional<std::string> text{};  ///< `other` is one
};
/// Facts that hold together, and all ways in which a condition can hold.
using Way = std::vector<Fact>;
using Ways = std::vector<Way>;

unsigned resultsOf(const std::string& symbol) {
    if (symbol == "=") return kEqual;
    if (symbol == "<>") return kLess | kGreater;
    if (symbol == "<") return kLess;
    if (symbol == "<=") return kLess | kEqual;
    if (symbol == ">") return kGreater;
    return symbol == ">=" ? kGreater | kEqual : 0;
}

unsigned turned(unsigned results) {
    return (results & kEqual) | ((results & kLess) != 0 ? kGreater : 0) |
           ((results & kGreater) != 0 ? kLess : 0);
}

/// Both hold: each way of one with each of the other. Too many of them tell nothing.
Ways together(const Ways& one, const Ways& other) {
    if (one.size() * other.size() > kMostWays) return {{}};
    Ways all;
    for (const Way& first : one) {
        for (const Way& second : other) {
            Way& way = all.emplace_back(first);
            way.insert(way.end(), second.begin(), second.end());
        }
    }
    return all;
}

Ways either(Ways one, const Ways& other) {
    if (one.size() + other.size() > kMostWays) return {{}};
    one.insert(one.end(), other.begin(), other.end());
    return one;
}

class WaysReader {
 public:
    WaysReader(const Dialect& dialect, const RowCondition& condition)
        : m_dialect(dialect), m_tree(*condition.tree) {
        m_scope.column = condition.column;
    }

    /// The ways in which a part is true; `negated`: false.
    Ways of(const Expr& part, bool negated = false) const {
        if (part.kind == Expr::Kind::Call) return ofCall(part, negated);
        if (part.kind == Expr::Kind::Literal && std::holds_alternative<bool>(part.value))
            return std::get<bool>(part.value) == negated ? Ways{} : Ways{{}};
        return {{truth(part, negated)}};
    }

 private:
    Ways ofCall(const Expr& call, bool negated) const {
        if (call.name == "AND" || call.name == "OR") return ofAll(call, negated);
        if (call.name == "NOT") return of(*call.args.front(), !negated);
        if (const unsigned results = resultsOf(call.name); results != 0)
            return {{compared(*call.args[0], results, *call.args[1], negated)}};
        if (call.name == "BETWEEN") {
            const Ways low{{compared(*call.args[0], kGreater | kEqual, *call.args[1], negated)}};
            const Ways high{{compared(*call.args[0], kLess | kEqual, *call.args[2], negated)}};
            return negated ? either(low, high) : together(low, high);
        }
        if (call.name == "IN") return ofList(call, negated);
        if (call.name == "IS NULL" || call.name == "IS NOT NULL") {
            Fact fact;
            fact.kind = (call.name == "IS NULL") == negated ? Fact::Kind::NotNull : Fact::Kind::Null;
            fact.value = text(*call.args.front());
            return {{std::move(fact)}};
        }
        return {{truth(call, negated)}};
    }

    Ways ofAll(const Expr& call, bool negated) const {
        const bool all = (call.name == "AND") != negated;
        Ways ways = all ? Ways{{}} : Ways{};
        for (const sql::ExprPtr& arg : call.args)
            ways = all ? together(ways, of(*arg, negated)) : either(std::move(ways), of(*arg, negated));
        return ways;
    }

    Ways ofList(const Expr& call, bool negated) const {
        Ways ways = negated ? Ways{{}} : Ways{};
        for (std::size_t i = 1; i < call.args.size(); ++i) {
            const Ways one{{compared(*call.args[0], kEqual, *call.args[i], negated)}};
            ways = negated ? together(ways, one) : either(std::move(ways), one);
        }
        return ways;
    }

    Fact truth(const Expr& part, bool negated) const {
        Fact fact;
        fact.kind = negated ? Fact::Kind::False : Fact::Kind::True;
        fact.value = text(part);
        return fact;
    }

    Fact compared(const Expr& left, unsigned results, const Expr& right, bool negated) const {
        const bool turn = left.kind == Expr::Kind::Literal ||
                          (right.kind != Expr::Kind::Literal && text(right) < text(left));
        const Expr& value = turn ? right : left;
        const Expr& other = turn ? left : right;
        Fact fact;
        fact.results = turn ? turned(results) : results;
        if (negated) fact.results = ~fact.results & (kLess | kEqual | kGreater);
        fact.value = text(value);
        fact.other = text(other);
        if (other.kind == Expr::Kind::Literal) readLiteral(other, m_tree.of(value).type, fact);
        return fact;
    }

    /// Numbers whose order a DOUBLE keeps, and texts that are compared with texts.
    void readLiteral(const Expr& literal, Type with, Fact& fact) const {
        constexpr double kExact = 1e15;
        if (literal.literalType.is(TypeId::String) && with.is(TypeId::String))
            fact.text = std::get<std::string>(literal.value);
        if (!literal.literalType.isNumeric() || !with.isNumeric()) return;
        const std::string digits = rw::toText(literal.value, literal.literalType);
        double number = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (digits.size() <= 15 && std::abs(number) < kExact) fact.number = number;
    }

    std::string text(const Expr& part) const {
        return writePart(m_dialect, m_tree, part, m_scope, false).text;
    }

    const Dialect& m_dialect;
    const sql::TypedTree& m_tree;
    WriteScope m_scope{};
};

/// Whether no value is at once so to `low` and so to `high`, where low < high.
bool apart(unsigned toLow, unsigned toHigh) {
    const bool below = (toLow & kLess) != 0 && (toHigh & kLess) != 0;
    const bool atLow = (toLow & kEqual) != 0 && (toHigh & kLess) != 0;
    const bool between = (toLow & kGreater) != 0 && (toHigh & kLess) != 0;
    const bool atHigh = (toLow & kGreater) != 0 && (toHigh & kEqual) != 0;
    const bool above = (toLow & kGreater) != 0 && (toHigh & kGreater) != 0;
    return !below && !atLow && !between && !atHigh && !above;
}

template <class Value>
bool apart(const Fact& one, const Fact& other, const Value& first, const Value& second) {
    if (first == second) return (one.results & other.results) == 0;
    return first < second ? apart(one.results, other.results) : apart(other.results, one.results);
}

bool exclude(const Fact& one, const Fact& other) {
    using Kind = Fact::Kind;
    if (one.kind == Kind::Null && other.kind != Kind::Null) {
        return other.value == one.value ||
               (other.kind == Kind::Compared && !other.number && !other.text && other.other == one.value);
    }
    if (other.kind == Kind::Null) return one.kind != Kind::Null && exclude(other, one);
    if (one.value != other.value) return false;
    if (one.kind == Kind::Compared && other.kind == Kind::Compared) {
        if (one.other == other.other) return (one.results & other.results) == 0;
        if (one.number && other.number) return apart(one, other, *one.number, *other.number);
        return one.text && other.text && apart(one, other, *one.text, *other.text);
    }
    return (one.kind == Kind::True && other.kind == Kind::False) ||
           (one.kind == Kind::False && other.kind == Kind::True);
}

bool exclude(const Way& one, const Way& other) {
    return std::any_of(one.begin(), one.end(), [&](const Fact& fact) {
        return std::any_of(other.begin(), other.end(),
                           [&](const Fact& second) { return exclude(fact, second); });
    });
}

Ways waysOf(const Dialect& dialect, const RowCondition& condition) {
    if (condition.tree == nullptr) return {{}};
    return WaysReader(dialect, condition).of(condition.tree->tree());
}

}  // namespace

bool excludeEachOther(const Dialect& dialect, const RowCondition& one, const RowCondition& other) {
    const Ways second = waysOf(dialect, other);
    for (const Way& way : waysOf(dialect, one)) {
        if (!std::all_of(second.begin(), second.end(),
                         [&way](const Way& against) { return exclude(way, against); }))
            return false;
    }
    return true;
}

}  // namespace rw
