#include "core/sql/functions/pattern_cost.h"

#include <algorithm>
#include <vector>

#include "core/base/ascii.h"

namespace rw::sql {

namespace {

/// Reads a pattern from front to back, group by group.
class LookAhead {
 public:
    explicit LookAhead(std::string_view pattern) : m_pattern(pattern) {}

    bool looksFar() {
        while (m_at < m_pattern.size()) step();
        return m_inGroup || (m_outside && m_groups.front().choices);
    }

 private:
    struct Group {
        bool open = false;     ///< an unbounded repetition stands just before this place
        bool ends = false;     ///< … at the end of a choice
        bool choices = false;  ///< has a |
    };

    void step() {
        const char c = m_pattern[m_at];
        if (c == '(') return beginGroup();
        if (c == ')') return endGroup();
        if (c == '|') return nextChoice();
        if (c == '*' || c == '+' || c == '?' || c == '{') return repeat();
        if (c == '[') {
            skipClass();
        } else if (m_pattern.substr(m_at).starts_with("\\Q")) {
            const std::size_t end = m_pattern.find("\\E", m_at);
            m_at = end == std::string_view::npos ? m_pattern.size() : end + 2;
        } else {
            m_at += c == '\\' ? 2 : 1;
        }
        element(false);
    }
    /// Something ends here; `open`: in an unbounded repetition.
    void element(bool open) {
        Group& group = m_groups.back();
        const std::string_view rest = m_pattern.substr(std::min(m_at, m_pattern.size()));
        const bool needed = !rest.starts_with('?') && !rest.starts_with('*') && !rest.starts_with("{0");
        if (group.open && needed) (m_groups.size() > 1 ? m_inGroup : m_outside) = true;
        group.open = open || (group.open && !needed);
    }
    void beginGroup() {
        ++m_at;
        if (m_at < m_pattern.size() && m_pattern[m_at] == '?') {  // “(?:”, “(?P<name>”, “(?i)”
            m_at = std::min(m_pattern.find_first_of(":>)", m_at), m_pattern.size());
            const bool flagsOnly = m_at < m_pattern.size() && m_pattern[m_at] == ')';
            ++m_at;
            if (flagsOnly) return;
        }
        m_groups.emplace_back();
    }
    void endGroup() {
        ++m_at;
        if (m_groups.size() == 1) return;
        const Group group = m_groups.back();
        m_groups.pop_back();
        element(group.ends || group.open);
    }
    void nextChoice() {
        Group& group = m_groups.back();
        group.ends = group.ends || group.open;
        group.open = false;
        group.choices = true;
        ++m_at;
    }
    void repeat() {
        const std::string_view rest = m_pattern.substr(m_at);
        std::size_t length = 1;
        bool unbounded = rest.front() == '*' || rest.front() == '+';
        if (rest.front() == '{') {
            while (length < rest.size() && (isAsciiDigit(rest[length]) || rest[length] == ',')) ++length;
            if (length == 1 || length == rest.size() || rest[length] != '}') {  // stands for itself
                ++m_at;
                return element(false);
            }
            unbounded = rest[length - 1] == ',';
            ++length;
        }
        if (length < rest.size() && rest[length] == '?') ++length;  // as few as can be
        m_groups.back().open = m_groups.back().open || unbounded;
        m_at += length;
    }
    void skipClass() {
        ++m_at;
        if (m_at < m_pattern.size() && m_pattern[m_at] == '^') ++m_at;
        if (m_at < m_pattern.size() && m_pattern[m_at] == ']') ++m_at;  // first it stands for itself
        while (m_at < m_pattern.size() && m_pattern[m_at] != ']') {
            const std::string_view rest = m_pattern.substr(m_at);
            const std::size_t named = rest.starts_with("[:") ? rest.find(":]") : std::string_view::npos;
            m_at += named != std::string_view::npos ? named + 2 : rest.front() == '\\' ? 2 : 1;
        }
        ++m_at;
    }

    const std::string_view m_pattern;
    std::size_t m_at = 0;
    std::vector<Group> m_groups{Group{}};
    bool m_inGroup = false, m_outside = false;  ///< something follows an unbounded repetition there
};

}  // namespace

bool looksFar(std::string_view pattern) {
    return LookAhead(pattern).looksFar();
}

}  // namespace rw::sql
