#include "app/documents/tab_actions.h"

#include "widgets/pane/action_registry.h"

namespace rw::ui {

TabActions::TabActions(QObject* parent)
    : QObject(parent),
      newTab(new QAction(this)),
      closeTab(new QAction(this)),
      nextTab(new QAction(this)),
      previousTab(new QAction(this)) {
    const auto keys = [](const char* text) { return QKeySequence(QString::fromLatin1(text)); };
    newTab->setShortcut(keys("Ctrl+T"));
    closeTab->setShortcut(keys("Ctrl+W"));
    nextTab->setShortcuts({keys("Ctrl+Tab"), keys("Ctrl+PgDown")});
    // A keyboard says Backtab where Shift is held down with Tab.
    previousTab->setShortcuts({keys("Ctrl+Shift+Tab"), keys("Ctrl+Shift+Backtab"), keys("Ctrl+PgUp")});
    setCount(1);
}

void TabActions::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("tabs.new"), newTab, MenuPlace{MainMenu::File, 0});
    registry.add(QStringLiteral("tabs.close"), closeTab, MenuPlace{MainMenu::File, 2});
    registry.add(QStringLiteral("tabs.next"), nextTab, MenuPlace{MainMenu::View, 2});
    registry.add(QStringLiteral("tabs.previous"), previousTab, MenuPlace{MainMenu::View, 2});
}

void TabActions::setCount(int tabs) {
    nextTab->setEnabled(tabs > 1);
    previousTab->setEnabled(tabs > 1);
}

void TabActions::retranslate() {
    newTab->setText(tr("New &tab"));
    closeTab->setText(tr("&Close tab"));
    nextTab->setText(tr("Ne&xt tab"));
    previousTab->setText(tr("Pre&vious tab"));
}

}  // namespace rw::ui
