#include "app/cli/run_words.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace rw::cli {

std::string shellWord(const std::string& word) {
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("-_./=:,+@%").find(static_cast<char>(c)) != std::string_view::npos;
    });
    if (plain) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string runWords(const PipelineOptions& pipeline, const std::string& how) {
    std::string words = "rillwright run " + shellWord(pipeline.file) + " " + how;
    for (const auto& [name, value] : pipeline.variables) words += " --set " + shellWord(name + "=" + value);
    return words;
}

}  // namespace rw::cli
