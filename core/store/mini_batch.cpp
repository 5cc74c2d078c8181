#include "core/store/mini_batch.h"

#include <algorithm>
#include <utility>

namespace rw {

void MiniBatch::add(const StoreKey& key, std::string_view row, Instant now) {
    if (m_open.rows++ == 0) m_since = now;
    Part& part = m_open.parts[static_cast<std::size_t>(key.keyGroup())];
    part.rows.push_back({key.hash, part.bytes.size(), key.bytes.size(), row.size()});
    part.bytes += key.bytes;
    part.bytes += row;
}

void MiniBatch::close() {
    m_closed = std::exchange(m_open, {});
    m_at = 0;
    m_isSorted = false;
}

/// Rows of one key stay in their order: bytes are appended in it.
void MiniBatch::Part::sort() {
    std::sort(rows.begin(), rows.end(), [this](const Row& a, const Row& b) {
        if (a.hash != b.hash) return a.hash < b.hash;
        const auto bytesOf = [this](const Row& r) { return std::string_view(bytes).substr(r.offset, r.key); };
        const int order = bytesOf(a).compare(bytesOf(b));
        return order != 0 ? order < 0 : a.offset < b.offset;
    });
}

void MiniBatch::Part::append(const Part& other) {
    for (const Row& row : other.rows) {
        rows.push_back(row);
        rows.back().offset += bytes.size();
    }
    bytes += other.bytes;
}

/// With the key group at m_at.
void MiniBatch::begin() {
    Part &part = m_closed.parts[m_at], &more = m_open.parts[m_at];
    m_open.rows -= more.rows.size();
    m_closed.rows += more.rows.size();
    part.append(std::exchange(more, {}));
    part.sort();
    m_isSorted = true;
}

MiniBatch::Rows MiniBatch::take(std::size_t keys) {
    m_keys.clear();
    m_rows.clear();
    m_ends.clear();
    for (; hasMore(); ++m_at) {
        Part& part = m_closed.parts[m_at];
        if (!part.isDone()) {
            if (!m_isSorted) begin();
            takeSome(part, keys);
            break;
        }
        part = {};
        m_isSorted = false;
    }
    return {m_keys, m_rows, m_ends};
}

/// The next keys of a part, and their rows.
void MiniBatch::takeSome(Part& part, std::size_t keys) {
    constexpr std::size_t kMostBytes = std::size_t{1} << 20;
    std::size_t bytes = 0, i = part.next;
    while (i < part.rows.size() && m_keys.size() < keys && bytes < kMostBytes) {
        const StoreKey key = part.key(i);
        for (; i < part.rows.size() && part.key(i) == key; ++i) {
            m_rows.push_back(part.row(i));
            bytes += key.bytes.size() + m_rows.back().size() + sizeof(Row);
        }
        m_keys.push_back(key);
        m_ends.push_back(m_rows.size());
    }
    m_closed.rows -= m_rows.size();
    part.next = i;
}

std::size_t MiniBatch::memoryBytes() const {
    std::size_t bytes = sizeof *this;
    for (const Waiting* const waiting : {&m_closed, &m_open}) {
        for (const Part& part : waiting->parts)
            bytes += part.bytes.capacity() + part.rows.capacity() * sizeof(Row);
    }
    return bytes;
}

}  // namespace rw
