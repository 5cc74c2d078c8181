#include "core/runtime/partition_ordinals.h"

#include <algorithm>

#include "core/data/batch.h"

namespace rw {

namespace {
constexpr std::int64_t kEnd = std::int64_t{1} << kPartitionBits;  // ordinals are 1 … kEnd − 1
constexpr std::int64_t kEndShare = 1024;  // of the room left at an end, to the next beyond all others
constexpr std::int64_t kRunShare = 16;    // of the room left beside the last one, for names that count on
}  // namespace

Result<std::int64_t> PartitionOrdinals::of(const std::string& name) {
    const auto above = m_ordinals.lower_bound(name);
    if (above != m_ordinals.end() && above->first == name) return above->second;
    const bool first = above == m_ordinals.begin(), last = above == m_ordinals.end();
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
    std::int64_t ordinal = low + room / 2;
    if (first && !last) {
        ordinal = high - some(kEndShare);
    } else if (last && !first) {
        ordinal = low + some(kEndShare);
    } else if (!first && low == m_last) {
        ordinal = low + some(kRunShare);
    } else if (!last && high == m_last) {
        ordinal = high - some(kRunShare);
    }
    m_last = ordinal;
    m_ordinals.emplace_hint(above, name, ordinal);
    return ordinal;
}

}  // namespace rw
