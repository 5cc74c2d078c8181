// The page of the Preferences with the connections of this computer to other systems.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/connections/exported_connection.h"
#include "widgets/background/worker.h"
#include "widgets/connections/connection_steps.h"
#include "widgets/pane/preferences_page.h"
#include "widgets/secrets/secret_store.h"

class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace rw::ui {

class ConnectionForm;
class ConnectionList;
class ConnectionSlots;
class ConnectionUses;
class HintBox;

class ConnectionsPage : public PreferencesPage {
    Q_OBJECT
 public:
    /// `connections` and `uses` must outlive it.
    ConnectionsPage(ConnectionList& connections, ConnectionUses& uses, SecretStore secrets,
                    ConnectionTesters testers, QWidget* parent = nullptr);
    ~ConnectionsPage() override;

    QString id() const override;
    QString title() const override;
    /// Wide: the list, and beside it the form.
    QSize sizeHint() const override;
    void leaveField() override;
    bool isStoring() const override;
    bool saysSomething() const override { return m_said != Said::Nothing && m_said != Said::Done; }

    /// Begins a connection, which is stored as soon as what is needed is filled in. An empty name, or one
    /// that is taken: one is made.
    void addNew(const std::string& kind, const std::string& name = {});
    /// Chooses the one of that name, if it is there.
    void choose(const std::string& name);

    // What the buttons do once a file was chosen.
    void importFrom(const QString& path);
    void exportTo(const QString& path);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    /// The content of the box above the list, and of its links.
    enum class Said { Nothing, Trouble, NotStored, MayRemove, Clashes, Done };

    QWidget* buildList();
    QWidget* buildSide();
    void connectParts();
    void follow();
    void fillTable();
    void fillRow(int row, const Connection& connection);
    void chooseRow(int row);
    void showChosen();
    void showUses();
    const Connection* chosen() const;  ///< the draft, or one of the list; null: none
    void store(const Connection& connection);
    void storeSecret(const QString& connection, const QString& secret, const QString& entry);
    void forgetUnused(const std::vector<std::string>& entries);
    void askToRemove();
    void remove();
    void mergeImported(bool replace);
    void askForFile(bool toSave);
    void say(Said what, const QString& title = {}, const QString& words = {});
    void act(int link);
    void retranslate();

    ConnectionList& m_connections;
    ConnectionUses& m_uses;
    const SecretStore m_secrets;
    Worker m_worker;
    std::string m_chosen{};                         ///< name of the chosen one, unless that is the draft
    std::optional<Connection> m_draft{};            ///< the chosen one, while it is not stored yet
    std::map<std::string, TestedState> m_tested{};  ///< by the names at that time
    std::vector<ExportedConnection> m_importing{};  ///< while it is asked what may be replaced
    std::vector<std::string> m_clashes{};
    Said m_said = Said::Nothing;
    HintBox* m_hint;
    QTableWidget* m_table;
    QPushButton *m_add, *m_remove, *m_import, *m_export;
    QMenu* m_kinds;
    QLabel* m_usedBy;
    QStackedWidget* m_side;
    QLabel *m_emptyTitle, *m_emptyWords, *m_kindTitle, *m_strangeWords;
    ConnectionForm* m_form;
    ConnectionSteps* m_steps;
    ConnectionSlots* m_slots;
};

}  // namespace rw::ui
