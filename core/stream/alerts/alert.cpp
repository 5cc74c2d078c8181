#include "core/stream/alerts/alert.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace rw {

namespace {

/// So that no two lists of texts give the same bytes.
void addPart(std::string& bytes, const std::string& part) {
    bytes += fmt::format("{}:", part.size());
    bytes += part;
}

}  // namespace

std::string hexDigest(std::string_view bytes) {
    const XXH128_hash_t digest = XXH3_128bits(bytes.data(), bytes.size());
    return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
}

std::string Alert::id() const {
    std::string bytes;
    addPart(bytes, node);
    for (const AlertKeyPart& part : key) {
        addPart(bytes, part.column);
        addPart(bytes, part.value);
    }
    bytes += fmt::format("{}/{}", static_cast<int>(kind), start);
    return hexDigest(bytes);
}

}  // namespace rw
