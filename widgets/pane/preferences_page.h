// A page of the Preferences window: a choice on it holds at once.
#pragma once
#include <QWidget>

namespace rw::ui {

class PreferencesPage : public QWidget {
    Q_OBJECT
 public:
    using QWidget::QWidget;

    /// Names it: no two pages share it.
    virtual QString id() const = 0;
    /// On its tab, in the language of the interface.
    virtual QString title() const = 0;
    /// Takes the text typed last. Called before another page comes in front and before the window closes.
    virtual void leaveField() {}
    /// Whether something is being stored that closing has to wait for; settled() follows.
    virtual bool isStoring() const { return false; }
    /// Whether it says something that a person must see before the window closes.
    virtual bool saysSomething() const { return false; }

 Q_SIGNALS:
    void settled();
};

}  // namespace rw::ui
