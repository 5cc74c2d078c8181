// The page of the Preferences with the targets: where pipelines can run besides here.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/target.h"
#include "widgets/background/worker.h"
#include "widgets/pane/preferences_page.h"
#include "widgets/secrets/secret_store.h"

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace rw::ui {

class HintBox;
class TargetForm;
class TargetList;

class TargetsPage : public PreferencesPage {
    Q_OBJECT
 public:
    /// `targets` must outlive it.
    TargetsPage(TargetList& targets, SecretStore secrets, QWidget* parent = nullptr);

    QString id() const override;
    QString title() const override;
    void leaveField() override;
    /// A token is on its way into the keyring, and its target is not stored yet.
    bool isStoring() const override;
    /// Something went wrong, or is asked, above the list.
    bool saysSomething() const override { return m_said != Said::Nothing; }

 protected:
    void changeEvent(QEvent* event) override;

 private:
    /// The content of the box above the list, and of its links.
    enum class Said { Nothing, Trouble, NotStored, MayRemove };

    QWidget* buildList();
    QWidget* buildEmbedded();
    void connectParts();
    void follow();
    void choose(int row);
    void chooseAgain(const std::string& target);
    void showChosen();
    const Target* chosen() const;
    void add(Target target, const QString& name);
    void store(const Target& target);
    void storeToken(const QString& target, const QString& entry);
    bool set(std::vector<Target> targets);
    void forget(const std::string& entry);
    void askToRemove();
    void remove();
    void say(Said what, const QString& title = {}, const QString& words = {});
    void act(int link);
    void retranslate();

    TargetList& m_targets;
    const SecretStore m_secrets;
    Worker m_worker;
    std::string m_chosen{};  ///< name; empty: the engine of this program
    Said m_said = Said::Nothing;
    HintBox* m_hint;
    QListWidget* m_list;
    std::vector<std::pair<Engine, QPushButton*>> m_add{};
    QPushButton* m_remove;
    QStackedWidget* m_side;
    QWidget* m_offer;
    QLabel *m_embeddedTitle, *m_embeddedWords, *m_offerWords, *m_offerCommand;
    QPushButton* m_useLocal;
    QLabel *m_sparkWords, *m_sparkCommand;
    TargetForm* m_form;
};

}  // namespace rw::ui
