#include "core/nodes/sources/text_bytes.h"

#include <algorithm>
#include <unordered_map>

#include "core/data/visit_type.h"
#include "core/sql/functions/functions.h"

namespace rw {

namespace {

constexpr double kShort = 32;  // numbers and times as text, and the like
constexpr double kBytesOfEncoded = 3;  // for a byte, at most

/// The literal that argument `index` is, as a number; nothing when it is computed.
std::optional<double> literal(const sql::BoundExpr& call, std::size_t index) {
    if (index >= call.args.size() || call.args[index]->kind != sql::BoundExpr::Kind::Literal)
        return std::nullopt;
    const Value& value = call.args[index]->value;
    if (const auto* number = std::get_if<std::int32_t>(&value)) return std::max(*number, 0);
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return std::max(static_cast<double>(*number), 0.0);
    return 0;  // NULL
}

/// Sizes of results, each expression once: they may be shared.
class Sizes {
 public:
    double of(const sql::BoundExpr& expr) {
        if (const auto known = m_results.find(&expr); known != m_results.end()) return known->second;
        double args = 0;
        for (const sql::BoundRef& arg : expr.args) args += of(*arg);
        const double result = isReference(expr.type.id) ? sizeOf(expr, args) : 0;
        m_results.emplace(&expr, result);
        total.perRow += result;
        return result;
    }
    TextBytes total;

 private:
    double sizeOf(const sql::BoundExpr& expr, double args) {
        if (expr.kind == sql::BoundExpr::Kind::Literal) {
            const auto* text = std::get_if<std::string>(&expr.value);
            return text != nullptr ? static_cast<double>(text->size()) : 0;
        }
        if (expr.kind != sql::BoundExpr::Kind::Call) return args + kShort;
        const std::string_view name = expr.function->name;
        if (name == "ENCODE" || name == "DECODE") return kBytesOfEncoded * args;
        const bool pads = name == "LPAD" || name == "RPAD";
        if (!pads && name != "REPEAT") {
            const bool replaces = name == "REPLACE" || name == "REGEXP_REPLACE";
            return replaces ? (m_results[expr.args[0].get()] + 1) * (m_results[expr.args[2].get()] + 1)
                            : args + kShort;
        }
        const std::optional<double> count = literal(expr, 1);
        if (!count) {
            total.unknown = true;
            return TextBytes::kUnknown;
        }
        constexpr double kBytesOfCharacter = 4;
        return *count * (pads ? kBytesOfCharacter : m_results[expr.args[0].get()]);
    }
    std::unordered_map<const sql::BoundExpr*, double> m_results;
};

}  // namespace

TextBytes textBytes(const sql::BoundExpr& expr) {
    Sizes sizes;
    (void)sizes.of(expr);
    return sizes.total;
}

}  // namespace rw
