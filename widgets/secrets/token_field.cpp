#include "widgets/secrets/token_field.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QUuid>
#include <QVBoxLayout>
#include <utility>

#include "core/secrets/typed_secrets.h"
#include "widgets/background/background.h"
#include "widgets/document/translated.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

// In the order of SecretRef::Kind.
enum TokenPlace { kNoToken, kVariable, kKeyring };

constexpr int kEntryDigits = 8;

Secret secretIn(const QLineEdit& field) {
    std::string text = field.text().toStdString();
    Secret secret(text);
    wipe(text);
    return secret;
}

/// In the keyring; where there is none, in memory until the program ends, and the runs after that ask for it.
Status keptAnywhere(const std::function<Status(const std::string&, const Secret&)>& write,
                    const std::string& entry, const Secret& secret) {
    const SecretRef where{SecretRef::Kind::Keyring, entry};
    if (write) {
        const Status status = write(entry, secret);
        if (status.ok()) typedSecrets().forget(where);
        if (status.ok() || status.error().code != ErrorCode::NotFound) return status;
    }
    typedSecrets().keep(where, secret);
    return {};
}

}  // namespace

TokenField::TokenField(SecretStore secrets, Noun noun, QWidget* parent)
    : QWidget(parent),
      m_secrets(std::move(secrets)),
      m_isToken(noun == Noun::Token),
      m_where(new QComboBox(this)),
      m_variable(new QLineEdit(this)),
      m_secret(new QLineEdit(this)),
      m_note(new QLabel(this)) {
    setFocusProxy(m_where);
    m_where->setObjectName(QStringLiteral("token_place"));
    m_variable->setObjectName(QStringLiteral("token_variable"));
    m_secret->setObjectName(QStringLiteral("token_secret"));
    m_where->addItems({QString(), QString(), QString()});
    m_variable->setProperty("mono", true);
    m_secret->setEchoMode(QLineEdit::Password);
    m_note->setProperty("role", "caption");
    m_note->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    for (QWidget* each : std::initializer_list<QWidget*>{m_where, m_variable, m_secret, m_note})
        column->addWidget(each);
    retranslate();
    connect(m_where, &QComboBox::activated, this, [this] {
        arrange();
        Q_EMIT typed();
        Q_EMIT left();
    });
    connect(m_variable, &QLineEdit::textEdited, this, &TokenField::typed);
    connect(m_variable, &QLineEdit::editingFinished, &m_whileWhole, [this] { Q_EMIT left(); });
    connect(m_secret, &QLineEdit::editingFinished, &m_whileWhole, [this] { store(); });
}

void TokenField::setToken(const SecretRef& token, const QString& target) {
    ++m_question;
    m_storing = false;
    m_target = target;
    const QString name = QString::fromStdString(token.name);
    m_entry = token.kind == SecretRef::Kind::Keyring ? name : QString();
    m_where->setCurrentIndex(static_cast<int>(token.kind));
    m_variable->setText(token.kind == SecretRef::Kind::Environment ? name : QString());
    m_secret->clear();
    arrange();
}

SecretRef TokenField::token() const {
    switch (m_where->currentIndex()) {
        case kVariable:
            return {SecretRef::Kind::Environment, m_variable->text().trimmed().toStdString()};
        case kKeyring:
            return {SecretRef::Kind::Keyring, m_entry.toStdString()};
        default:
            return {};
    }
}

void TokenField::retranslate() {
    m_where->setItemText(kNoToken, m_isToken ? tr("No token") : tr("None"));
    m_where->setItemText(kVariable, tr("In an environment variable"));
    m_where->setItemText(kKeyring,
                         m_secrets.write != nullptr ? tr("In the keyring") : tr("Typed at each start"));
    m_variable->setAccessibleName(tr("Name of the environment variable"));
    m_variable->setPlaceholderText(m_isToken ? QStringLiteral("FLINK_TOKEN")
                                             : QStringLiteral("SHOP_PASSWORD"));
    m_secret->setAccessibleName(m_isToken ? tr("Token") : tr("Secret"));
    m_secret->setPlaceholderText(m_secret->accessibleName());
    arrange();
}

void TokenField::arrange() {
    const int where = m_where->currentIndex();
    m_variable->setVisible(where == kVariable);
    m_secret->setVisible(where == kKeyring);
    m_secret->setEnabled(!m_storing);
    QString note;
    if (where == kVariable) {
        note = m_isToken ? tr("The variable must hold the token when this program starts.")
                         : tr("The variable must hold the secret when this program starts.");
    } else if (where == kKeyring && !m_entry.isEmpty() &&
               typedSecrets().find({SecretRef::Kind::Keyring, m_entry.toStdString()})) {
        note =
            tr("It is in no keyring: what you typed stays in memory until the program ends. After that the "
               "first "
               "run asks for it. It is written nowhere.");
    } else if (where == kKeyring && m_secrets.write == nullptr) {
        note = m_entry.isEmpty() ? tr("There is no keyring here. Type it and press Enter: it stays in memory "
                                      "until the program "
                                      "ends, and is written nowhere.")
                                 : tr("There is no keyring here: the first run after each start asks for it. "
                                      "You can type it here, "
                                      "too.");
    } else if (where == kKeyring && m_storing) {
        note = tr("It is being put into the keyring …");
    } else if (where == kKeyring && !m_entry.isEmpty()) {
        note = m_isToken ? tr("The token is in the keyring. Type another one to replace it.")
                         : tr("The secret is in the keyring. Type another one to replace it.");
    } else if (where == kKeyring) {
        note =
            m_isToken
                ? tr("Type the token and press Enter: it goes into the keyring, and is never shown again.")
                : tr("Type the secret and press Enter: it goes into the keyring, and is never shown again.");
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void TokenField::store() {
    if (m_secret->text().isEmpty() || m_storing) return;
    m_storing = true;
    ++m_pending;
    // Another target may have had this name, and its entry.
    const QString entry = m_entry.isEmpty()
                              ? QStringLiteral("%1 %2").arg(
                                    m_target, QUuid::createUuid().toString(QUuid::Id128).left(kEntryDigits))
                              : m_entry;
    arrange();
    m_worker.start([this, entry, target = m_target, question = m_question, address = MainThreadReceiver(this),
                    write = m_secrets.write, secret = secretIn(*m_secret)] {
        const Status status = keptAnywhere(write, entry.toStdString(), secret);
        address.send([this, entry, target, question, status] {
            --m_pending;
            take(question, entry, status);
            if (status.ok()) Q_EMIT stored(target, entry);
            Q_EMIT settled();
        });
    });
}

/// A token that came too late for the shown target belongs to its own all the same.
void TokenField::take(quint64 question, const QString& entry, const Status& status) {
    if (question == m_question) {
        m_storing = false;
        if (status.ok()) {
            m_entry = entry;
            m_secret->clear();
        }
        arrange();
    }
    if (!status.ok()) Q_EMIT notStored(translated(status.error().message), translated(status.error().fix));
}

}  // namespace rw::ui
