#include "core/patterns/ast.h"

#include <algorithm>

namespace rw::patterns {

namespace {

std::string quantifierText(const Pattern& repeat) {
    const std::int64_t least = repeat.least;
    std::string text;
    if (least == 0 && !repeat.most) {
        text = "*";
    } else if (least == 1 && !repeat.most) {
        text = "+";
    } else if (least == 0 && repeat.most == 1) {
        text = "?";
    } else if (repeat.most == least) {
        text = "{" + std::to_string(least) + "}";
    } else {
        text = "{" + std::to_string(least) + "," + (repeat.most ? std::to_string(*repeat.most) : "") + "}";
    }
    return repeat.reluctant ? text + "?" : text;
}

class Printer {
 public:
    explicit Printer(const RowPattern& pattern) : m_pattern(pattern) {}

    /// `tight`: where a sequence or a choice needs brackets.
    std::string print(const Pattern& part, bool tight) const {
        switch (part.kind) {
            case Pattern::Kind::Variable:
                return sql::quoteIdentifier(m_pattern.variables[static_cast<std::size_t>(part.variable)]);
            case Pattern::Kind::Sequence:
                if (part.parts.empty()) return "()";
                return bracketed(joined(part, " ", true), tight);
            case Pattern::Kind::Choice:
                return bracketed(joined(part, " | ", false), tight);
            case Pattern::Kind::Permute:
                return "PERMUTE(" + joined(part, ", ", false) + ")";
            case Pattern::Kind::Repeat:
                return repeat(part);
            case Pattern::Kind::Exclude:
                return "{- " + print(part.parts.front(), false) + " -}";
            case Pattern::Kind::Start:
                return "^";
            case Pattern::Kind::End:
                break;
        }
        return "$";
    }

 private:
    static std::string bracketed(std::string text, bool tight) { return tight ? "(" + text + ")" : text; }

    /// A quantifier behind another would be read as part of it; anchors have none.
    std::string repeat(const Pattern& part) const {
        const Pattern& body = part.parts.front();
        const bool twice = body.kind == Pattern::Kind::Repeat || body.kind == Pattern::Kind::Start ||
                           body.kind == Pattern::Kind::End;
        return bracketed(print(body, !twice), twice) + quantifierText(part);
    }

    std::string joined(const Pattern& part, const char* between, bool tight) const {
        std::string text;
        for (const Pattern& each : part.parts) text += (text.empty() ? "" : between) + print(each, tight);
        return text;
    }

    const RowPattern& m_pattern;
};

}  // namespace

int RowPattern::find(const std::string& name) const {
    const auto found = std::find(variables.begin(), variables.end(), name);
    return found == variables.end() ? -1 : static_cast<int>(found - variables.begin());
}

std::string patternText(const RowPattern& pattern, const Pattern& part) {
    return Printer(pattern).print(part, false);
}

std::string patternText(const RowPattern& pattern) {
    return patternText(pattern, pattern.root);
}

}  // namespace rw::patterns
