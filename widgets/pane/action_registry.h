// The actions of the window, each under an id: menus, the search of everything and the sheet of shortcuts
// are made from them. An action's text and whether it is possible now are those of its QAction, which its
// owner keeps right; the registry has its id and its place, and gives it the keys that a person chose for it.
#pragma once
#include <QAction>
#include <QKeySequence>
#include <QMap>
#include <QMenu>
#include <QObject>
#include <QString>
#include <optional>
#include <vector>

namespace rw::ui {

/// In the order of the menu bar.
enum class MainMenu { File, Edit, View, Pipeline, Run, Tools, Help };
inline constexpr MainMenu kMainMenus[] = {MainMenu::File, MainMenu::Edit,  MainMenu::View, MainMenu::Pipeline,
                                          MainMenu::Run,  MainMenu::Tools, MainMenu::Help};

/// The place of an action in the menu bar. Lines part the sections of a menu, which are in the order of
/// their numbers; in a section actions stand in the order in which they were added.
struct MenuPlace {
    MainMenu menu = MainMenu::File;
    int section = 0;
};

/// Where the keys of an action work.
enum class KeyContext {
    Window,  ///< anywhere in it
    Focus    ///< while the part of the window that it acts on has the keyboard
};

struct RegisteredAction {
    QString id{};  ///< “run.pause”: its owner, a dot, a verb. Never changes.
    QAction* action = nullptr;
    std::optional<MenuPlace> place{};  ///< none: it is in no menu
    bool searched = true;              ///< of a list: whether the search of everything looks into it
    QList<QKeySequence> standard{};    ///< the keys that the program gave it

    KeyContext context() const;
    /// Whether it is a menu, whose entries have keys of their own.
    bool isList() const { return action->menu() != nullptr; }
};

/// Keys that a person chose, by the ids of actions; empty ones: the action has none.
using ChosenKeys = QMap<QString, QKeySequence>;

/// In the language of the interface, with its letter: “&File”.
QString menuTitle(MainMenu menu);

/// On the GUI thread. Actions outlive the registry, or are gone with the window.
class ActionRegistry : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;

    /// Ids are unique: one that is there already is a mistake of the program (asserted).
    void add(const QString& id, QAction* action, std::optional<MenuPlace> place = std::nullopt);
    /// A menu in a menu; its entries are its owner's, and may come and go.
    void addList(const QString& id, QMenu* list, MenuPlace place, bool searched = true);

    /// An entry of such a list, which has keys.
    void addListed(const QString& id, QAction* action);

    /// Gives actions the keys that were chosen for them, those that are added later, too, and all others
    /// their standard keys. Ids that no action has are kept.
    void setChosen(const ChosenKeys& chosen);
    /// The same for one action; none: its standard keys.
    void choose(const QString& id, const std::optional<QKeySequence>& keys);
    const ChosenKeys& chosen() const { return m_chosen; }

    const std::vector<RegisteredAction>& all() const { return m_all; }
    /// Those of a menu as they stand there.
    std::vector<RegisteredAction> in(MainMenu menu) const;
    /// Null: there is none.
    QAction* find(const QString& id) const;
    /// Puts the actions of `menu` into `shown`, with lines between its sections.
    void fill(MainMenu menu, QMenu& shown) const;

 Q_SIGNALS:
    /// A person chose others for some actions.
    void keysChanged();

 private:
    void add(RegisteredAction action);
    void giveKeys(const RegisteredAction& action) const;

    std::vector<RegisteredAction> m_all;
    ChosenKeys m_chosen{};
};

}  // namespace rw::ui
