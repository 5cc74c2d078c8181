// The layout of state, shared by its writer and its reader.
#pragma once
#include <xxhash.h>

#include <cstdint>
#include <string_view>

namespace rw::state_layout {

inline constexpr std::string_view kMagic = "RWSTATE1";
inline constexpr std::size_t kSealSize = kMagic.size() + sizeof(std::uint64_t);
inline constexpr std::uint32_t kColumnVersion = 1, kBatchVersion = 1;

inline std::uint64_t checksum(std::string_view bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace rw::state_layout
