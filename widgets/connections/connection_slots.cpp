#include "widgets/connections/connection_slots.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "core/base/byte_size.h"
#include "core/connect/sql/database_clients.h"
#include "widgets/document/translated.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr Millis kSlotsWithin = 10'000;

/// On a thread that may wait.
Result<std::vector<ReplicationSlot>> lookedAt(const Connection& connection, const SecretSource& secrets,
                                              const std::string& drop, const Latest::Question& question) {
    const auto all = std::make_shared<const Connections>(std::vector<Connection>{connection}, secrets);
    DatabaseClient::About about;
    about.connectWithin = about.answerWithin = kSlotsWithin;
    about.givesUp = [question] { return question.isDropped(); };
    const std::unique_ptr<DatabaseClient> client = makeDatabaseClient(NodeConnection(connection, all), about);
    RW_TRY(client->connect());
    if (!drop.empty()) RW_TRY(dropReplicationSlot(*client, drop));
    return replicationSlots(*client);
}

}  // namespace

ConnectionSlots::ConnectionSlots(SecretSource secrets, QWidget* parent)
    : QWidget(parent),
      m_secrets(std::move(secrets)),
      m_button(new QPushButton(this)),
      m_state(new QLabel(this)),
      m_list(new QWidget(this)),
      m_hint(new HintBox(this)) {
    m_button->setObjectName(QStringLiteral("list_slots"));
    m_list->setObjectName(QStringLiteral("replication_slots"));
    m_state->setProperty("role", "caption");
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::kGrid);
    line->addWidget(m_button);
    line->addWidget(m_state, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    column->addLayout(line);
    column->addWidget(m_list);
    column->addWidget(m_hint);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_asking.isWaiting()) {
            cancel();
            return refresh();
        }
        ask({});
    });
    connect(m_hint, &HintBox::actionTriggered, this, [this](int link) {
        const std::string slot = std::exchange(m_dropping, {});
        if (!slot.empty() && link == 0) return ask(slot);
        refresh();
    });
    refresh();
}

void ConnectionSlots::setConnection(const std::optional<Connection>& connection) {
    if (connection == m_connection) return;
    cancel();
    m_connection = connection;
    m_found.reset();
    m_dropping.clear();
    refresh();
}

void ConnectionSlots::ask(const std::string& drop) {
    if (!m_connection) return;
    m_found.reset();
    const auto look = [connection = *m_connection, secrets = m_secrets,
                       drop](const Latest::Question& question) {
        return lookedAt(connection, secrets, drop, question);
    };
    m_asking.ask(m_worker, look, [this](const Found& found) { take(found); });
    refresh();
}

/// A question that is blocked, by a keyring that waits for its user, does not block the next one.
void ConnectionSlots::cancel() {
    if (!m_asking.isWaiting()) return;
    m_asking.drop();
    m_worker.abandon();
}

void ConnectionSlots::take(const Found& found) {
    m_found = found;
    refresh();
}

void ConnectionSlots::askWhetherToDrop(const std::string& slot) {
    m_dropping = slot;
    refresh();
}

void ConnectionSlots::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

void ConnectionSlots::refresh() {
    if (m_connection) setVisible(m_connection->kind == "postgresql");
    m_button->setText(m_asking.isWaiting() ? tr("Cancel") : tr("List replication slots"));
    m_button->setEnabled(m_connection.has_value());
    m_state->setText(m_asking.isWaiting()                              ? tr("Asking …")
                     : m_found && m_found->ok() && (*m_found)->empty() ? tr("The server has none.")
                                                                       : QString());
    showSlots();
    const bool failed = m_found && !m_found->ok();
    if (failed) {
        m_hint->set(HintBox::Kind::Error, translated(m_found->error().message),
                    translated(m_found->error().fix));
    } else if (!m_dropping.empty()) {
        m_hint->set(
            HintBox::Kind::Warn, tr("Drop slot “%1”?").arg(shownText(QString::fromStdString(m_dropping))),
            tr("The run that read from it can't go on where it was, and begins anew. The server frees the "
               "log that it keeps for it."),
            {tr("Drop"), tr("Keep")});
    }
    m_hint->setVisible(failed || !m_dropping.empty());
}

void ConnectionSlots::showSlots() {
    qDeleteAll(m_list->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    delete m_rows;
    m_rows = new QGridLayout(m_list);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(metrics::kGrid);
    m_rows->setVerticalSpacing(metrics::kStep);
    m_rows->setColumnStretch(1, 1);
    const bool any = m_found && m_found->ok() && !(*m_found)->empty();
    m_list->setVisible(any);
    if (!any) return;
    int row = 0;
    for (const ReplicationSlot& slot : **m_found) addSlot(slot, row++);
}

void ConnectionSlots::addSlot(const ReplicationSlot& slot, int row) {
    const QString name = shownText(QString::fromStdString(slot.name));
    const QString kept = slot.kept < 0
                             ? QStringLiteral("–")
                             : QString::fromStdString(byteSizeText(static_cast<std::uint64_t>(slot.kept)));
    auto* words = new QLabel(slot.reader != 0 ? tr("%1 of log kept, being read").arg(kept)
                             : slot.isLost()  ? tr("Given up by the server")
                                              : tr("%1 of log kept, read by nobody").arg(kept));
    words->setProperty("role", "dim");
    words->setWordWrap(true);
    auto* drop = new QPushButton(tr("Drop…"));
    drop->setAccessibleName(tr("Drop slot “%1”").arg(name));
    drop->setEnabled(slot.reader == 0);
    connect(drop, &QPushButton::clicked, this, [this, slotName = slot.name] { askWhetherToDrop(slotName); });
    m_rows->addWidget(new QLabel(name), row, 0, Qt::AlignTop);
    m_rows->addWidget(words, row, 1);
    m_rows->addWidget(drop, row, 2, Qt::AlignTop);
}

}  // namespace rw::ui
