// Something that the search of everything can find, and what choosing it does.
#pragma once
#include <QString>
#include <functional>
#include <vector>

namespace rw::ui {

struct LocatorItem {
    enum class Kind { Node, Column, Action, Setting, Add, Example, Help };

    Kind kind = Kind::Action;
    QString title;
    QString detail{};  ///< what tells it from others of that title
    QString icon{};    ///< for Theme::pixmap()
    QString keys{};    ///< its shortcut, as it is shown
    std::function<void()> act{};
};

/// In one word, in the language of the interface.
QString kindName(LocatorItem::Kind kind);

/// How well `typed` finds the item; 0: not at all. Each word typed must be found in its title, its detail or
/// the name of its kind. Nothing typed finds everything.
int locatorScore(const QString& typed, const LocatorItem& item);

}  // namespace rw::ui
