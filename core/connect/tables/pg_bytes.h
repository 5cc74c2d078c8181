// Numbers and texts in messages of PostgreSQL, in the order of the network.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/network_order.h"

namespace rw {

/// Reads on through bytes of anybody. Behind their end, or where they are wrong, all is zero and empty.
class PgBytes {
 public:
    explicit PgBytes(std::string_view bytes) : m_rest(bytes) {}

    bool failed() const { return m_failed; }
    void fail() { m_failed = true; }
    std::string_view rest() const { return m_rest; }

    std::string_view bytes(std::size_t size) {
        if (m_failed || size > m_rest.size()) {
            m_failed = true;
            return {};
        }
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }
    template <class T>
    T number() {
        const std::string_view taken = bytes(sizeof(T));
        return taken.empty() ? T{} : readNetworkOrder<T>(taken.data());
    }
    char letter() {
        const std::string_view one = bytes(1);
        return one.empty() ? '\0' : one.front();
    }
    /// Up to a zero byte.
    std::string_view name() {
        const std::size_t end = m_rest.find('\0');
        if (end == std::string_view::npos) {
            m_failed = true;
            return {};
        }
        const std::string_view taken = bytes(end);
        (void)bytes(1);
        return taken;
    }

 private:
    std::string_view m_rest;
    bool m_failed = false;
};

template <class T>
void appendNumber(std::string& out, T number) {
    char bytes[sizeof(T)];
    writeNetworkOrder(bytes, number);
    out.append(bytes, sizeof bytes);
}

}  // namespace rw
