// Cuts the lines out of bytes that come in pieces.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/connect/messages/framing.h"

namespace rw {

/// Single-threaded. A line that is longer than `longest` is passed over up to its end, and never held whole.
class LineCutter {
 public:
    explicit LineCutter(std::size_t longest = kLongestRow) : m_longest(longest) {}

    /// Gives each line that is complete by now to `take(std::string_view)`, without its end (LF or CR LF).
    /// Empty lines are none.
    template <class Take>
    void add(std::string_view bytes, Take&& take) {
        while (!bytes.empty()) {
            const std::size_t end = bytes.find('\n');
            const std::string_view part = bytes.substr(0, end);
            if (!m_passing && m_open.size() + part.size() > m_longest) passOver();
            if (end == std::string_view::npos) {
                if (!m_passing) m_open += part;
                return;
            }
            bytes.remove_prefix(end + 1);
            if (m_passing) {
                m_passing = false;
            } else if (m_open.empty()) {
                give(part, take);
            } else {
                m_open += part;
                give(m_open, take);
                m_open.clear();
            }
        }
    }
    /// Nothing follows: what is open is the last line.
    template <class Take>
    void end(Take&& take) {
        if (!m_passing) give(m_open, take);
        m_open.clear();
        m_passing = false;
    }
    /// Lines that were too long.
    std::size_t passed() const { return m_passed; }
    /// Bytes of the line that is not complete.
    std::size_t open() const { return m_open.size(); }

 private:
    template <class Take>
    static void give(std::string_view line, Take&& take) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) take(line);
    }
    void passOver() {
        m_passing = true;
        ++m_passed;
        m_open = {};
    }

    const std::size_t m_longest;
    std::string m_open{};
    bool m_passing = false;
    std::size_t m_passed = 0;
};

}  // namespace rw
