// The Preferences window: how the program looks, and the targets that pipelines can run on. Every change
// holds at once in the whole program, so it has one button, Close, and stays open beside the main window.
#pragma once
#include <QDialog>

#include "widgets/settings/secret_store.h"

class QPushButton;
class QStackedWidget;
class QTabBar;

namespace rw::ui {

class Preferences;
class TargetList;
class TargetsPage;

class PreferencesDialog : public QDialog {
    Q_OBJECT
 public:
    /// In the order of their tabs.
    enum class Page { Look, Targets };

    /// `preferences` and `targets` must outlive it.
    PreferencesDialog(Preferences& preferences, TargetList& targets, SecretStore secrets,
                      QWidget* parent = nullptr);
    void showPage(Page page);

    void done(int result) override;

 protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void retranslate();

    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    TargetsPage* m_targets;
    QPushButton* m_close;
    bool m_closing = false;  ///< as soon as the keyring has what was typed
};

}  // namespace rw::ui
