#include "core/connect/csv/quotes.h"

#include <algorithm>
#include <cstring>

namespace rw {

CsvQuotes::End CsvQuotes::close(std::size_t open) {
    m_opened.push_back(open);
    const End end = !m_hopeless.empty() && m_hopeless.contains(open) ? End::Broken : search(open);
    if (end == End::Broken) m_hopeless.insert(m_opened.begin(), m_opened.end());
    return end;
}

CsvQuotes::End CsvQuotes::search(std::size_t open) {
    const std::size_t limit = std::min(m_bytes.size(), open + 1 + m_limit);
    std::size_t at = open + 1;
    while (at < limit) {
        const void* found = std::memchr(m_bytes.data() + at, m_format.quote, limit - at);
        if (found == nullptr) break;
        const auto quote = static_cast<std::size_t>(static_cast<const char*>(found) - m_bytes.data());
        if (quote + 1 >= m_bytes.size() || m_bytes[quote + 1] != m_format.quote) {
            m_after = quote + 1;
            return judge(m_after);
        }
        at = quote + 2;  // a doubled quote stands for one
    }
    return m_atEnd || limit == open + 1 + m_limit ? End::Broken : End::More;
}

CsvQuotes::End CsvQuotes::judge(std::size_t after) const {
    if (after == m_bytes.size()) return m_atEnd ? End::Closed : End::More;
    const char next = m_bytes[after];
    if (next == m_format.delimiter || next == '\n') return End::Closed;
    if (next != '\r') return End::Broken;
    if (after + 1 == m_bytes.size()) return m_atEnd ? End::Closed : End::More;
    return m_bytes[after + 1] == '\n' ? End::Closed : End::Broken;
}

}  // namespace rw
