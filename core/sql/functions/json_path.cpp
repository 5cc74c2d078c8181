#include "core/sql/functions/json_path.h"

#include <charconv>

#include "core/sql/functions/json_scan.h"

namespace rw::sql {

namespace {

/// Keeps the one scalar that stands at a path.
class Finder : public JsonEvents {
 public:
    struct Wanted {
        bool isIndex;
        std::string_view name;
        std::size_t index;
    };
    Finder(std::string& out, std::vector<Wanted> path) : m_out(out), m_path(std::move(path)) {}

    bool found() const { return m_found; }

    void open(bool array) override {
        beginElement();
        m_levels.push_back({array, 0, false});
    }
    void close() override { m_levels.pop_back(); }
    void key(const std::string& name) override {
        m_levels.back().matches =
            parentMatches() && wants(m_levels.size() - 1, false) && m_path[m_levels.size() - 1].name == name;
        // Of two fields of one name the last counts, with all that is in it.
        if (m_levels.back().matches) m_found = false;
    }
    void scalar(std::string_view text) override {
        beginElement();
        if (!here()) return;
        m_out.assign(text);
        m_found = true;
    }
    void null() override { beginElement(); }

 private:
    struct Level {
        bool array;
        std::size_t index;
        bool matches;  ///< the element being read is on the path
    };

    bool wants(std::size_t level, bool index) const {
        return level < m_path.size() && m_path[level].isIndex == index;
    }
    bool parentMatches() const { return m_levels.size() < 2 || m_levels[m_levels.size() - 2].matches; }

    /// An element of an array begins: its number decides whether it is on the path.
    void beginElement() {
        if (m_levels.empty() || !m_levels.back().array) return;
        Level& level = m_levels.back();
        level.matches = parentMatches() && wants(m_levels.size() - 1, true) &&
                        m_path[m_levels.size() - 1].index == level.index;
        ++level.index;
    }
    bool here() const {
        return m_levels.size() == m_path.size() && (m_levels.empty() || m_levels.back().matches);
    }

    std::string& m_out;
    const std::vector<Wanted> m_path;
    std::vector<Level> m_levels;
    bool m_found = false;
};

}  // namespace

JsonPath JsonPath::toField(std::string name) {
    JsonPath path;
    path.m_steps.emplace_back().name = std::move(name);
    return path;
}

JsonPath JsonPath::under(std::string name) const {
    JsonPath path = toField(std::move(name));
    path.m_steps.insert(path.m_steps.end(), m_steps.begin(), m_steps.end());
    return path;
}

std::optional<JsonPath> JsonPath::parse(std::string_view text) {
    const auto skipBlanks = [&] {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    };
    skipBlanks();
    for (const std::string_view mode : {"lax ", "strict "}) {
        if (text.starts_with(mode)) text.remove_prefix(mode.size());
    }
    skipBlanks();
    if (!text.starts_with("$")) return std::nullopt;
    text.remove_prefix(1);
    JsonPath path;
    while (!text.empty()) {
        Step step;
        if (text.front() == '.') {
            const std::size_t end = std::min(text.find_first_of(".[", 1), text.size());
            step.name = text.substr(1, end - 1);
            // With a bracket it would be a function, and names with blanks stand in quotes.
            if (step.name.empty() || step.name == "*" || step.name.find_first_of("() ") != std::string::npos)
                return std::nullopt;
            text.remove_prefix(end);
        } else if (text.front() == '[') {
            const std::size_t end = text.find(']');
            if (end == std::string_view::npos || end < 2) return std::nullopt;
            const std::string_view inside = text.substr(1, end - 1);
            if ((inside.front() == '\'' || inside.front() == '"') && inside.size() >= 2 &&
                inside.back() == inside.front()) {
                step.name = inside.substr(1, inside.size() - 2);
            } else {
                step.isIndex = true;
                const auto [stop, error] =
                    std::from_chars(inside.data(), inside.data() + inside.size(), step.index);
                if (error != std::errc() || stop != inside.data() + inside.size()) return std::nullopt;
            }
            text.remove_prefix(end + 1);
        } else {
            return std::nullopt;
        }
        // No value is deeper, so that one step more is enough to find none.
        if (path.m_steps.size() <= kDeepestJson) path.m_steps.push_back(std::move(step));
    }
    return path;
}

bool JsonPath::scalar(std::string& out, std::string_view json) const {
    std::vector<Finder::Wanted> wanted;
    wanted.reserve(m_steps.size());
    for (const Step& step : m_steps) wanted.push_back({step.isIndex, step.name, step.index});
    Finder finder(out, std::move(wanted));
    return scanJson(json, kDeepestJson, finder, BehindJson::AnyText) && finder.found();
}

}  // namespace rw::sql
