#include "core/runtime/partition_ordinals.h"

#include <algorithm>

#include "core/data/batch.h"

namespace rw {

namespace {
constexpr std::int64_t kEnd = std::int64_t{1} << kPartitionBits;  // places are 1 … kEnd − 1
constexpr std::int64_t kEndShare = 1024;  // of the room left at an end, to the next beyond all others
constexpr std::int64_t kRunShare = 16;    // of the room left beside the last one, for names that count on
}  // namespace

Result<std::int64_t> PartitionOrdinals::of(const std::string& name) {
    const auto above = m_places.lower_bound(name);
    if (above != m_places.end() && above->first == name) return above->second;
    const bool first = above == m_places.begin(), last = above == m_places.end();
    const std::int64_t low = first ? 0 : std::prev(above)->second;
    const std::int64_t high = last ? kEnd : above->second;
    const std::int64_t room = high - low;
    if (room < 2) {
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("run", "The partition “%1” came up between too many others that did, too.").with(name),
            RW_TEXT("run", "Start the run from the beginning."));
    }
    const auto some = [room](std::int64_t share) { return std::max<std::int64_t>(room / share, 1); };
    std::int64_t place = low + room / 2;
    if (first && !last) {
        place = high - some(kEndShare);
    } else if (last && !first) {
        place = low + some(kEndShare);
    } else if (!first && low == m_last) {
        place = low + some(kRunShare);
    } else if (!last && high == m_last) {
        place = high - some(kRunShare);
    }
    m_last = place;
    m_places.emplace_hint(above, name, place);
    return place;
}

}  // namespace rw
