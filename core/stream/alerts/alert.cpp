#include "core/stream/alerts/alert.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace rw {

void addNamePart(std::string& name, const std::string& part) {
    name += fmt::format("{}:", part.size());
    name += part;
}

std::string hexDigest(std::string_view bytes) {
    const XXH128_hash_t digest = XXH3_128bits(bytes.data(), bytes.size());
    return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
}

std::string Alert::id() const {
    std::string bytes;
    addNamePart(bytes, node);
    for (const AlertKeyPart& part : key) {
        addNamePart(bytes, part.column);
        addNamePart(bytes, part.value);
    }
    bytes += fmt::format("{}/{}", static_cast<int>(kind), start);
    // No row ever came: in every run that is so from the same start, and each is an alert of its own.
    if (kind == AlertKind::NoData && start == kMinTimestamp) bytes += fmt::format("/{}", raised);
    return hexDigest(bytes);
}

}  // namespace rw
