// Text that a person will read, not yet in a language: a marked English template and its arguments.
//
// core never finishes a sentence: it hands out Text, the command line formats it with english(), and widgets
// translate the template (context + key, as lupdate collected them) before they fill the arguments in.
#pragma once
#include <fmt/format.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace rw {

struct Text;

/// A value for a placeholder of a Text: words that stay as they are (a user's own, numbers), or another Text,
/// which is translated with it.
class TextArg {
 public:
    explicit TextArg(std::string literal) : m_literal(std::move(literal)) {}
    explicit TextArg(const Text& text);

    const Text* text() const { return m_text.get(); }  ///< null: literal() counts
    const std::string& literal() const { return m_literal; }
    bool operator==(const TextArg& other) const;

 private:
    std::string m_literal;
    std::shared_ptr<const Text> m_text;
};

struct Text {
    const char* context = "";  ///< translation context, a static string
    const char* key = "";      ///< English template with %1 … %9, a static string
    std::vector<TextArg> args{};

    bool empty() const { return *key == 0; }

    /// The same text with its next arguments: Texts, or anything that fmt can print. A user's own words go in
    /// as they are.
    template <class... Args>
    Text with(const Args&... values) && {
        (add(values), ...);
        return std::move(*this);
    }
    bool operator==(const Text& other) const;

 private:
    template <class T>
    void add(const T& value) {
        if constexpr (std::is_same_v<T, Text>) {
            args.emplace_back(value);
        } else {
            args.emplace_back(fmt::format("{}", value));
        }
    }
};

/// The template with its arguments filled in, in English.
std::string english(const Text& text);

/// Code in a text is set between backticks, for the pages of the help. Where nothing reads those it is
/// quoted: `rows` becomes “rows”.
std::string withoutCodeMarks(std::string_view text);

/// Replaces %1 … %9 in `pattern`; `say` puts the arguments that are Texts into the pattern's language. Shared
/// by english() and the translating side.
std::string fillIn(const std::string& pattern, const std::vector<TextArg>& args,
                   const std::function<std::string(const Text&)>& render);

}  // namespace rw

/// Marks a text for translation: RW_TEXT("filter", "No column “%1” in the input").with(name). lupdate finds
/// it through -tr-function-alias QT_TRANSLATE_NOOP+=RW_TEXT.
#define RW_TEXT(context, key) (::rw::Text{context, key})
