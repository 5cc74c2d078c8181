#include "widgets/connections/connections_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <utility>

#include "core/secrets/typed_secrets.h"
#include "widgets/connections/connection_form.h"
#include "widgets/connections/connection_slots.h"
#include "widgets/connections/connection_uses.h"
#include "widgets/document/connection_list.h"
#include "widgets/document/translated.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kTableWidth = 340, kConnectionsHeight = 440;
constexpr int kPageWidth = 1000, kListShare = 506, kFormShare = 346;  // of the page, where there is room
enum Column { kNameColumn, kKindColumn, kAddressColumn, kTestColumn, kTimeColumn, kColumns };
enum Side { kEmptySide, kFormSide, kStrangeSide };

QString wordsOf(const std::string& text) {
    return shownText(QString::fromStdString(text));
}

QString kindLabelOf(const Connection& connection) {
    const ConnectionKind* const kind = connectionKind(connection.kind);
    return kind != nullptr ? translated(kind->label) : wordsOf(connection.kind);
}

QLabel* wrappedLabel(const char* role) {
    auto* label = new QLabel;
    label->setProperty("role", role);
    label->setWordWrap(true);
    return label;
}

/// The text is plain data: that which is cut stands in the tip.
QTableWidgetItem* textCell(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(text);
    return item;
}

}  // namespace

ConnectionsPage::ConnectionsPage(ConnectionList& connections, ConnectionUses& uses, SecretStore secrets,
                                 ConnectionTesters testers, QWidget* parent)
    : PreferencesPage(parent),
      m_connections(connections),
      m_uses(uses),
      m_secrets(std::move(secrets)),
      m_hint(new HintBox),
      m_table(new QTableWidget(0, kColumns)),
      m_add(new QPushButton),
      m_remove(new QPushButton),
      m_import(new QPushButton),
      m_export(new QPushButton),
      m_kinds(new QMenu(this)),
      m_usedBy(wrappedLabel("caption")),
      m_side(new QStackedWidget),
      m_emptyTitle(wrappedLabel("title")),
      m_emptyWords(wrappedLabel("dim")),
      m_kindTitle(wrappedLabel("title")),
      m_strangeWords(wrappedLabel("dim")),
      m_form(new ConnectionForm(m_secrets)),
      m_steps(new ConnectionSteps(m_secrets.read, std::move(testers))),
      m_slots(new ConnectionSlots(m_secrets.read)) {
    m_hint->setObjectName(QStringLiteral("connections_hint"));
    m_table->setObjectName(QStringLiteral("connections"));
    m_add->setObjectName(QStringLiteral("add_connection"));
    m_remove->setObjectName(QStringLiteral("remove_connection"));
    m_import->setObjectName(QStringLiteral("import_connections"));
    m_export->setObjectName(QStringLiteral("export_connections"));
    m_usedBy->setObjectName(QStringLiteral("connection_used_by"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(m_hint);
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::kPanelPadding);
    line->addWidget(buildList(), kListShare);
    line->addWidget(buildSide(), kFormShare);
    column->addLayout(line, 1);
    m_hint->hide();
    connectParts();
    retranslate();
    m_uses.look();
}

/// A field that loses the focus while its window goes is edited: that is told to nobody who is going, too.
ConnectionsPage::~ConnectionsPage() {
    m_form->disconnect(this);
}

QWidget* ConnectionsPage::buildList() {
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTextElideMode(Qt::ElideMiddle);
    applyTableStyle(*m_table);
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(
        *m_table,
        {{Of::Words, 112, 1}, {Of::Words, 80}, {Of::Words, 112, 1}, {Of::Words, 112}, {Of::Figures, 48}});
    column->addWidget(m_table, 1);
    column->addWidget(m_usedBy);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kGrid);
    m_add->setMenu(m_kinds);
    for (QPushButton* button : {m_add, m_remove}) buttons->addWidget(button);
    buttons->addStretch(1);
    for (QPushButton* button : {m_import, m_export}) buttons->addWidget(button);
    column->addLayout(buttons);
    return part;
}

QWidget* ConnectionsPage::buildSide() {
    auto* empty = new QWidget;
    auto* words = new QVBoxLayout(empty);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(metrics::kGrid);
    words->addWidget(m_emptyTitle);
    words->addWidget(m_emptyWords);
    words->addStretch(1);
    // Below the scrolled part: it is visible, and so is its answer, wherever the form stands.
    auto* shown = new QWidget;
    auto* below = new QVBoxLayout(shown);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(metrics::kListPadding);
    below->addWidget(m_kindTitle);
    below->addWidget(m_form, 1);
    below->addWidget(m_steps);
    below->addWidget(m_slots);
    auto* strange = new QWidget;
    auto* alone = new QVBoxLayout(strange);
    alone->setContentsMargins(0, 0, 0, 0);
    alone->addWidget(m_strangeWords);
    alone->addStretch(1);
    for (QWidget* each : std::initializer_list<QWidget*>{empty, shown, strange}) m_side->addWidget(each);
    return m_side;
}

void ConnectionsPage::connectParts() {
    connect(&m_connections, &ConnectionList::changed, this, &ConnectionsPage::follow);
    connect(&m_uses, &ConnectionUses::changed, this, &ConnectionsPage::showUses);
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) { chooseRow(row); });
    connect(m_remove, &QPushButton::clicked, this, &ConnectionsPage::askToRemove);
    connect(m_import, &QPushButton::clicked, this, [this] { askForFile(false); });
    connect(m_export, &QPushButton::clicked, this, [this] { askForFile(true); });
    connect(m_hint, &HintBox::actionTriggered, this, &ConnectionsPage::act);
    connect(m_form, &ConnectionForm::edited, this, &ConnectionsPage::store);
    connect(m_form, &ConnectionForm::secretStored, this, &ConnectionsPage::storeSecret);
    connect(m_form, &ConnectionForm::secretNotStored, this,
            [this](const QString& what, const QString& mend) { say(Said::NotStored, what, mend); });
    connect(m_form, &ConnectionForm::settled, this, &ConnectionsPage::settled);
    connect(m_form, &ConnectionForm::typedChanged, this, [this] {
        const std::optional<Connection> usable = m_form->usable();
        const auto found = usable ? m_tested.find(usable->name) : m_tested.end();
        m_steps->setConnection(usable, found == m_tested.end() ? nullptr : &found->second);
        m_slots->setConnection(usable);
    });
    connect(m_steps, &ConnectionSteps::mendRequested, m_form,
            [this](const QString& field) { m_form->mend(field.toStdString()); });
    connect(m_steps, &ConnectionSteps::tested, this, [this](const TestedState& state) {
        m_tested[state.connection.name] = state;
        fillTable();
    });
}

QString ConnectionsPage::id() const {
    return QStringLiteral("connections");
}

QString ConnectionsPage::title() const {
    return tr("Connections");
}

QSize ConnectionsPage::sizeHint() const {
    const Theme& theme = Theme::of(this);
    return QSize(theme.scaled(kPageWidth), theme.scaled(kConnectionsHeight)).expandedTo(minimumSizeHint());
}

void ConnectionsPage::leaveField() {
    m_form->leaveField();
}

bool ConnectionsPage::isStoring() const {
    return m_form->isStoring();
}

void ConnectionsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

const Connection* ConnectionsPage::chosen() const {
    return m_draft ? &*m_draft : m_connections.named(m_chosen);
}

/// The list follows the file; the chosen connection stays chosen.
void ConnectionsPage::follow() {
    if (!m_draft && m_connections.named(m_chosen) == nullptr) {
        const auto& all = m_connections.connections();
        m_chosen = all.empty() ? std::string() : all.front().name;
    }
    const Status& trouble = m_connections.trouble();
    for (QPushButton* button : {m_add, m_import}) button->setEnabled(trouble.ok());
    if (!trouble.ok()) {
        say(Said::Trouble, translated(trouble.error().message), translated(trouble.error().fix));
    } else if (m_said == Said::Trouble || m_said == Said::MayRemove) {
        say(Said::Nothing);
    }
    fillTable();
    showChosen();
}

void ConnectionsPage::fillTable() {
    const QSignalBlocker quiet(m_table);
    const auto& all = m_connections.connections();
    m_table->setRowCount(static_cast<int>(all.size()) + (m_draft ? 1 : 0));
    int row = 0, current = -1;
    for (const Connection& each : all) {
        if (!m_draft && each.name == m_chosen) current = row;
        fillRow(row++, each);
    }
    if (m_draft) {
        current = row;
        fillRow(row, *m_draft);
    }
    m_table->setCurrentCell(current, kNameColumn);
    m_export->setEnabled(!all.empty());
}

void ConnectionsPage::fillRow(int row, const Connection& connection) {
    const Theme& theme = Theme::of(this);
    const ConnectionKind* const kind = connectionKind(connection.kind);
    auto* name = textCell(wordsOf(connection.name));
    if (kind != nullptr) name->setIcon(theme.icon(QString::fromStdString(kind->icon), ColorRole::Dim));
    QTableWidgetItem* test = nullptr;
    QString time = QStringLiteral("–");
    const auto tested = m_tested.find(connection.name);
    if (tested == m_tested.end() || !(tested->second.connection == connection)) {
        test = textCell(tr("Not tested"));
        test->setIcon(theme.icon(u"clock", ColorRole::Dim));
    } else {
        const ConnectionReport& report = tested->second.report;
        test = textCell(outcomeOf(report));
        time = tested->second.at.toString(QStringLiteral("HH:mm"));
        if (report.failure() != nullptr) {
            test->setIcon(theme.icon(u"error", ColorRole::Error));
        } else if (report.warns()) {
            test->setIcon(theme.icon(u"warning", ColorRole::Warn));
        } else {
            test->setIcon(theme.icon(u"check-circle", ColorRole::Ok));
        }
    }
    m_table->setItem(row, kNameColumn, name);
    m_table->setItem(row, kKindColumn, textCell(kindLabelOf(connection)));
    m_table->setItem(row, kAddressColumn, textCell(wordsOf(addressOf(connection))));
    m_table->setItem(row, kTestColumn, test);
    m_table->setItem(row, kTimeColumn, textCell(time));
}

void ConnectionsPage::chooseRow(int row) {
    const auto& all = m_connections.connections();
    const auto place = static_cast<std::size_t>(std::max(row, 0));
    if (row < 0 || place >= all.size()) return;  // the draft is chosen already
    m_chosen = all[place].name;
    if (m_draft) {
        m_draft.reset();
        // Its row goes once the table has chosen the other one.
        QMetaObject::invokeMethod(this, &ConnectionsPage::fillTable, Qt::QueuedConnection);
    }
    if (m_said != Said::Trouble) say(Said::Nothing);
    showChosen();
}

void ConnectionsPage::choose(const std::string& name) {
    if (m_connections.named(name) == nullptr) return;
    m_draft.reset();
    m_chosen = name;
    fillTable();
    showChosen();
}

void ConnectionsPage::showChosen() {
    const Connection* const connection = chosen();
    m_remove->setEnabled(connection != nullptr);
    showUses();
    if (connection == nullptr) return m_side->setCurrentIndex(kEmptySide);
    m_kindTitle->setText(kindLabelOf(*connection));
    m_strangeWords->setText(tr("This version knows no connections of the kind “%1”: it is kept as it is.")
                                .arg(wordsOf(connection->kind)));
    const bool known = connectionKind(connection->kind) != nullptr;
    m_side->setCurrentIndex(known ? kFormSide : kStrangeSide);
    if (!known) return;
    m_slots->setVisible(connection->kind == "postgresql");
    QStringList others;
    for (const Connection& other : m_connections.connections()) {
        if (m_draft || other.name != m_chosen) others << QString::fromStdString(other.name);
    }
    m_form->setConnection(*connection, others, m_draft.has_value());
}

void ConnectionsPage::showUses() {
    const Connection* const connection = m_draft ? nullptr : chosen();
    QStringList lines;
    if (connection != nullptr) {
        for (const ConnectionUses::Use& use : m_uses.of(connection->name))
            lines << tr("Used by: %1 in %2").arg(use.nodes.join(QStringLiteral(", ")), use.pipeline);
        if (lines.isEmpty()) lines << tr("Used by no pipeline that was opened here last.");
    }
    m_usedBy->setText(lines.join(QLatin1Char('\n')));
    m_usedBy->setVisible(!lines.isEmpty());
}

void ConnectionsPage::addNew(const std::string& kind, const std::string& name) {
    leaveField();
    Connection draft;
    draft.kind = kind;
    const std::string wanted = name.empty() ? kind : name;
    draft.name = wanted;
    for (int number = 2; m_connections.named(draft.name) != nullptr; ++number)
        draft.name = wanted + "-" + std::to_string(number);
    m_draft = draft;
    m_chosen.clear();
    if (m_said != Said::Trouble) say(Said::Nothing);
    fillTable();
    showChosen();
    m_form->focusName();
}

void ConnectionsPage::store(const Connection& connection) {
    const Connection* const before = chosen();
    if (before == nullptr) return;
    const bool isNew = m_draft.has_value();
    const Connection was = *before;
    if (isNew) {
        m_draft.reset();
    }
    const std::string chosenBefore = std::exchange(m_chosen, connection.name);
    const Status status = isNew ? m_connections.add(connection) : m_connections.change(was, connection);
    if (!status.ok()) {
        if (isNew) {
            m_draft = was;
            m_chosen.clear();
        } else if (m_connections.named(chosenBefore) != nullptr) {
            m_chosen = chosenBefore;
        }
        say(Said::NotStored, translated(status.error().message), translated(status.error().fix));
        fillTable();
        return;
    }
    if (m_said == Said::NotStored || m_said == Said::Done) say(Said::Nothing);
    std::vector<std::string> entries;
    for (const auto& [name, place] : was.secrets) {
        if (place.kind == SecretRef::Kind::Keyring) entries.push_back(place.name);
    }
    forgetUnused(entries);
}

void ConnectionsPage::storeSecret(const QString& connection, const QString& secret, const QString& entry) {
    // The form has the entry of a draft, and tells it with the rest.
    if (m_draft && m_draft->name == connection.toStdString()) return;
    const Connection* const stored = m_connections.named(connection.toStdString());
    if (stored != nullptr) {
        Connection now = *stored;
        now.secrets[secret.toStdString()] = {SecretRef::Kind::Keyring, entry.toStdString()};
        const Status status = m_connections.change(*stored, now);
        if (!status.ok())
            say(Said::NotStored, translated(status.error().message), translated(status.error().fix));
    }
    // A secret that nothing asks for does not stay.
    forgetUnused({entry.toStdString()});
}

void ConnectionsPage::forgetUnused(const std::vector<std::string>& entries) {
    const std::set<std::string> needed = keyringEntries(m_connections.connections());
    for (const std::string& entry : entries) {
        if (needed.count(entry) > 0) continue;
        typedSecrets().forget({SecretRef::Kind::Keyring, entry});
        if (m_secrets.write == nullptr) continue;
        m_worker.start([entry, write = m_secrets.write] { static_cast<void>(write(entry, {})); });
    }
}

void ConnectionsPage::askToRemove() {
    const Connection* const connection = chosen();
    if (connection == nullptr) return;
    if (m_draft) {
        m_draft.reset();
        return follow();
    }
    const bool used = !m_uses.of(connection->name).empty();
    say(Said::MayRemove, tr("Remove “%1”?").arg(wordsOf(connection->name)),
        used ? tr("Pipelines that name it can't run until it is there again. Its secrets are taken out of "
                  "the keyring.")
             : tr("Its secrets are taken out of the keyring, too."));
}

void ConnectionsPage::remove() {
    const Connection* const connection = m_draft ? nullptr : chosen();
    if (connection == nullptr) return;
    const std::set<std::string> entries = keyringEntries({*connection});
    const Status status = m_connections.remove(std::string(connection->name));
    if (!status.ok())
        return say(Said::NotStored, translated(status.error().message), translated(status.error().fix));
    forgetUnused({entries.begin(), entries.end()});
    m_table->setFocus();
}

void ConnectionsPage::say(Said what, const QString& title, const QString& words) {
    m_said = what;
    QStringList links;
    if (what == Said::Trouble) links << tr("Read it again");
    if (what == Said::MayRemove) links << tr("Remove") << tr("Keep");
    if (what == Said::Clashes) links << tr("Overwrite") << tr("Keep");
    if (what == Said::Done) links << tr("Close");
    const HintBox::Kind kind = what == Said::Done                                 ? HintBox::Kind::Info
                               : what == Said::MayRemove || what == Said::Clashes ? HintBox::Kind::Warn
                                                                                  : HintBox::Kind::Error;
    if (what != Said::Nothing) m_hint->set(kind, title, words, links);
    m_hint->setVisible(what != Said::Nothing);
}

void ConnectionsPage::act(int link) {
    if (m_said == Said::Trouble) return m_connections.reload();
    const Said before = m_said;
    say(Said::Nothing);
    if (link != 0) return;
    if (before == Said::MayRemove) remove();
    if (before == Said::Clashes) mergeImported(true);
}

void ConnectionsPage::retranslate() {
    m_table->setAccessibleName(tr("Connections"));
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Kind"), tr("Address"), tr("Last test"), tr("At")});
    m_add->setText(tr("New"));
    m_remove->setText(tr("Remove"));
    m_import->setText(tr("Import…"));
    m_export->setText(tr("Export…"));
    m_emptyTitle->setText(tr("No connections yet"));
    m_emptyWords->setText(tr(
        "A connection leads to another system: a Kafka, a database, a service. Pipelines name it; its "
        "address "
        "stays on this computer, and its secrets in the keyring or in environment variables. Press “New”, or "
        "import connections that were exported elsewhere."));
    m_kinds->clear();
    for (const ConnectionKind& kind : connectionKinds()) {
        QAction* add =
            m_kinds->addAction(Theme::of(this).icon(QString::fromStdString(kind.icon), ColorRole::Dim),
                               labelText(translated(kind.label)));
        add->setObjectName(QStringLiteral("add_") + QString::fromStdString(kind.name));
        add->setToolTip(translated(kind.help));
        connect(add, &QAction::triggered, this, [this, name = kind.name] { addNew(name); });
    }
    const Theme& theme = Theme::of(this);
    m_table->setMinimumWidth(theme.scaled(kTableWidth));
    setMinimumHeight(theme.scaled(kConnectionsHeight));
    if (m_said != Said::Trouble && m_said != Said::Nothing) say(Said::Nothing);
    follow();
}

}  // namespace rw::ui
