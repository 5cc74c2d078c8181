#include "core/pipeline/run_words.h"

#include <algorithm>
#include <string_view>

#include "core/base/ascii.h"

namespace rw {

std::string shellWord(const std::string& word) {
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) ||
               std::string_view("-_./=:,+@%").find(c) != std::string_view::npos;
    });
    if (plain) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string runWords(const std::string& file, const std::string& how,
                     const std::map<std::string, std::string>& variables) {
    std::string words = "rillwright run " + shellWord(file) + " " + how;
    for (const auto& [name, value] : variables) words += " --set " + shellWord(name + "=" + value);
    return words;
}

std::string deployWords(const std::string& file, const std::string& target, const std::string& savepoint) {
    return "rillwright deploy " + shellWord(file) + " --target " + shellWord(target) + " --savepoint " +
           shellWord(savepoint);
}

std::string replayWords(const std::string& file, const std::string& tape,
                        const std::map<std::string, std::string>& variables) {
    return runWords(file, "--replay " + shellWord(tape), variables);
}

}  // namespace rw
