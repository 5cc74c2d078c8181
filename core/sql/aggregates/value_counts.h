// How many times each value is there: the state of MIN, MAX, DISTINCT and the like for updating inputs.
#pragma once
#include <map>
#include <string>

#include "core/sql/aggregates/accumulate.h"

namespace rw::sql {

/// A value in its place among the rows, as FIRST_VALUE and LISTAGG order them.
template <class V>
struct Placed {
    RowOrder order;
    V value;
    static void cells(auto& self, auto& cells) { cells(self.order, self.value); }
};

/// Compares by ordersBefore(), values in places by the places first; strings need not be copied to be found.
struct CountedBefore {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
        return ordersBefore(a, b);
    }
    template <class A, class B>
    bool operator()(const Placed<A>& a, const Placed<B>& b) const {
        return a.order != b.order ? a.order < b.order : ordersBefore(a.value, b.value);
    }
};

template <class V>
V keptAs(const V& value) {
    return value;
}
inline std::string keptAs(const StringRef& value) {
    return std::string(value.view());
}
template <class V>
auto keptAs(const Placed<V>& placed) {
    return Placed<Kept<V>>{placed.order, keptAs(placed.value)};
}
template <class V>
std::size_t heapBytes(const Placed<V>& placed) {
    return heapBytes(placed.value);
}

/// A multiset in order. A value may be taken out before it is put in: the balance counts, and a value
/// whose balance is 0 is forgotten.
template <class Key>
class ValueCounts {
 public:
    /// The count of `key` before and after.
    struct Change {
        std::int64_t before, after;
        bool appeared() const { return before <= 0 && after > 0; }
        bool vanished() const { return before > 0 && after <= 0; }
    };
    /// `key` may be any form of a Key that compares with one.
    template <class K>
    Change change(const K& key, std::int64_t by) {
        const auto found = m_counts.find(key);
        if (found == m_counts.end()) {
            m_bytes += kNodeBytes + sql::heapBytes(m_counts.emplace(keptAs(key), by).first->first);
            return {0, by};
        }
        const std::int64_t before = found->second, after = before + by;
        if (after == 0) {
            m_bytes -= kNodeBytes + sql::heapBytes(found->first);
            m_counts.erase(found);
        } else {
            found->second = after;
        }
        return {before, after};
    }
    void merge(const ValueCounts& other) {
        for (const auto& [key, count] : other.m_counts) change(key, count);
    }
    /// The smallest (largest) value that is there; null when none is.
    const Key* first() const { return firstOf(m_counts.begin(), m_counts.end()); }
    const Key* last() const { return firstOf(m_counts.rbegin(), m_counts.rend()); }
    /// In order, also those whose count is negative.
    const std::map<Key, std::int64_t, CountedBefore>& counts() const { return m_counts; }
    std::size_t heapBytes() const { return m_bytes; }
    template <class Cells>
    static void cells(auto& self, Cells& cells) {
        if constexpr (Cells::kReads) {
            for (std::size_t left = cells.count(sizeof(std::int64_t)); left > 0 && cells.ok(); --left) {
                Key key{};
                std::int64_t count = 0;
                cells(key, count);
                if (cells.ok() && count != 0) self.change(key, count);
            }
        } else {
            cells(std::uint64_t{self.m_counts.size()});
            for (const auto& [key, count] : self.m_counts) cells(key, count);
        }
    }

 private:
    static constexpr std::size_t kNodeBytes = sizeof(std::pair<const Key, std::int64_t>) + 4 * sizeof(void*);

    template <class At>
    static const Key* firstOf(At at, At end) {
        while (at != end && at->second <= 0) ++at;
        return at == end ? nullptr : &at->first;
    }

    std::map<Key, std::int64_t, CountedBefore> m_counts;
    std::size_t m_bytes = 0;
};

}  // namespace rw::sql
