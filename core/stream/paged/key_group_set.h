// Some of the key groups.
#pragma once
#include <bitset>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/stream/keys/key_groups.h"

namespace rw {

using KeyGroupSet = std::bitset<kKeyGroups>;

KeyGroupSet keyGroupSet(const KeyGroups& groups);
// As a field of a state: a bit each.
std::string packedKeyGroups(const KeyGroupSet& groups);
Result<KeyGroupSet> unpackedKeyGroups(std::string_view bytes);

}  // namespace rw
