// Finds a text in another one, in a time that both their lengths bound together.
#pragma once
#include <cstring>
#include <string_view>

namespace rw::sql {

/// As text.find(part). Short texts are searched as they are, for that begins at once; with longer ones, where
/// each place could be compared in vain, memmem (glibc's is linear) does it.
inline std::size_t findText(std::string_view text, std::string_view part) {
    constexpr std::size_t kShort = 1024;
    if (text.size() <= kShort || part.size() < 2) return text.find(part);
    const void* const found = memmem(text.data(), text.size(), part.data(), part.size());
    if (found == nullptr) return std::string_view::npos;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace rw::sql
