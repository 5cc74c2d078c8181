#include "widgets/clusters/targets_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <utility>

#include "core/cluster/cluster_run.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/flink/flink_target.h"
#include "core/secrets/typed_secrets.h"
#include "widgets/clusters/connection_test.h"
#include "widgets/clusters/target_form.h"
#include "widgets/document/translated.h"
#include "widgets/secrets/token_field.h"
#include "widgets/session/target_list.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kListWidth = 168, kPageHeight = 520;

SecretRef tokenIn(Target target) {
    const SecretRef* const token = tokenOf(target);
    return token != nullptr ? *token : SecretRef{};
}

/// The entries of the keyring that the targets refer to.
std::set<std::string> entriesOf(const std::vector<Target>& targets) {
    std::set<std::string> entries;
    for (const Target& target : targets) {
        const SecretRef token = tokenIn(target);
        if (token.kind == SecretRef::Kind::Keyring) entries.insert(token.name);
    }
    return entries;
}

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QLabel* wrapped(const char* role) {
    auto* label = new QLabel;
    label->setProperty("role", role);
    label->setWordWrap(true);
    return label;
}

}  // namespace

TargetsPage::TargetsPage(TargetList& targets, SecretStore secrets, QWidget* parent)
    : PreferencesPage(parent),
      m_targets(targets),
      m_secrets(std::move(secrets)),
      m_hint(new HintBox),
      m_list(new QListWidget),
      m_remove(new QPushButton),
      m_side(new QStackedWidget),
      m_offer(new QWidget),
      m_embeddedTitle(wrapped("title")),
      m_embeddedWords(wrapped("dim")),
      m_offerWords(wrapped("dim")),
      m_offerCommand(wrapped("code")),
      m_useLocal(new QPushButton),
      m_sparkWords(wrapped("dim")),
      m_sparkCommand(wrapped("code")),
      m_form(new TargetForm(m_secrets)) {
    m_list->setObjectName(QStringLiteral("targets"));
    m_hint->setObjectName(QStringLiteral("targets_hint"));
    for (const Engine engine : kEngines) {
        auto* add = new QPushButton;
        add->setObjectName(QStringLiteral("add_") + fromView(engineWord(engine)));
        m_add.emplace_back(engine, add);
    }
    m_remove->setObjectName(QStringLiteral("remove_target"));
    m_useLocal->setObjectName(QStringLiteral("use_local_flink"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(m_hint);
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::kPanelPadding);
    line->addWidget(buildList());
    line->addWidget(m_side, 1);
    column->addLayout(line, 1);
    m_side->addWidget(buildEmbedded());
    // Below the scrolled part: it is visible, and so is its answer, wherever the form stands.
    auto* chosen = new QWidget;
    auto* below = new QVBoxLayout(chosen);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(metrics::kListPadding);
    below->addWidget(m_form, 1);
    below->addWidget(&m_form->test());
    m_side->addWidget(chosen);
    m_hint->hide();
    connectParts();
    retranslate();
}

QWidget* TargetsPage::buildList() {
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_list, 1);
    for (const auto& [engine, button] : m_add) column->addWidget(button);
    column->addWidget(m_remove);
    return part;
}

QWidget* TargetsPage::buildEmbedded() {
    auto* offered = new QVBoxLayout(m_offer);
    offered->setContentsMargins(0, metrics::kPanelPadding, 0, 0);
    offered->setSpacing(metrics::kGrid);
    for (QLabel* command : {m_offerCommand, m_sparkCommand})
        command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    offered->addWidget(m_offerWords);
    offered->addWidget(m_offerCommand);
    offered->addWidget(m_useLocal, 0, Qt::AlignLeft);
    offered->addSpacing(metrics::kGrid);
    offered->addWidget(m_sparkWords);
    offered->addWidget(m_sparkCommand);
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    column->addWidget(m_embeddedTitle);
    column->addWidget(m_embeddedWords);
    column->addWidget(m_offer);
    column->addStretch(1);
    return part;
}

void TargetsPage::connectParts() {
    connect(&m_targets, &TargetList::changed, this, &TargetsPage::follow);
    connect(m_list, &QListWidget::currentRowChanged, this, &TargetsPage::choose);
    for (const auto& [engine, button] : m_add) {
        connect(button, &QPushButton::clicked, this,
                [this, made = engine] { add(backendOf(made).usualTarget(), fromView(engineName(made))); });
    }
    connect(m_useLocal, &QPushButton::clicked, this,
            [this] { add(localFlink(), tr("Flink on this computer")); });
    connect(m_remove, &QPushButton::clicked, this, &TargetsPage::askToRemove);
    connect(m_hint, &HintBox::actionTriggered, this, &TargetsPage::act);
    connect(m_form, &TargetForm::edited, this, &TargetsPage::store);
    connect(m_form, &TargetForm::tokenStored, this, &TargetsPage::storeToken);
    connect(m_form, &TargetForm::tokenNotStored, this,
            [this](const QString& what, const QString& mend) { say(Said::NotStored, what, mend); });
    connect(m_form, &TargetForm::settled, this, &TargetsPage::settled);
}

QString TargetsPage::id() const {
    return QStringLiteral("targets");
}

QString TargetsPage::title() const {
    return tr("Targets");
}

void TargetsPage::leaveField() {
    m_form->leaveField();
}

bool TargetsPage::isStoring() const {
    return m_form->isStoring();
}

void TargetsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

/// The list follows the file; the chosen target stays chosen.
void TargetsPage::follow() {
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    m_list->addItem(tr("Embedded engine"));
    int row = 0;
    for (const Target& target : m_targets.targets()) {
        m_list->addItem(shownText(QString::fromStdString(target.name)));
        if (target.name == m_chosen) row = m_list->count() - 1;
    }
    if (row == 0) m_chosen.clear();
    m_list->setCurrentRow(row);
    const Status& trouble = m_targets.trouble();
    for (const auto& [engine, button] : m_add) button->setEnabled(trouble.ok());
    m_useLocal->setEnabled(trouble.ok());
    if (!trouble.ok()) {
        say(Said::Trouble, translated(trouble.error().message), translated(trouble.error().fix));
    } else if (m_said == Said::Trouble || m_said == Said::MayRemove) {
        say(Said::Nothing);
    }
    showChosen();
}

void TargetsPage::choose(int row) {
    const auto& targets = m_targets.targets();
    const auto place = static_cast<std::size_t>(std::max(row - 1, 0));
    m_chosen = row > 0 && place < targets.size() ? targets[place].name : std::string();
    if (m_said != Said::Trouble) say(Said::Nothing);
    showChosen();
}

// A target that could not be stored is none of the targets; the message on that stays.
void TargetsPage::chooseAgain(const std::string& target) {
    m_chosen = target;
    follow();
}

const Target* TargetsPage::chosen() const {
    return m_chosen.empty() ? nullptr : m_targets.named(QString::fromStdString(m_chosen));
}

void TargetsPage::showChosen() {
    const Target* target = chosen();
    m_remove->setEnabled(target != nullptr);
    m_offer->setVisible(m_targets.targets().empty() && m_targets.trouble().ok());
    m_side->setCurrentIndex(target != nullptr ? 1 : 0);
    if (target == nullptr) return;
    QStringList others;
    for (const Target& other : m_targets.targets()) {
        if (other.name != m_chosen) others << QString::fromStdString(other.name);
    }
    m_form->setTarget(*target, others);
}

void TargetsPage::add(Target target, const QString& name) {
    leaveField();
    QString free = name;
    for (int number = 2; m_targets.named(free) != nullptr; ++number)
        free = QStringLiteral("%1 %2").arg(name).arg(number);
    target.name = free.toStdString();
    std::vector<Target> targets = m_targets.targets();
    targets.push_back(target);
    const std::string before = std::exchange(m_chosen, target.name);
    if (!set(std::move(targets))) return chooseAgain(before);
    m_form->focusName();
}

void TargetsPage::store(const Target& target) {
    std::vector<Target> targets = m_targets.targets();
    const auto place = std::find_if(targets.begin(), targets.end(),
                                    [this](const Target& each) { return each.name == m_chosen; });
    if (place == targets.end()) return;
    *place = target;
    const std::string before = std::exchange(m_chosen, target.name);
    if (!set(std::move(targets))) chooseAgain(before);
}

void TargetsPage::storeToken(const QString& name, const QString& entry) {
    const std::string added = entry.toStdString();
    std::vector<Target> targets = m_targets.targets();
    const auto place = std::find_if(targets.begin(), targets.end(), [&name](const Target& each) {
        return QString::fromStdString(each.name) == name;
    });
    const bool there = place != targets.end();
    SecretRef* const token = there ? tokenOf(*place) : nullptr;
    if (token != nullptr) *token = {SecretRef::Kind::Keyring, added};
    const bool kept = token != nullptr && set(std::move(targets));
    // A secret that nothing asks for does not stay.
    if (!kept && entriesOf(m_targets.targets()).count(added) == 0) forget(added);
}

bool TargetsPage::set(std::vector<Target> targets) {
    const std::set<std::string> before = entriesOf(m_targets.targets());
    const Status status = m_targets.set(std::move(targets));
    if (!status.ok()) {
        say(Said::NotStored, translated(status.error().message), translated(status.error().fix));
        return false;
    }
    if (m_said == Said::NotStored) say(Said::Nothing);
    const std::set<std::string> now = entriesOf(m_targets.targets());
    for (const std::string& entry : before) {
        if (now.count(entry) == 0) forget(entry);
    }
    return true;
}

void TargetsPage::forget(const std::string& entry) {
    typedSecrets().forget({SecretRef::Kind::Keyring, entry});
    if (m_secrets.write == nullptr) return;
    m_worker.start([entry, write = m_secrets.write] { static_cast<void>(write(entry, {})); });
}

void TargetsPage::askToRemove() {
    const Target* target = chosen();
    if (target == nullptr) return;
    const bool keyring = tokenIn(*target).kind == SecretRef::Kind::Keyring;
    say(Said::MayRemove, tr("Remove “%1”?").arg(shownText(QString::fromStdString(target->name))),
        !outlivesUs(target->engine) ? tr("A run there that this window shows ends.")
        : keyring ? tr("Its token is taken out of the keyring, too. Jobs that run there go on.")
                  : tr("Jobs that run there go on."));
}

void TargetsPage::remove() {
    std::vector<Target> targets = m_targets.targets();
    targets.erase(std::remove_if(targets.begin(), targets.end(),
                                 [this](const Target& each) { return each.name == m_chosen; }),
                  targets.end());
    set(std::move(targets));
    m_list->setFocus();
}

void TargetsPage::say(Said what, const QString& title, const QString& words) {
    m_said = what;
    QStringList links;
    if (what == Said::Trouble) links << tr("Read it again");
    if (what == Said::MayRemove) links << tr("Remove") << tr("Keep");
    if (what != Said::Nothing)
        m_hint->set(what == Said::MayRemove ? HintBox::Kind::Warn : HintBox::Kind::Error, title, words,
                    links);
    m_hint->setVisible(what != Said::Nothing);
}

void TargetsPage::act(int link) {
    if (m_said == Said::Trouble) return m_targets.reload();
    const bool remove = m_said == Said::MayRemove && link == 0;
    say(Said::Nothing);
    if (remove) this->remove();
}

void TargetsPage::retranslate() {
    m_list->setAccessibleName(tr("Targets"));
    for (const auto& [engine, button] : m_add)
        button->setText(tr("Add a %1").arg(fromView(engineName(engine))));
    m_remove->setText(tr("Remove"));
    m_embeddedTitle->setText(tr("Embedded engine"));
    m_embeddedWords->setText(
        tr("Runs pipelines in this program, on this computer. It is always there and needs nothing."));
    m_offerWords->setText(
        tr("No cluster is known yet. In Rillwright's source folder, this starts a Flink that listens on "
           "this computer alone:"));
    m_offerCommand->setText(QStringLiteral("app/cluster flink up"));
    m_useLocal->setText(tr("Use a Flink on this computer"));
    m_sparkWords->setText(
        tr("This fetches a Spark, and says which spark-submit to enter when you add it here:"));
    m_sparkCommand->setText(QStringLiteral("app/cluster spark up"));
    const Theme& theme = Theme::of(this);
    m_list->setFixedWidth(theme.scaled(kListWidth));
    setMinimumHeight(theme.scaled(kPageHeight));
    if (m_said == Said::NotStored || m_said == Said::MayRemove) say(Said::Nothing);
    follow();
}

}  // namespace rw::ui
