// The place of a target's token, or of a connection's password or other secret: none, an environment
// variable, or the keyring, for which it is typed here and never shown again.
#pragma once
#include <QWidget>

#include "widgets/background/worker.h"
#include "widgets/secrets/secret_store.h"
#include "widgets/theme/while_whole.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace rw::ui {

class TokenField : public QWidget {
    Q_OBJECT
 public:
    /// How it is called.
    enum class Noun { Token, Secret };
    explicit TokenField(SecretStore secrets, Noun noun = Noun::Token, QWidget* parent = nullptr);

    /// The token of the target, or the secret of the connection, of that name; text that was typed and not
    /// stored goes.
    void setToken(const SecretRef& token, const QString& target);
    /// As the fields are now; an entry without a name: the token is not in the keyring yet.
    SecretRef token() const;
    bool isFor(const QString& target) const { return target == m_target; }
    /// Something is on its way into the keyring.
    bool isStoring() const { return m_pending > 0; }
    void retranslate();

 Q_SIGNALS:
    void typed();
    void left();  ///< with something that may be saved
    /// The token of that target, which may not be the one that is shown any more, is in the keyring.
    void stored(const QString& target, const QString& entry);
    void notStored(const QString& what, const QString& mend);
    void settled();  ///< after either; isStoring() may be over

 private:
    void arrange();
    void store();
    void take(quint64 question, const QString& entry, const Status& status);

    const SecretStore m_secrets;
    const bool m_isToken;
    Worker m_worker;
    quint64 m_question = 0;  ///< grows with each target
    int m_pending = 0;
    bool m_storing = false;  ///< whether storing is shown
    QString m_entry{};       ///< of the keyring, where the token is
    QString m_target{};
    QComboBox* m_where;
    QLineEdit *m_variable, *m_secret;
    QLabel* m_note;
    WhileWhole m_whileWhole;
};

}  // namespace rw::ui
