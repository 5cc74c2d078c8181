// The fields of one target. There is nothing to confirm: it is told when a field is left and all of them
// make a target; until then errors stand under their fields.
#pragma once
#include <QScrollArea>
#include <QStringList>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/cluster/target_field.h"
#include "widgets/secrets/secret_store.h"
#include "widgets/theme/while_whole.h"

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace rw::ui {

class ConnectionTest;
class FormRow;
class TokenField;

class TargetForm : public QScrollArea {
    Q_OBJECT
 public:
    explicit TargetForm(const SecretStore& secrets, QWidget* parent = nullptr);

    /// Shows a target as it is stored; `others` are the names that it can't have. Text being typed stays
    /// while it is the same one.
    void setTarget(const Target& target, const QStringList& others);
    /// Tells the text typed last.
    void leaveField();
    void focusName();
    bool isStoring() const;  ///< a token is on its way into the keyring
    /// Of the target as it is typed. It has no place in the form: the owner of the form finds one.
    ConnectionTest& test() const { return *m_test; }

 Q_SIGNALS:
    /// By the person; it can be stored.
    void edited(const rw::Target& target);
    void tokenStored(const QString& target, const QString& entry);
    void tokenNotStored(const QString& what, const QString& mend);
    void settled();  ///< as TokenField::settled()

 protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    using Rows = std::map<std::string, FormRow*>;
    QLineEdit* addLine(QVBoxLayout& column, const char* param, Rows& rows);
    void addRow(QVBoxLayout& column, const char* param, QWidget* field, Rows& rows);
    void follow(const QLineEdit& line);
    /// The fields for one engine's targets.
    struct EngineFields {
        QWidget* group = nullptr;
        std::vector<std::pair<const TargetField*, QWidget*>> editors{};  ///< by their kind
        Rows rows{};  ///< by their names in the file of targets
    };
    EngineFields buildFields(Engine engine);
    QWidget* addField(QVBoxLayout& column, const TargetField& field, EngineFields& fields);
    QWidget* addFileLine(QVBoxLayout& column, const TargetField& field, EngineFields& fields);
    TokenField* newToken();
    void chooseFile(QLineEdit& line);
    const EngineFields& fieldsOf(Engine engine) const { return m_fields[static_cast<std::size_t>(engine)]; }
    TokenField* token() const;  ///< of the target's engine; null: its targets have none
    void fill();
    Target typed() const;
    Status problemOf(const Target& target) const;
    void refreshProblem();
    void tellIfGood();
    void retranslate();

    const SecretStore m_secrets;
    Target m_target{};
    QStringList m_others{};
    Rows m_rows{};                         ///< of the fields that all targets have
    std::vector<EngineFields> m_fields{};  ///< in the order of kEngines
    QLineEdit *m_name = nullptr, *m_folder = nullptr;
    QLabel* m_state;
    ConnectionTest* m_test;
    WhileWhole m_whileWhole;
};

}  // namespace rw::ui
