// The points that an updating stream describes: each takes another place, or goes away, as its row does.
#pragma once
#include <cstddef>
#include <iterator>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/data/batch.h"

namespace rw {

/// Points by the names of their rows, bounded in number and bytes. With a key a name is that of one row, else
/// rows of one name are equal, and a withdrawal takes back the newest of them. Not thread-safe.
template <class Point>
class ChangingPoints {
 public:
    static constexpr std::size_t kMaxBytes = std::size_t{32} << 20;

    struct Entry {
        std::string name;
        Point point;
    };

    ChangingPoints(std::size_t most, bool keyed) : m_most(most), m_keyed(keyed) {}

    /// `point`: nothing where the row has no place in the picture.
    void take(RowKind kind, std::string name, std::optional<Point> point) {
        const bool withdrawn = kind == RowKind::Delete || kind == RowKind::UpdateBefore;
        if (m_keyed && kind == RowKind::UpdateBefore) return;  // the row that it takes back is replaced by its after
        if (m_keyed || withdrawn) takeBack(name);
        if (!withdrawn && point) keep({std::move(name), std::move(*point)});
    }
    /// False: there is one of this name, and a name is that of one row.
    bool keep(Entry entry) {
        if (m_keyed && m_byName.contains(entry.name)) return false;
        m_entries.push_back(std::move(entry));
        m_byName.emplace(m_entries.back().name, std::prev(m_entries.end()));
        m_bytes += bytesOf(m_entries.back());
        return true;
    }
    /// Beyond its bounds: dropOldest() is to be called.
    bool full() const { return m_entries.size() > 1 && (m_entries.size() > m_most || m_bytes > kMaxBytes); }
    Point dropOldest() {
        Point dropped = m_entries.front().point;
        // Of one name the first is the oldest.
        erase(m_byName.lower_bound(m_entries.front().name));
        return dropped;
    }
    /// The entry that has not changed for longest comes first.
    const std::list<Entry>& entries() const { return m_entries; }

 private:
    using ByName = std::multimap<std::string_view, typename std::list<Entry>::iterator>;
    static std::size_t bytesOf(const Entry& entry) {
        return sizeof(Entry) + sizeof(typename ByName::value_type) + entry.name.size();
    }
    void takeBack(const std::string& name) {
        const auto [first, end] = m_byName.equal_range(name);
        if (first != end) erase(std::prev(end));
    }
    void erase(typename ByName::iterator named) {
        const auto entry = named->second;
        m_bytes -= bytesOf(*entry);
        m_byName.erase(named);
        m_entries.erase(entry);
    }

    const std::size_t m_most;
    const bool m_keyed;
    std::list<Entry> m_entries;
    ByName m_byName;  ///< names lie in the entries
    std::size_t m_bytes = 0;
};

}  // namespace rw
