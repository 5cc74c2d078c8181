#include "core/pipeline/limits.h"

#include <algorithm>

namespace rw {

namespace {

bool begins(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

}  // namespace

std::size_t charactersOf(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

std::string firstCharacters(std::string_view text, std::size_t most) {
    std::size_t seen = 0;
    const auto end =
        std::find_if(text.begin(), text.end(), [&](char c) { return begins(c) && seen++ == most; });
    return {text.begin(), end};
}

}  // namespace rw
