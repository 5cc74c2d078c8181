// The commands on tabs, in the menus File and View of each of them.
#pragma once
#include <QAction>
#include <QObject>

namespace rw::ui {

class ActionRegistry;

class TabActions : public QObject {
    Q_OBJECT
 public:
    explicit TabActions(QObject* parent);

    void addActions(ActionRegistry& registry);
    void retranslate();
    /// How many tabs there are: one has none beside it.
    void setCount(int tabs);

    QAction *newTab, *closeTab, *nextTab, *previousTab;
};

}  // namespace rw::ui
