// A set of numbers, small at first: the values of one group that DISTINCT has seen, other than texts.
#pragma once
#include <algorithm>
#include <bit>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/data/hash.h"

namespace rw::sql {

/// T is the memory type of the values. Doubles are the same when they are the same key; the first to come
/// stays.
///
/// The numbers are in the table itself, so that a look-up touches one place of memory. 0 marks a free place
/// and is kept apart. Eight neighbours, which differ in their last bits alone, share a block of eight places,
/// a line of the cache where they are BIGINT: ids that come at about one time are mostly near each other.
/// Their order differs from block to block, so that multiples of eight do not all want the first
/// place.
template <class T>
class NumberSet {
 public:
    /// Where the value is looked for.
    static std::uint64_t placeOf(const T& value) {
        std::uint64_t low = 0, high = 0;
        if constexpr (std::is_same_v<T, double>) {
            low = std::bit_cast<std::uint64_t>(keyDouble(value));
        } else if constexpr (std::is_same_v<T, Int128>) {
            low = static_cast<std::uint64_t>(value);
            high = static_cast<std::uint64_t>(value >> 64);
        } else {
            low = static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
        }
        const std::uint64_t block = hashWords(low / kBlock, high);
        return block * kBlock + ((low ^ (block >> 61)) % kBlock);
    }
    /// Asks for the memory that insert() will look at.
    void prefetch(std::uint64_t place) const {
        if (isTable()) __builtin_prefetch(&m_places[place & m_mask]);
    }
    /// Nothing: the found value is in the table itself, which prefetching its place has loaded.
    void prefetchFound(std::uint64_t) const {}

    /// Whether `value` is at its first place: true of most values in the set, and quicker than
    /// insert().
    bool hasAtOnce(const T& value, std::uint64_t place) const {
        return isTable() && m_places[place & m_mask] == value && value != T{};
    }
    /// Whether `value`, of this place, is new. Adds what heapBytes() grows by to `bytes`.
    bool insert(const T& value, std::uint64_t place, std::size_t& bytes) {
        if (value == T{}) {
            if (m_zero) return false;
            m_zero = value;
            return true;
        }
        if (!isTable()) return insertAmongFew(value, bytes);
        T& found = find(value, place);
        if (found != T{}) return false;
        found = value;
        if (++m_count > m_places.size() / 2) makeTable(m_places.size() * 2, bytes);
        return true;
    }
    bool insert(const T& value, std::size_t& bytes) { return insert(value, placeOf(value), bytes); }

    /// Makes room for all values that are or were in another set, before they are inserted. Values come from
    /// there in the order of its table; in a smaller one they would crowd in a part of it.
    void reserve(std::size_t values, std::size_t& bytes) {
        if (values > kScanned && values * 2 > m_places.size()) makeTable(std::bit_ceil(values * 2), bytes);
    }
    std::size_t size() const { return (isTable() ? m_count : m_places.size()) + (m_zero ? 1 : 0); }

    /// Calls body(value) for all of them, in no order.
    template <class Body>
    void forEach(Body body) const {
        if (m_zero) body(*m_zero);
        for (const T& value : m_places) {
            if (value != T{}) body(value);
        }
    }
    void clear() { *this = NumberSet(); }
    template <class Cells>
    static void cells(auto& self, Cells& cells) {
        std::vector<T> values;
        if constexpr (Cells::kReads) {
            std::size_t ignored = 0;
            cells(values);
            self.reserve(values.size(), ignored);
            for (const T& value : values) self.insert(value, ignored);
        } else {
            self.forEach([&values](const T& value) { values.push_back(value); });
            cells(values);
        }
    }
    std::size_t heapBytes() const { return m_places.capacity() * sizeof(T); }

 private:
    static constexpr std::uint64_t kBlock = 8;
    static constexpr std::size_t kStep = kBlock + 1;  // odd: from any place to all of a table
    static constexpr std::size_t kScanned = 8;        // so many are found faster by looking at all of them

    bool isTable() const { return m_mask != 0; }
    static bool same(const T& a, const T& b) {
        if constexpr (std::is_same_v<T, double>) {
            return a == b || (a != a && b != b);
        } else {
            return a == b;
        }
    }
    bool insertAmongFew(const T& value, std::size_t& bytes) {
        for (const T& known : m_places) {
            if (same(known, value)) return false;
        }
        if (m_places.size() == kScanned) {
            makeTable(kScanned * 4, bytes);
            return insert(value, bytes);
        }
        const std::size_t before = heapBytes();
        if (m_places.size() == m_places.capacity())
            m_places.reserve(std::max<std::size_t>(1, m_places.size() * 2));
        bytes += heapBytes() - before;
        m_places.push_back(value);
        return true;
    }
    /// The value's place, or the free one that it gets.
    T& find(const T& value, std::uint64_t place) {
        std::size_t at = place & m_mask;
        while (!same(m_places[at], value) && m_places[at] != T{}) at = (at + kStep) & m_mask;
        return m_places[at];
    }
    void makeTable(std::size_t places, std::size_t& bytes) {
        const std::size_t before = heapBytes();
        const std::vector<T> values = std::exchange(m_places, std::vector<T>(places));
        m_mask = places - 1;
        m_count = 0;
        for (const T& value : values) {
            if (value == T{}) continue;
            find(value, placeOf(value)) = value;
            ++m_count;
        }
        bytes += heapBytes() - before;
    }

    std::vector<T> m_places;  ///< few: the values; more: a table of 2^n places, half of them free at least
    std::size_t m_mask = 0;   ///< of a table: its places less 1
    std::size_t m_count = 0;  ///< of values in a table
    std::optional<T> m_zero;  ///< 0, and −0.0 if that came first
};

}  // namespace rw::sql
