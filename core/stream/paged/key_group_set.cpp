#include "core/stream/paged/key_group_set.h"

#include "core/data/state_reader.h"

namespace rw {

namespace {
constexpr std::size_t kBytesOfSet = kKeyGroups / 8;
}

KeyGroupSet keyGroupSet(const KeyGroups& groups) {
    KeyGroupSet set;
    for (int group = groups.first; group < groups.end; ++group) set.set(static_cast<std::size_t>(group));
    return set;
}

std::string packedKeyGroups(const KeyGroupSet& groups) {
    std::string bytes(kBytesOfSet, '\0');
    for (std::size_t group = 0; group < groups.size(); ++group) {
        if (groups[group]) bytes[group / 8] = static_cast<char>(bytes[group / 8] | (1 << (group % 8)));
    }
    return bytes;
}

Result<KeyGroupSet> unpackedKeyGroups(std::string_view bytes) {
    if (bytes.size() != kBytesOfSet) return brokenState("key groups");
    KeyGroupSet groups;
    for (std::size_t group = 0; group < groups.size(); ++group)
        groups[group] = (static_cast<unsigned char>(bytes[group / 8]) >> (group % 8)) % 2 == 1;
    return groups;
}

}  // namespace rw
