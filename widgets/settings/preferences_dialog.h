// The Preferences window: how the program looks, and the pages of features. Every change holds at once in the
// whole program, so it has one button, Close, and stays open beside the main window.
#pragma once
#include <QDialog>
#include <functional>
#include <vector>

class QPushButton;
class QStackedWidget;
class QTabBar;

namespace rw::ui {

class Preferences;
class PreferencesPage;
class SearchItems;

class PreferencesDialog : public QDialog {
    Q_OBJECT
 public:
    /// `preferences` must outlive it; `further` pages, behind its own, become its children.
    PreferencesDialog(Preferences& preferences, const std::vector<PreferencesPage*>& further,
                      QWidget* parent = nullptr);
    /// By PreferencesPage::id(): “look”, or that of a further one.
    void showPage(const QString& id);
    /// The settings that it has itself; `open` shows them.
    static void addSearchItems(SearchItems& items, const std::function<void()>& open);

    void done(int result) override;

 protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void addPage(PreferencesPage* page);
    bool isStoring() const;
    void retranslate();

    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    std::vector<PreferencesPage*> m_all{};  ///< in the order of their tabs
    QPushButton* m_close;
    bool m_closing = false;  ///< as soon as the keyring has the token typed
};

}  // namespace rw::ui
