// The fields of one connection, made from the declaration of its kind. There is nothing to confirm: it is
// told when a field is left and all of them make a connection; until then errors stand under their fields.
#pragma once
#include <QScrollArea>
#include <QStringList>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/connections/connection_kind.h"
#include "widgets/secrets/secret_store.h"
#include "widgets/theme/while_whole.h"

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace rw::ui {

class FormRow;
class TokenField;

class ConnectionForm : public QScrollArea {
    Q_OBJECT
 public:
    explicit ConnectionForm(const SecretStore& secrets, QWidget* parent = nullptr);

    /// Shows a connection of a kind that is known; `others` are the names that it can't have. `isNew`: it is
    /// not stored yet, and says nothing of what is missing before something was typed. Text being typed stays
    /// while it is the same one.
    void setConnection(const Connection& connection, const QStringList& others, bool isNew);
    /// Tells the text typed last.
    void leaveField();
    void focusName();
    /// Goes to the field, or the secret, of that name; of one that names a file, with the dialog for it.
    void mend(const std::string& name);
    bool isStoring() const;  ///< a secret is on its way into the keyring
    /// As it is typed; nothing: something is missing or wrong.
    std::optional<Connection> usable() const;

 Q_SIGNALS:
    /// By the person; it can be stored.
    void edited(const rw::Connection& connection);
    void typedChanged();
    /// The secret of that connection, which may not be the one that is shown any more, is in the keyring.
    void secretStored(const QString& connection, const QString& secret, const QString& entry);
    void secretNotStored(const QString& what, const QString& mend);
    void settled();  ///< as TokenField::settled()

 protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    /// The fields for the connections of one kind; made when the first of them is shown.
    struct KindFields {
        QWidget* group = nullptr;
        std::vector<std::pair<const ConnectionFieldSpec*, QWidget*>> editors{};
        std::vector<std::pair<const ConnectionSecretSpec*, TokenField*>> secrets{};
        std::map<std::string, FormRow*> rows{};  ///< by the names of fields and secrets
    };
    const KindFields* shownFields() const;
    void buildFields(const ConnectionKind& kind);
    QWidget* newEditor(const ConnectionFieldSpec& field);
    QWidget* withFileButton(QLineEdit& line, const std::string& name);
    TokenField* newSecret(const ConnectionSecretSpec& secret);
    void chooseFile(QLineEdit& line);
    void touch();
    void fill();
    Connection typed() const;
    Status problemOf(const Connection& connection) const;
    void refresh();
    void tellIfGood();
    void retranslate();
    void retranslate(const KindFields& fields);

    const SecretStore m_secrets;
    Connection m_connection{};
    QStringList m_others{};
    bool m_isNew = false, m_touched = false;
    std::map<std::string, KindFields> m_fields{};  ///< by the names of kinds
    QVBoxLayout* m_column;
    QLineEdit* m_name;
    FormRow* m_nameRow;
    QLabel* m_state;
    WhileWhole m_whileWhole;
};

}  // namespace rw::ui
