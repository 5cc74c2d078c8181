// How views stay bounded: the entry that was touched longest ago is given up.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rw {

/// Gives up entries of a map beyond `most`, those whose `touched` is smallest, and says how many. A fifth of
/// `most` more than it must, so that a stream of ever new entries does not search for the oldest at every
/// row.
template <class Map>
std::size_t forgetOldest(Map& entries, std::size_t most) {
    if (entries.size() <= most) return 0;
    std::vector<std::uint64_t> ages;
    ages.reserve(entries.size());
    for (const auto& [key, entry] : entries) ages.push_back(entry.touched);
    const auto limit = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() - most * 4 / 5);
    std::nth_element(ages.begin(), limit, ages.end());
    return std::erase_if(entries, [&](const auto& each) { return each.second.touched < *limit; });
}

}  // namespace rw
