// What the search of everything finds. Whoever has something to be found adds a source of items; the search
// (widgets/locator) asks all of them each time it opens, and knows none of them.
#pragma once
#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

namespace rw::ui {

/// Something that can be found, and the effect of choosing it.
struct SearchItem {
    /// In the order in which items of equal rank are listed.
    enum class Kind { Node, Column, Action, Setting, Add, Example, Help };

    Kind kind = Kind::Action;
    QString title;
    QString detail{};  ///< distinguishes it from others of that title
    QString icon{};    ///< for Theme::pixmap()
    QString keys{};    ///< its shortcut, as it is shown
    std::function<void()> act{};
    /// Its names in English, where the interface is in another language; found as its title.
    QStringList english{};
};

/// On the GUI thread.
class SearchItems {
 public:
    /// Adds items, in the language of the interface. Asked only while all that it looks at is there.
    using Source = std::function<void(std::vector<SearchItem>& items)>;

    void add(Source source);
    /// Of all sources, by their kinds, and of a kind in the order in which the sources were added.
    std::vector<SearchItem> all() const;

 private:
    std::vector<Source> m_sources{};
};

}  // namespace rw::ui
