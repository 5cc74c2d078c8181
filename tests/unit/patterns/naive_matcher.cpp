#include "tests/unit/patterns/naive_matcher.h"

#include <utility>

namespace rw::test {

namespace {

std::string quantifier(const NaivePattern& part) {
    std::string text =
        "{" + std::to_string(part.least) + "," + (part.most < 0 ? "" : std::to_string(part.most)) + "}";
    if (part.least == 0 && part.most < 0) text = "*";
    if (part.least == 1 && part.most < 0) text = "+";
    if (part.least == 0 && part.most == 1) text = "?";
    return part.reluctant ? text + "?" : text;
}

}  // namespace

std::string NaivePattern::text() const {
    std::string between = " ", out;
    if (kind == Kind::Choice) between = " | ";
    if (kind == Kind::Permute) between = ", ";
    for (const NaivePattern& part : parts) out += (out.empty() ? "" : between) + part.text();
    switch (kind) {
        case Kind::Variable:
            return std::string(1, static_cast<char>('A' + variable));
        case Kind::Sequence:
        case Kind::Choice:
            return "(" + out + ")";
        case Kind::Permute:
            return "PERMUTE(" + out + ")";
        case Kind::Repeat:
            return "(" + out + ")" + quantifier(*this);
        case Kind::Exclude:
            return "{- " + out + " -}";
        case Kind::Start:
            return "^";
        case Kind::End:
            break;
    }
    return "$";
}

bool NaiveMatcher::search(const NaivePattern& pattern, std::size_t from) {
    start = from;
    path.clear();
    excluding = false;
    return match(pattern, [] { return true; });
}

bool NaiveMatcher::match(const NaivePattern& part, const Then& then) {
    if (++steps > kMostSteps) return false;
    switch (part.kind) {
        case NaivePattern::Kind::Variable: {
            if (at() >= rows.size() || (maxRows && path.size() >= *maxRows)) return false;
            if (within && rows[at()].time - rows[start].time >= *within) return false;
            if (!holds(path, at(), part.variable)) return false;
            path.push_back({at(), part.variable, excluding});
            if (then()) return true;
            path.pop_back();
            return false;
        }
        case NaivePattern::Kind::Sequence: {
            std::function<bool(std::size_t)> from = [&](std::size_t i) {
                return i == part.parts.size() ? then() : match(part.parts[i], [&, i] { return from(i + 1); });
            };
            return from(0);
        }
        case NaivePattern::Kind::Choice:
            for (const NaivePattern& each : part.parts) {
                if (match(each, then)) return true;
            }
            return false;
        case NaivePattern::Kind::Permute: {
            std::vector<bool> used(part.parts.size());
            return permute(part, used, part.parts.size(), then);
        }
        case NaivePattern::Kind::Repeat:
            return repeat(part, 0, then);
        case NaivePattern::Kind::Exclude: {
            const bool before = std::exchange(excluding, true);
            const bool matched = match(part.parts.front(), [&] {
                excluding = before;
                const bool rest = then();
                excluding = true;
                return rest;
            });
            excluding = before;
            return matched;
        }
        case NaivePattern::Kind::Start:
            return at() == 0 && then();
        case NaivePattern::Kind::End:
            break;
    }
    return at() == rows.size() && then();
}

bool NaiveMatcher::permute(const NaivePattern& part, std::vector<bool>& used, std::size_t left,
                           const Then& then) {
    if (left == 0) return then();
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (used[i]) continue;
        used[i] = true;
        const bool matched = match(part.parts[i], [&] { return permute(part, used, left - 1, then); });
        used[i] = false;
        if (matched) return true;
    }
    return false;
}

bool NaiveMatcher::repeat(const NaivePattern& part, int done, const Then& then) {
    const bool may = part.most < 0 || done < part.most, must = done < part.least;
    const std::size_t before = path.size();
    const auto again = [&] {
        return may && match(part.parts.front(),
                            [&] { return (must || path.size() > before) && repeat(part, done + 1, then); });
    };
    if (must) return again();
    return part.reluctant ? then() || again() : again() || then();
}

}  // namespace rw::test
