#include "core/deploy/dialect/java_regex.h"

#include <re2/re2.h>

#include <array>

namespace rw {

namespace {

constexpr std::string_view kRegexDigits = "0123456789";

/// Rewrites an expression from left to right. Parts that are the same in both are copied.
class Rewriter {
 public:
    explicit Rewriter(std::string_view pattern) : m_rest(pattern) {}

    bool run() {
        takeFlags();
        while (!m_rest.empty()) {
            if (!part()) return false;
        }
        return true;
    }
    JavaRegex take() && { return std::move(m_java); }

 private:
    std::string& out() { return m_java.pattern; }
    bool take(std::string_view text) {
        if (!m_rest.starts_with(text)) return false;
        m_rest.remove_prefix(text.size());
        return true;
    }
    void copy(std::size_t count) {
        out() += m_rest.substr(0, count);
        m_rest.remove_prefix(count);
    }

    /// Flags for the whole expression; elsewhere they are refused.
    void takeFlags() {
        while (true) {
            if (take("(?i)")) {
                out() += "(?iu)";
            } else if (take("(?s)")) {
                m_dotAll = true;
            } else {
                return;
            }
        }
    }

    bool part() {
        switch (m_rest.front()) {
            case '\\':
                return escape(false);
            case '[':
                return set();
            case '(':
                return group();
            case '.':  // Java's leaves out other ends of lines, too
                m_rest.remove_prefix(1);
                out() += m_dotAll ? R"([\s\S])" : R"([^\n])";
                return true;
            case '$':  // Java's also stands before a last end of line
                m_rest.remove_prefix(1);
                out() += "\\z";
                return true;
            case '{':
                if (!isRepetition()) out() += '\\';
                break;
            case '}':
                if (!m_inRepetition) out() += '\\';
                m_inRepetition = false;
                break;
            case '|':
                m_java.looseGroups = true;
                break;
            case ')':
                copy(1);
                m_java.looseGroups = m_java.looseGroups || m_rest.starts_with('?') ||
                                     m_rest.starts_with('*') || m_rest.starts_with("{0");
                return true;
            default:
                break;
        }
        copy(1);
        return true;
    }

    /// {2}, {2,} or {2,5}; anything else in braces is text to RE2.
    bool isRepetition() {
        std::size_t at = m_rest.find_first_not_of(kRegexDigits, 1);
        if (at == 1 || at == std::string_view::npos) return false;
        if (m_rest[at] == ',') at = m_rest.find_first_not_of(kRegexDigits, at + 1);
        m_inRepetition = at != std::string_view::npos && m_rest[at] == '}';
        return m_inRepetition;
    }

    bool group() {
        if (take("(?:")) {
            out() += "(?:";
            return true;
        }
        if (take("(?P<") || take("(?<")) {  // names are never used: groups are asked for by number
            const std::size_t end = m_rest.find('>');
            if (end == std::string_view::npos) return false;
            m_rest.remove_prefix(end + 1);
        } else if (m_rest.starts_with("(?")) {
            return false;
        } else {
            m_rest.remove_prefix(1);
        }
        out() += '(';
        ++m_java.groups;
        return true;
    }

    bool escape(bool inSet) {
        if (m_rest.size() < 2) return false;
        const char c = m_rest[1];
        constexpr std::string_view kBlanks = R"(\t\n\f\r )";  // Java has the vertical tab among them
        switch (c) {
            case 's':
                m_rest.remove_prefix(2);
                out().append(inSet ? "" : "[").append(kBlanks).append(inSet ? "" : "]");
                return true;
            case 'S':
                m_rest.remove_prefix(2);
                out().append("[^").append(kBlanks).append("]");
                return !inSet;
            case 'v':  // a class of its own in Java
                m_rest.remove_prefix(2);
                out() += "\\x0B";
                return true;
            case 'b':
            case 'B':
                m_java.wordEdges = true;
                copy(2);
                return !inSet;
            case 'Q': {
                const std::size_t end = m_rest.find("\\E");
                if (inSet) return false;
                copy(end == std::string_view::npos ? m_rest.size() : end + 2);
                return true;
            }
            case 'p':
            case 'P':
                return property();
            case 'd':
            case 'D':
            case 'w':
            case 'W':
            case 'n':
            case 't':
            case 'r':
            case 'f':
            case 'a':
            case 'x':
                copy(2);
                return true;
            case 'A':
            case 'z':
                copy(2);
                return !inSet;
            default: {
                const bool letterOrDigit =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                if (!letterOrDigit) copy(2);
                return !letterOrDigit;  // \C, \1, \012 …
            }
        }
    }

    /// General categories, \pL and \p{Lu}, are the same; names of scripts are not.
    bool property() {
        if (m_rest.size() < 3) return false;
        if (m_rest[2] != '{') {
            copy(3);
            return true;
        }
        const std::size_t end = m_rest.find('}');
        const bool category = end == 4 || end == 5;
        if (category) copy(end + 1);
        return category;
    }

    bool set() {
        copy(1);
        if (m_rest.starts_with('^')) copy(1);
        bool first = true;
        while (!m_rest.empty() && (first || m_rest.front() != ']')) {
            const char c = m_rest.front();
            if (c == '\\') {
                if (!escape(true)) return false;
            } else if (m_rest.starts_with("[:")) {
                if (!namedSet()) return false;
            } else {
                if (c == '[' || c == ']' || c == '&' || (c == '^' && !first)) out() += '\\';
                copy(1);
            }
            first = false;
        }
        if (m_rest.empty()) return false;
        copy(1);
        return true;
    }

    bool namedSet() {
        struct Name {
            std::string_view re2, java;
        };
        static constexpr std::array<Name, 14> kNames{{{"[:alpha:]", "Alpha"},
                                                      {"[:digit:]", "Digit"},
                                                      {"[:alnum:]", "Alnum"},
                                                      {"[:upper:]", "Upper"},
                                                      {"[:lower:]", "Lower"},
                                                      {"[:punct:]", "Punct"},
                                                      {"[:space:]", "Space"},
                                                      {"[:blank:]", "Blank"},
                                                      {"[:cntrl:]", "Cntrl"},
                                                      {"[:graph:]", "Graph"},
                                                      {"[:print:]", "Print"},
                                                      {"[:xdigit:]", "XDigit"},
                                                      {"[:ascii:]", "ASCII"},
                                                      {"[:word:]", ""}}};
        for (const Name& name : kNames) {
            if (!take(name.re2)) continue;
            out() += name.java.empty() ? "\\w" : "\\p{" + std::string(name.java) + "}";
            return true;
        }
        return false;
    }

    std::string_view m_rest;
    JavaRegex m_java;
    bool m_dotAll = false, m_inRepetition = false;
};

}  // namespace

std::optional<JavaRegex> javaRegex(std::string_view pattern) {
    Rewriter rewriter(pattern);
    if (!rewriter.run()) return std::nullopt;
    JavaRegex java = std::move(rewriter).take();
    const re2::RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), re2::RE2::Quiet);
    java.matchesNothing = compiled.ok() && re2::RE2::PartialMatch("", compiled);
    return java;
}

std::string javaReplacement(std::string_view text) {
    std::string quoted;
    for (const char c : text) {
        if (c == '\\' || c == '$') quoted += '\\';
        quoted += c;
    }
    return quoted;
}

}  // namespace rw
