// Text that a person will read, not yet in a language: a marked English template and its arguments.
//
// core never finishes a sentence: it hands out Text, the command line formats it with english(), and widgets
// translate the template (context + key, as lupdate collected them) before they fill the arguments in.
#pragma once
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace rw {

struct Text {
    const char* context = "";  ///< translation context, a static string
    const char* key = "";      ///< English template with %1 … %9, a static string
    std::vector<std::string> args{};

    bool empty() const { return *key == 0; }

    /// The same text with its next arguments; anything fmt can print. A user's own words go in as they are.
    template <class... Args>
    Text with(const Args&... values) && {
        (args.push_back(fmt::format("{}", values)), ...);
        return std::move(*this);
    }
    bool operator==(const Text& other) const;
};

/// The template with its arguments filled in, in English.
std::string english(const Text& text);

/// Replaces %1 … %9 in `pattern`; shared by english() and the translating side.
std::string fillIn(const std::string& pattern, const std::vector<std::string>& args);

}  // namespace rw

/// Marks a text for translation: RW_TEXT("filter", "No column “%1” in the input").with(name). lupdate finds
/// it through -tr-function-alias QT_TRANSLATE_NOOP+=RW_TEXT.
#define RW_TEXT(context, key) (::rw::Text{context, key})
