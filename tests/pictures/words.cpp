#include "tests/pictures/words.h"

#include <fstream>
#include <sstream>
#include <utility>

#include "tests/e2e/patience.h"

namespace rw::pictures {

namespace {

constexpr char kContextEnd = '\n';  ///< “window\nSize”

/// The text between two marks, from `at` on, which goes behind them; empty: there is no more.
std::string between(const std::string& text, const std::string& begin, const std::string& end,
                    std::size_t& at) {
    const std::size_t from = text.find(begin, at);
    const std::size_t to = from == std::string::npos ? from : text.find(end, from + begin.size());
    at = to == std::string::npos ? text.size() : to + end.size();
    return to == std::string::npos ? std::string()
                                   : text.substr(from + begin.size(), to - from - begin.size());
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

std::string withoutEntities(std::string text) {
    for (const auto& [entity, letter] :
         {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}})
        text = replaced(std::move(text), entity, letter);
    return text;
}

/// “运行” of “运行(&R)”, “Run” of “&Run”.
std::string withoutShortcut(std::string text) {
    const std::size_t mark = text.find('&');
    if (mark == std::string::npos) return text;
    const bool inBrackets =
        mark > 0 && text[mark - 1] == '(' && mark + 2 < text.size() && text[mark + 2] == ')';
    return inBrackets ? text.erase(mark - 1, 4) : text.erase(mark, 1);
}

}  // namespace

Words::Words(const std::filesystem::path& translations) : m_english(translations.empty()) {
    if (m_english) return;
    std::ostringstream all;
    all << std::ifstream(translations).rdbuf();
    const std::string text = all.str();
    for (std::size_t at = 0; at < text.size();) take(between(text, "<context>", "</context>", at));
}

void Words::take(const std::string& context) {
    std::size_t at = 0;
    const std::string name = between(context, "<name>", "</name>", at);
    while (at < context.size()) {
        const std::string message = between(context, "<message", "</message>", at);
        std::size_t inside = 0;
        const std::string source = withoutEntities(between(message, "<source>", "</source>", inside));
        const std::string translation = between(message, "<translation>", "</translation>", inside);
        if (translation.empty()) continue;
        const std::string words = withoutShortcut(withoutEntities(translation));
        m_words.emplace(source, words);
        m_words.emplace(name + kContextEnd + source, words);
    }
}

std::string Words::operator()(const std::string& english) const {
    if (m_english) return withoutShortcut(english);
    const auto found = m_words.find(english);
    if (found == m_words.end()) throw e2e::Failed("Nothing is translated from “" + english + "”");
    return found->second;
}

std::string Words::in(const std::string& context, const std::string& english) const {
    return m_english ? withoutShortcut(english) : (*this)(context + kContextEnd + english);
}

std::string Words::operator()(const std::string& english, const std::string& first) const {
    return replaced((*this)(english), "%1", first);
}

}  // namespace rw::pictures
