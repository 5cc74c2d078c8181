// Rows as text, put together into statements that are no longer than the server takes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace rw {

/// Of one kind of statement: “INSERT … VALUES (1,'a'),(2,'b')”. It keeps the statement that is being made.
class PackedRows {
 public:
    struct Limits {
        std::size_t rows = 0;     ///< of a statement
        std::size_t bytes = 0;    ///< from which on another is begun
        std::size_t longest = 0;  ///< of all: the server ends the connection for a longer one
    };
    PackedRows(std::string head, std::string tail, Limits limits)
        : m_head(std::move(head)), m_tail(std::move(tail)), m_limits(limits) {}

    /// Whether the server takes it at all, alone in a statement.
    bool takes(std::string_view row) const {
        return m_head.size() + row.size() + m_tail.size() < m_limits.longest;
    }
    /// Whether the statement is to be sent before that row is added to another.
    bool isFullFor(std::string_view row) const {
        const bool isLong = m_text.size() + 1 + row.size() + m_tail.size() > m_limits.bytes;
        return m_rows > 0 && (m_rows >= m_limits.rows || isLong);
    }
    /// “(1,'a')”
    void add(std::string_view row) {
        if (m_rows == 0) m_text = m_head;
        if (m_rows++ > 0) m_text += ',';
        m_text += row;
    }
    bool empty() const { return m_rows == 0; }
    /// The statement; what follows is another one. Valid until the next call.
    const std::string& take() {
        m_rows = 0;
        return m_text += m_tail;
    }

 private:
    const std::string m_head, m_tail;
    const Limits m_limits;
    std::string m_text{};
    std::size_t m_rows = 0;
};

}  // namespace rw
