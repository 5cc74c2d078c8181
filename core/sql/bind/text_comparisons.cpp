#include "core/sql/bind/text_comparisons.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/sql/coercion.h"

namespace rw::sql {

namespace {

bool comparesPair(std::string_view name) {
    constexpr std::array<std::string_view, 10> kPairs{
        "=", "<>", "!=", "<", "<=", ">", ">=", "NULLIF", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"};
    return std::find(kPairs.begin(), kPairs.end(), name) != kPairs.end();
}

class TextSearch {
 public:
    explicit TextSearch(const TypedTree& typed) : m_typed(typed) {}

    std::vector<TextComparison> run() {
        visit(m_typed.tree());
        std::stable_sort(
            m_found.begin(), m_found.end(),
            [](const TextComparison& a, const TextComparison& b) { return a.text.begin < b.text.begin; });
        return std::move(m_found);
    }

 private:
    /// The number that a text beside `number` is read as; none: nothing is lost.
    std::optional<Type> readAs(const Expr& text, const Expr& number) const {
        const Type own = m_typed.of(text).type, other = m_typed.of(number).type;
        if (!own.is(TypeId::String) || text.kind == Expr::Kind::Literal || !other.isNumeric())
            return std::nullopt;
        const auto as = comparisonType(own, other);
        return as && as->isNumeric() && !as->is(TypeId::Double) ? as : std::nullopt;
    }

    /// Whether something was found.
    bool pair(const Expr& a, const Expr& b) {
        for (const auto& [text, number] : {std::pair(&a, &b), std::pair(&b, &a)}) {
            const auto as = readAs(*text, *number);
            if (as) m_found.push_back({text->span, *as});
            if (as) return true;
        }
        return false;
    }

    void visit(const Expr& expr) {
        for (const ExprPtr& arg : expr.args) visit(*arg);
        const bool call = expr.kind == Expr::Kind::Call;
        if (call && expr.args.size() == 2 && comparesPair(expr.name)) {
            pair(*expr.args[0], *expr.args[1]);
        } else if (call && (expr.name == "BETWEEN" || expr.name == "IN")) {
            bool found = false;
            for (std::size_t i = 1; i < expr.args.size() && !found; ++i)
                found = pair(*expr.args[0], *expr.args[i]);
        } else if (expr.kind == Expr::Kind::Case && expr.simple) {
            bool found = false;
            for (std::size_t i = 1; i + 1 < expr.args.size() && !found; i += 2)
                found = pair(*expr.args[0], *expr.args[i]);
        }
    }

    const TypedTree& m_typed;
    std::vector<TextComparison> m_found{};
};

}  // namespace

std::vector<TextComparison> textComparisons(const TypedTree& typed) {
    return typed ? TextSearch(typed).run() : std::vector<TextComparison>();
}

}  // namespace rw::sql
