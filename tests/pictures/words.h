// The words of the window in its languages, as the file of translations has them.
#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace rw::pictures {

class Words {
 public:
    /// `translations`: a .ts file; empty: the language is English, in which all is written.
    explicit Words(const std::filesystem::path& translations);

    /// The translated name of a thing: `english` as tr() has it, “&Run”, “Running on %1”. Without marks of
    /// shortcuts. Throws e2e::Failed when nothing is translated from it.
    std::string operator()(const std::string& english) const;
    /// The same with something for %1.
    std::string operator()(const std::string& english, const std::string& first) const;
    /// The same where several things are called so in English: that of a context of tr() or RW_TEXT.
    std::string in(const std::string& context, const std::string& english) const;

 private:
    void take(const std::string& context);

    std::map<std::string, std::string> m_words;
    bool m_english;
};

}  // namespace rw::pictures
