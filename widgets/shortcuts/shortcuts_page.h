// The page of the Preferences with the keys of all actions. A choice holds at once; keys that another action
// has are taken from it only when the person says so.
#pragma once
#include <QSortFilterProxyModel>
#include <optional>

#include "widgets/pane/preferences_page.h"
#include "widgets/shortcuts/shortcuts_model.h"

class QLabel;
class QPushButton;
class QTableView;

namespace rw::ui {

class HintBox;
class KeyField;
class SearchField;

class ShortcutsPage : public PreferencesPage {
    Q_OBJECT
 public:
    /// Must not outlive the registry.
    explicit ShortcutsPage(ActionRegistry& registry, QWidget* parent = nullptr);

    QString id() const override;
    QString title() const override;
    void leaveField() override;
    bool saysSomething() const override { return m_wanted.has_value(); }

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void buildTable();
    void connectParts();
    const RegisteredAction* chosen() const;  ///< null: no row is
    void showChosen();
    void want(const QKeySequence& keys);
    void takeOver();
    void give(const std::optional<QKeySequence>& keys);
    void refresh();
    void retranslate();

    ActionRegistry& m_registry;
    ShortcutsModel m_model;
    QSortFilterProxyModel m_found;
    /// Keys that were typed, and that others have.
    std::optional<QKeySequence> m_wanted{};
    SearchField* m_search;
    QTableView* m_table;
    QLabel* m_label;
    KeyField* m_field;
    QPushButton *m_none, *m_standard, *m_allStandard;
    HintBox* m_hint;
    QLabel* m_help;
};

}  // namespace rw::ui
