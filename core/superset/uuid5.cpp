#include "core/superset/uuid5.h"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

namespace rw {

namespace {

constexpr std::size_t kUuidBytes = 16, kShaBytes = 20;
constexpr std::string_view kHexDigits = "0123456789abcdef";

/// The bytes of its hexadecimal digits; the dashes between them do not count.
std::string bytesOfUuid(std::string_view uuid) {
    std::string bytes;
    int high = -1;
    for (const char c : uuid) {
        const std::size_t digit = kHexDigits.find(c);
        if (digit == std::string_view::npos) continue;
        if (high < 0) {
            high = static_cast<int>(digit);
        } else {
            bytes += static_cast<char>(high * 16 + static_cast<int>(digit));
            high = -1;
        }
    }
    return bytes;
}

}  // namespace

std::string uuid5(std::string_view space, std::string_view name) {
    const std::string hashed = bytesOfUuid(space) + std::string(name);
    std::array<unsigned char, EVP_MAX_MD_SIZE> sha{};
    unsigned int length = kShaBytes;
    // SHA-1 is what the standard says; nothing here is a secret.
    (void)EVP_Digest(hashed.data(), hashed.size(), sha.data(), &length, EVP_sha1(), nullptr);
    sha[6] = static_cast<unsigned char>((sha[6] & 0x0f) | 0x50);
    sha[8] = static_cast<unsigned char>((sha[8] & 0x3f) | 0x80);
    std::string text;
    for (std::size_t i = 0; i < kUuidBytes; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += kHexDigits[sha[i] >> 4];
        text += kHexDigits[sha[i] & 15];
    }
    return text;
}

}  // namespace rw
