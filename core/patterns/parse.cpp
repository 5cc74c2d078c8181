#include "core/patterns/parse.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/patterns/program.h"
#include "core/sql/parse/keywords.h"

namespace rw::patterns {

namespace {

constexpr std::size_t kMostText = 10'000;
constexpr std::int64_t kMostTimes = 1'000;

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// By recursive descent; the levels are counted, so that the stack is bounded. The first error ends it.
class PatternParser {
 public:
    explicit PatternParser(std::string_view text) : m_text(text) {}

    sql::Parsed<RowPattern> parse() {
        if (m_text.size() > kMostText) {
            fail(RW_TEXT("pattern", "The pattern is longer than %1 characters.").with(kMostText),
                 RW_TEXT("pattern", "Write repetitions with {n,m}."), 0, m_text.size());
        } else if (skip(); atEnd()) {
            fail(RW_TEXT("pattern", "The pattern is empty."),
                 RW_TEXT("pattern", "Write variables in their order, such as A B+ C."), 0, 0);
        } else {
            m_pattern.root = choice();
            if (!m_error && !atEnd()) unexpected();
        }
        if (m_error) return std::move(*m_error);
        return std::move(m_pattern);
    }

 private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char next() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skip() {
        while (!atEnd() && isBlank(m_text[m_at])) ++m_at;
    }
    bool accept(std::string_view symbol) {
        if (m_text.substr(m_at, symbol.size()) != symbol) return false;
        m_at += symbol.size();
        m_end = m_at;
        skip();
        return true;
    }

    void fail(Text message, Text fix, std::size_t from, std::size_t length) {
        if (m_error) return;
        sql::SqlError error;
        error.message = std::move(message);
        error.fix = std::move(fix);
        error.position = from;
        error.length = length;
        m_error = std::move(error);
    }

    void unexpected() {
        if (atEnd()) {
            fail(RW_TEXT("pattern", "The pattern ends too early."),
                 RW_TEXT("pattern", "Write a variable, a group in brackets or () here."), m_at, 0);
        } else if (next() == ')' || m_text.substr(m_at, 2) == "-}") {
            fail(RW_TEXT("pattern", "This closes nothing that was opened."),
                 RW_TEXT("pattern", "Remove it, or open it before."), m_at, next() == ')' ? 1 : 2);
        } else {
            fail(
                RW_TEXT("pattern", "“%1” can't stand here.").with(std::string(1, next())),
                RW_TEXT("pattern",
                        "A pattern has variables, ( ), |, the quantifiers ? * + {n,m}, PERMUTE, {- -}, ^ and "
                        "$."),
                m_at, 1);
        }
    }

    Pattern made(Pattern::Kind kind, std::size_t from, std::vector<Pattern> parts = {}) const {
        Pattern pattern;
        pattern.kind = kind;
        pattern.span = {from, m_end};
        pattern.parts = std::move(parts);
        return pattern;
    }

    Pattern choice() {
        const std::size_t from = m_at;
        std::vector<Pattern> parts;
        do {
            parts.push_back(sequence());
        } while (!m_error && accept("|"));
        if (parts.size() == 1) return std::move(parts.front());
        return made(Pattern::Kind::Choice, from, std::move(parts));
    }

    bool begins() const {
        const char c = next();
        return c == '(' || c == '^' || c == '$' || c == '`' || sql::beginsName(c) ||
               m_text.substr(m_at, 2) == "{-";
    }

    Pattern sequence() {
        const std::size_t from = m_at;
        std::vector<Pattern> parts;
        do {
            parts.push_back(quantified());
        } while (!m_error && begins());
        if (parts.size() == 1) return std::move(parts.front());
        return made(Pattern::Kind::Sequence, from, std::move(parts));
    }

    Pattern quantified() {
        const std::size_t from = m_at;
        Pattern body = primary();
        const std::size_t at = m_at;
        if (m_error || !quantifier(m_repeat)) return body;
        const bool anchor =
            !body.grouped && (body.kind == Pattern::Kind::Start || body.kind == Pattern::Kind::End);
        if (anchor) {
            fail(RW_TEXT("pattern", "An anchor can't be repeated."),
                 RW_TEXT("pattern", "Remove the quantifier."), at, m_end - at);
        }
        Pattern repeat = made(Pattern::Kind::Repeat, from, {});
        repeat.parts.push_back(std::move(body));
        repeat.least = m_repeat.least;
        repeat.most = m_repeat.most;
        repeat.reluctant = accept("?");
        repeat.span.end = m_end;
        if (const std::size_t second = m_at; quantifier(m_repeat)) {
            fail(RW_TEXT("pattern", "Two quantifiers stand behind each other."),
                 RW_TEXT("pattern", "Put the first one and what it repeats in brackets."), second,
                 m_end - second);
        }
        return repeat;
    }

    struct Times {
        std::int64_t least = 0;
        std::optional<std::int64_t> most{};
    };

    /// Whether one stands here; it is then in `times`, or an error was reported.
    bool quantifier(Times& times) {
        if (accept("?")) {
            times = {0, 1};
        } else if (accept("*")) {
            times = {0, std::nullopt};
        } else if (accept("+")) {
            times = {1, std::nullopt};
        } else if (next() == '{' && m_text.substr(m_at, 2) != "{-") {
            braces(times);
        } else {
            return false;
        }
        return true;
    }

    std::optional<std::int64_t> number() {
        std::int64_t value = 0;
        const char* const begin = m_text.data() + m_at;
        const auto [end, error] = std::from_chars(begin, m_text.data() + m_text.size(), value);
        if (end == begin || next() == '-') return std::nullopt;
        const auto length = static_cast<std::size_t>(end - begin);
        if (error != std::errc() || value > kMostTimes) {
            fail(RW_TEXT("pattern", "A quantifier counts up to %1.").with(kMostTimes),
                 RW_TEXT("pattern", "Leave the upper bound out, {n,}, or write a smaller number."), m_at,
                 length);
        }
        m_at += length;
        skip();
        return value;
    }

    void braces(Times& times) {
        const std::size_t from = m_at;
        accept("{");
        const std::optional<std::int64_t> least = number();
        const bool comma = accept(",");
        const std::optional<std::int64_t> most = comma ? number() : least;
        if (m_error) return;
        if (!accept("}") || (!least && !most)) {
            fail(RW_TEXT("pattern", "This is not a quantifier."),
                 RW_TEXT("pattern", "Write {n}, {n,}, {n,m} or {,m} with whole numbers."), from, m_at - from);
        } else if (most && (*most == 0 || *most < least.value_or(0))) {
            fail(*most == 0 ? RW_TEXT("pattern", "This repeats nothing.")
                            : RW_TEXT("pattern", "The upper bound is below the lower one."),
                 RW_TEXT("pattern", "Write {n,m} with n at most m, and m at least 1."), from, m_end - from);
        }
        times = {least.value_or(0), most};
    }

    /// Whether one more level may be opened.
    bool deeper(std::size_t from) {
        if (++m_level <= kMostLevels) return true;
        fail(
            RW_TEXT("pattern", "The brackets of the pattern are nested more than %1 deep.").with(kMostLevels),
            RW_TEXT("pattern", "Write the pattern with fewer brackets."), from, 1);
        return false;
    }

    Pattern primary() {
        const std::size_t from = m_at;
        if (accept("^")) return made(Pattern::Kind::Start, from);
        if (accept("$")) return made(Pattern::Kind::End, from);
        if (accept("{-")) return excluded(from);
        if (accept("(")) return group(from);
        if (next() == '`' || sql::beginsName(next())) return named(from);
        unexpected();
        return {};
    }

    bool close(std::string_view symbol, std::size_t from) {
        --m_level;
        if (m_error || accept(symbol)) return !m_error;
        if (!atEnd()) {
            unexpected();
        } else {
            fail(RW_TEXT("pattern", "“%1” is missing.").with(symbol),
                 RW_TEXT("pattern", "Close what was opened here."), from, symbol.size());
        }
        return false;
    }

    Pattern group(std::size_t from) {
        Pattern inner;
        if (!deeper(from)) return inner;
        if (next() != ')') inner = choice();
        if (!close(")", from)) return inner;
        inner.span = {from, m_end};
        inner.grouped = true;
        return inner;
    }

    Pattern excluded(std::size_t from) {
        if (std::exchange(m_excluding, true)) {
            fail(RW_TEXT("pattern", "An exclusion can't stand in another."),
                 RW_TEXT("pattern", "Remove the inner {- and -}."), from, 2);
        }
        std::vector<Pattern> parts;
        if (!m_error && deeper(from)) {
            parts.push_back(choice());
            close("-}", from);
        }
        m_excluding = false;
        return made(Pattern::Kind::Exclude, from, std::move(parts));
    }

    Pattern named(std::size_t from) {
        const bool quoted = next() == '`';
        std::string name = quoted ? quotedName() : plainName();
        if (!m_error && !quoted && sql::upperCase(name) == "PERMUTE" && accept("(")) return permute(from);
        Pattern variable = made(Pattern::Kind::Variable, from);
        variable.variable = m_pattern.find(name);
        if (variable.variable >= 0 || m_error) return variable;
        if (m_pattern.variables.size() == kMostVariables) {
            fail(RW_TEXT("pattern", "A pattern has at most %1 variables.").with(kMostVariables),
                 RW_TEXT("pattern", "Use one variable in several places."), from, m_end - from);
        }
        variable.variable = static_cast<int>(m_pattern.variables.size());
        m_pattern.variables.push_back(std::move(name));
        return variable;
    }

    std::string plainName() {
        std::string name;
        while (!atEnd() && sql::continuesName(next()) && next() != '$') name += m_text[m_at++];
        m_end = m_at;
        skip();
        return name;
    }

    std::string quotedName() {
        const std::size_t from = m_at++;
        std::string name;
        for (; !atEnd(); ++m_at) {
            if (next() == '`' && m_text.substr(m_at, 2) != "``") break;
            if (next() == '`') ++m_at;
            name += m_text[m_at];
        }
        if (atEnd() || name.empty()) {
            fail(RW_TEXT("pattern", "This name in back quotes does not end, or is empty."),
                 RW_TEXT("pattern", "Write a name between two back quotes."), from, m_at - from);
            return name;
        }
        m_end = ++m_at;
        skip();
        return name;
    }

    Pattern permute(std::size_t from) {
        std::vector<Pattern> parts;
        if (!deeper(from)) return {};
        do {
            parts.push_back(choice());
        } while (!m_error && accept(","));
        if (!close(")", from)) return {};
        if (parts.size() > kMostPermuted) {
            fail(RW_TEXT("pattern", "PERMUTE takes at most %1 parts.").with(kMostPermuted),
                 RW_TEXT("pattern", "Write the orders that you need with |."), from, m_end - from);
        }
        return made(Pattern::Kind::Permute, from, std::move(parts));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_end = 0;  ///< end of what was read last, without the blanks behind it
    int m_level = 0;
    bool m_excluding = false;
    Times m_repeat{};
    RowPattern m_pattern{};
    std::optional<sql::SqlError> m_error{};
};

}  // namespace

sql::Parsed<RowPattern> parsePattern(std::string_view text) {
    sql::Parsed<RowPattern> parsed = PatternParser(text).parse();
    const auto* const pattern = std::get_if<RowPattern>(&parsed);
    if (pattern == nullptr || stepsOf(pattern->root) <= kMostSteps) return parsed;
    sql::SqlError error;
    error.message = RW_TEXT("pattern", "Written out, the pattern has more than %1 steps.").with(kMostSteps);
    error.fix = RW_TEXT("pattern", "Use smaller numbers in {n,m}, or no upper bound, {n,}.");
    error.length = text.size();
    return error;
}

Definition readDefinition(std::string_view text) {
    Definition definition;
    std::size_t at = std::min(text.find_first_not_of(" \t\n"), text.size());
    const bool quoted = at < text.size() && text[at] == '`';
    const std::size_t begin = quoted ? at + 1 : at;
    std::size_t end = begin;
    while (end < text.size() && (quoted ? text[end] != '`' : sql::continuesName(text[end]))) ++end;
    at = std::min(text.find_first_not_of(" \t\n", quoted ? end + 1 : end), text.size());
    const std::string as = sql::upperCase(text.substr(at, 2));
    const bool colon = at < text.size() && text[at] == ':';
    const bool word = as == "AS" && at + 2 < text.size() && isBlank(text[at + 2]);
    if (!colon && !word) return {};
    definition.name = std::string(text.substr(begin, end - begin));
    at += colon ? 1 : 2;
    definition.condition = std::min(text.find_first_not_of(" \t\n", at), text.size());
    return definition;
}

}  // namespace rw::patterns
