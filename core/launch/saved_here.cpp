#include "core/launch/saved_here.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <string_view>

#include "core/base/own_folders.h"
#include "core/base/whole_file.h"

namespace rw {

namespace {

constexpr std::size_t kLongestList = std::size_t{64} << 20;

}  // namespace

std::string contentFingerprint(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return {};
    std::string hex;
    for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

bool wasSavedHere(const std::string& text) {
    const std::string fingerprint = contentFingerprint(text);
    std::string all;
    if (fingerprint.empty() || readWhole(dataFolder() + "/consent/saved", kLongestList, all)) return false;
    for (std::string_view lines = all; !lines.empty();) {
        const std::size_t end = lines.find('\n');
        if (end == std::string_view::npos) return false;  // a write that was broken off
        if (lines.substr(0, end) == fingerprint) return true;
        lines.remove_prefix(end + 1);
    }
    return false;
}

}  // namespace rw
