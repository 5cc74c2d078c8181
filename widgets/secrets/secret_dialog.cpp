#include "widgets/secrets/secret_dialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/secrets/typed_secrets.h"
#include "widgets/document/translated.h"
#include "widgets/theme/dialogs/question_frame.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kDialogWidth = 520;
constexpr std::size_t kMostBlocks = 4;  // more are scrolled
constexpr int kScrolledHeight = 420;

/// The titles of the nodes that need it, each once.
QString nodesOf(const NeededSecret& needed) {
    QStringList titles;
    for (const NeededSecret::Use& use : needed.uses) {
        const QString title = shownText(QString::fromStdString(use.title));
        if (!title.isEmpty() && !titles.contains(title)) titles << title;
    }
    return titles.join(QStringLiteral(", "));
}

/// Where it goes to, each place once: several connections may share a secret.
QString addressesOf(const NeededSecret& needed) {
    QStringList addresses;
    for (const NeededSecret::Use& use : needed.uses) {
        const QString address = shownText(translated(use.address));
        if (!address.isEmpty() && !addresses.contains(address)) addresses << address;
    }
    return addresses.join(QStringLiteral(", "));
}

}  // namespace

SecretDialog::SecretDialog(std::vector<NeededSecret> needed, const QString& pipeline, QWidget* parent,
                           For purpose)
    : QDialog(parent), m_purpose(purpose), m_pipeline(shownText(pipeline)) {
    setWindowTitle(m_purpose == For::Deployment  ? tr("Before the deployment")
                   : m_purpose == For::Check     ? tr("Before the check")
                   : m_purpose == For::Listening ? tr("Before listening")
                                                 : tr("Before the run"));
    QVBoxLayout* const column = newQuestionColumn(*this);
    column->addWidget(newParagraph(head(), "title"));
    column->addWidget(newParagraph(tr("What you type stays in memory until the program ends. It is written "
                                      "nowhere, and you are asked again "
                                      "at the next start."),
                                   "dim"));
    auto* blocks = new QWidget;
    auto* list = new QVBoxLayout(blocks);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(metrics::kListPadding);
    for (const NeededSecret& each : needed) list->addWidget(block(each));
    if (needed.size() > kMostBlocks) {
        auto* area = new QScrollArea;
        area->setWidgetResizable(true);
        area->setFrameShape(QFrame::NoFrame);
        area->setWidget(blocks);
        area->setMinimumHeight(Theme::of(this).scaled(kScrolledHeight));
        column->addWidget(area, 1);
    } else {
        column->addWidget(blocks);
    }
    m_agree = addQuestionButtons(*this, *column, refusal(), agreement()).agree;
    m_agree->setProperty("role", "primary");
    m_agree->setDefault(true);
    follow();
    if (!m_fields.empty()) m_fields.front().edit->setFocus();
    setMinimumWidth(Theme::of(this).scaled(kDialogWidth));
}

QWidget* SecretDialog::block(const NeededSecret& needed) {
    auto* made = new QWidget;
    auto* column = new QVBoxLayout(made);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    const QString name = shownText(translated(nameOf(needed)));
    column->addWidget(newParagraph(name, nullptr));
    QStringList places;
    if (const QString address = addressesOf(needed); !address.isEmpty())
        places << tr("Address: %1").arg(address);
    if (const QString nodes = nodesOf(needed); !nodes.isEmpty()) places << tr("Needed by: %1").arg(nodes);
    QLabel* place = newParagraph(places.join(u'\n'), "caption");
    place->setObjectName(QStringLiteral("secret_place"));
    column->addWidget(place);
    if (!needed.lack.empty()) column->addWidget(newParagraph(shownText(translated(needed.lack)), "caption"));
    auto* edit = new QLineEdit;
    edit->setObjectName(QStringLiteral("secret"));
    edit->setEchoMode(QLineEdit::Password);
    edit->setAccessibleName(name);
    edit->setAccessibleDescription(place->text());
    column->addWidget(edit);
    connect(edit, &QLineEdit::textChanged, this, &SecretDialog::follow);
    m_fields.push_back({needed.where, edit});
    return made;
}

void SecretDialog::follow() {
    if (m_agree == nullptr) return;
    m_agree->setEnabled(std::none_of(m_fields.begin(), m_fields.end(),
                                     [](const Field& field) { return field.edit->text().isEmpty(); }));
}

void SecretDialog::accept() {
    if (m_agree == nullptr || !m_agree->isEnabled()) return;
    for (const Field& field : m_fields) {
        std::string text = field.edit->text().toStdString();
        typedSecrets().keep(field.where, Secret(text));
        wipe(text);
    }
    for (const Field& field : m_fields) {
        const QSignalBlocker quiet(field.edit);
        field.edit->clear();
    }
    QDialog::accept();
}

QString SecretDialog::head() const {
    return tr("“%1” needs a secret that is kept nowhere").arg(m_pipeline);
}

QString SecretDialog::agreement() const {
    if (m_purpose == For::Deployment) return tr("Deploy");
    if (m_purpose == For::Check) return tr("Check");
    if (m_purpose == For::Listening) return tr("Listen");
    return tr("Run");
}

QString SecretDialog::refusal() const {
    if (m_purpose == For::Deployment) return tr("Do not deploy");
    if (m_purpose == For::Check) return tr("Do not check");
    if (m_purpose == For::Listening) return tr("Do not listen");
    return tr("Do not run");
}

}  // namespace rw::ui
