#include "widgets/shortcuts/shortcuts_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/shortcuts/fixed_keys.h"
#include "widgets/shortcuts/key_field.h"
#include "widgets/shortcuts/key_owners.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTableHeight = 300, kMenuWidth = 96, kKeysWidth = 148;

}  // namespace

ShortcutsPage::ShortcutsPage(ActionRegistry& registry, QWidget* parent)
    : PreferencesPage(parent),
      m_registry(registry),
      m_model(registry),
      m_search(new SearchField({}, {})),
      m_table(new QTableView),
      m_label(new QLabel),
      m_field(new KeyField),
      m_none(new QPushButton),
      m_standard(new QPushButton),
      m_allStandard(new QPushButton),
      m_hint(new HintBox),
      m_help(new QLabel) {
    m_table->setObjectName(QStringLiteral("shortcuts"));
    m_field->setObjectName(QStringLiteral("keys"));
    m_none->setObjectName(QStringLiteral("no_keys"));
    m_standard->setObjectName(QStringLiteral("standard_keys"));
    m_allStandard->setObjectName(QStringLiteral("all_standard_keys"));
    buildTable();
    m_label->setProperty("role", "dim");
    m_label->setBuddy(m_field);
    m_help->setProperty("role", "caption");
    m_help->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(m_search);
    column->addWidget(m_table, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_label);
    row->addWidget(m_field, 1);
    row->addWidget(m_none);
    row->addWidget(m_standard);
    column->addLayout(row);
    column->addWidget(m_hint);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_help, 1);
    foot->addWidget(m_allStandard);
    column->addLayout(foot);
    m_hint->hide();
    connectParts();
    retranslate();
    m_table->selectRow(0);
}

void ShortcutsPage::buildTable() {
    m_found.setSourceModel(&m_model);
    m_found.setFilterKeyColumn(-1);
    m_found.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(&m_found);
    m_table->verticalHeader()->hide();
    applyTableStyle(*m_table);
    QHeaderView& head = *m_table->horizontalHeader();
    head.setSectionResizeMode(ShortcutsModel::Command, QHeaderView::Stretch);
    head.resizeSection(ShortcutsModel::Menu, Theme::of(this).scaled(kMenuWidth));
    head.resizeSection(ShortcutsModel::Keys, Theme::of(this).scaled(kKeysWidth));
    m_table->setMinimumHeight(kTableHeight);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
}

void ShortcutsPage::connectParts() {
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_found.setFilterFixedString(words.trimmed());
        if (chosen() == nullptr) m_table->selectRow(0);
        showChosen();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ShortcutsPage::showChosen);
    connect(m_table, &QTableView::activated, this, [this] { m_field->setFocus(Qt::OtherFocusReason); });
    connect(m_field, &QKeySequenceEdit::editingFinished, this, [this] { want(m_field->keySequence()); });
    connect(m_none, &QPushButton::clicked, this, [this] { give(QKeySequence()); });
    connect(m_standard, &QPushButton::clicked, this, [this] {
        const RegisteredAction* action = chosen();
        if (action != nullptr) want(action->standard.isEmpty() ? QKeySequence() : action->standard.front());
    });
    connect(m_allStandard, &QPushButton::clicked, this, [this] { m_registry.setChosen({}); });
    connect(m_hint, &HintBox::actionTriggered, this, &ShortcutsPage::takeOver);
    connect(&m_registry, &ActionRegistry::keysChanged, this, &ShortcutsPage::refresh);
}

QString ShortcutsPage::id() const {
    return QStringLiteral("shortcuts");
}

QString ShortcutsPage::title() const {
    return tr("Shortcuts");
}

// Keys that were pressed a moment ago wait for more of them.
void ShortcutsPage::leaveField() {
    const RegisteredAction* action = chosen();
    if (action != nullptr && !m_wanted && m_field->keySequence() != action->action->shortcut())
        want(m_field->keySequence());
}

const RegisteredAction* ShortcutsPage::chosen() const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_model.action(m_found.mapToSource(rows.front()).row());
}

void ShortcutsPage::showChosen() {
    m_wanted.reset();
    m_hint->hide();
    const RegisteredAction* action = chosen();
    for (QWidget* part : std::initializer_list<QWidget*>{m_field, m_none, m_standard})
        part->setEnabled(action != nullptr);
    m_allStandard->setEnabled(!m_registry.chosen().isEmpty());
    m_field->setKeys(action != nullptr ? action->action->shortcut() : QKeySequence());
    if (action == nullptr) return;
    m_none->setEnabled(!action->action->shortcut().isEmpty());
    m_standard->setEnabled(m_registry.chosen().contains(action->id));
}

void ShortcutsPage::want(const QKeySequence& keys) {
    const RegisteredAction* action = chosen();
    if (action == nullptr || keys == action->action->shortcut()) return showChosen();
    const std::vector<KeyOwner> owners = ownersOf(m_registry, action->id, keys);
    if (owners.empty()) return give(keys);
    m_wanted = keys;
    const bool fixed =
        std::any_of(owners.begin(), owners.end(), [](const KeyOwner& owner) { return owner.id.isEmpty(); });
    const KeyOwner& owner = owners.front();
    const QString title = tr("%1 is in use").arg(keysText(keys));
    if (fixed) {
        m_hint->set(HintBox::Kind::Error, title,
                    tr("These keys are fixed: “%1”. Choose others.").arg(owner.words));
    } else {
        m_hint->set(HintBox::Kind::Warn, title, tr("“%1” has these keys.").arg(owner.words),
                    {tr("Take them from “%1”").arg(owner.words)});
    }
    m_hint->show();
}

void ShortcutsPage::takeOver() {
    const RegisteredAction* action = chosen();
    if (action == nullptr || !m_wanted) return;
    const QKeySequence keys = *m_wanted;
    const QString id = action->id;
    for (const KeyOwner& owner : ownersOf(m_registry, id, keys)) m_registry.choose(owner.id, QKeySequence());
    give(keys);
}

void ShortcutsPage::give(const std::optional<QKeySequence>& keys) {
    const RegisteredAction* action = chosen();
    if (action == nullptr) return;
    const bool isStandard = keys && action->standard.value(0) == *keys;
    m_registry.choose(action->id, isStandard ? std::nullopt : keys);
}

void ShortcutsPage::refresh() {
    m_model.refresh();
    showChosen();
}

void ShortcutsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    retranslate();
    refresh();
}

void ShortcutsPage::retranslate() {
    m_search->setPlaceholder(tr("Search commands and keys"));
    m_table->setAccessibleName(tr("Shortcuts"));
    m_label->setText(tr("Keys"));
    m_field->setAccessibleName(tr("Keys"));
    m_none->setText(tr("No keys"));
    m_standard->setText(tr("Standard"));
    m_allStandard->setText(tr("All standard"));
    m_help->setText(tr("Choose a command, then press its new keys in the field."));
}

}  // namespace rw::ui
