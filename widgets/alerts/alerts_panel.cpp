#include "widgets/alerts/alerts_panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "core/base/figures.h"
#include "core/connect/alerts/alert_words.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/pane/front.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/session/words/alert_text.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kAlertsFacts{.id = "alerts", .icon = "bell", .shortcut = "Alt+0", .place = 10};
constexpr int kTick = 1'000;
constexpr qsizetype kNameLength = 60;
constexpr Millis kMinute = 60'000, kHour = 60 * kMinute;

}  // namespace

AlertsPanel::AlertsPanel(const PaneParts& parts)
    : Pane(kAlertsFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_feed(parts.session.alerts()),
      m_model(parts.session.alerts(), parts.document),
      m_acknowledge(
          addEntry(MainMenu::Tools, "acknowledge", QKeySequence(Qt::Key_K), [this] { acknowledge(); })),
      m_silence(addEntry(MainMenu::Tools, "silence", QKeySequence(Qt::Key_S), [this] { silenceHour(); })),
      m_tools(new QWidget(this)),
      m_which(new SegmentedControl(m_tools)),
      m_acknowledgeTool(new IconButton(QStringLiteral("eye"), {}, m_tools)),
      m_silenceTool(new IconButton(QStringLiteral("bell-off"), {}, m_tools)),
      m_copyTool(new IconButton(QStringLiteral("copy"), {}, m_tools)),
      m_table(new QTableView),
      m_silences(new QPushButton),
      m_left(new ElidedLabel),
      m_foot(new QWidget(this)),
      m_keys(new AlertKeys),
      m_empty(new EmptyState(this)),
      m_ageing(*this, kTick) {
    makeTools();
    makeTable();
    makeActions();
    auto* pages = new QWidget(this);
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_pages->setCurrentWidget(m_empty);
    makeFoot();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(pages, 1);
    column->addWidget(m_foot);
    connectParts();
    retranslate();
    setCount(m_feed.open());
}

QString AlertsPanel::title() const {
    return tr("Al&erts");
}

void AlertsPanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 2, metrics::kGrid, 2);
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_which);
    for (IconButton* each : {m_acknowledgeTool, m_silenceTool, m_copyTool}) row->addWidget(each);
}

// Single letters: they work while the list has the keyboard.
void AlertsPanel::makeActions() {
    for (QAction* action : {m_acknowledge, m_silence}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_table->addAction(action);
        onlyWhileOn(action);
    }
}

void AlertsPanel::makeTable() {
    m_table->setModel(&m_model);
    applyTableStyle(*m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(*m_table, {{Of::Figures, 128},
                                  {Of::Words, 120, 1},
                                  {Of::Words, 88, 1},
                                  {Of::Figures, 144},
                                  {Of::Figures, 80},
                                  {Of::Figures, 72},
                                  {Of::Words, 136, 2},
                                  {Of::Words, 216, 3}});
}

// Silences are there without an alert, too.
void AlertsPanel::makeFoot() {
    auto* row = new QHBoxLayout(m_foot);
    row->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding, metrics::kStep);
    row->setSpacing(metrics::kGrid);
    m_silences->setProperty("role", "flat");
    m_silences->setProperty("controlSize", "small");
    m_silences->setObjectName(QStringLiteral("silences"));
    m_silences->hide();
    m_left->setElideMode(Qt::ElideRight);
    m_left->setProperty("role", "warn");
    m_left->hide();
    row->addWidget(m_silences);
    row->addWidget(m_left);
    row->addStretch();
    row->addWidget(m_keys);
}

void AlertsPanel::connectParts() {
    connect(&m_feed, &AlertFeed::changed, this, &AlertsPanel::onAlerts);
    connect(&m_feed, &AlertFeed::asked, this, &AlertsPanel::showEntry);
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        followAges();
        if (isOn()) showRightPage();
    });
    connect(&m_document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        using Kind = DocumentChange::Kind;
        if (!isOn()) return;
        if (change.kind == Kind::TitleChanged) m_model.refresh();
        if (change.kind == Kind::Reset || change.kind == Kind::NodesAdded ||
            change.kind == Kind::NodesRemoved)
            showRightPage();
    });
    connect(&m_ageing, &Ticker::ticked, this, [this] {
        m_ageing.setNeeded(ages());
        m_feed.refresh();
    });
    connect(m_which, &SegmentedControl::chosen, this, [this](int index) {
        m_model.setOnlyOpen(index == 1);
        showRightPage();
    });
    connect(m_acknowledgeTool, &QToolButton::clicked, this, &AlertsPanel::acknowledge);
    connect(m_silenceTool, &QToolButton::clicked, this, [this] {
        QMenu menu(this);
        addSilences(menu, chosenTargets(false));
        menu.exec(m_silenceTool->mapToGlobal(QPoint(0, m_silenceTool->height())));
    });
    connect(m_copyTool, &QToolButton::clicked, this, &AlertsPanel::copy);
    connect(m_silences, &QPushButton::clicked, this, [this] {
        QMenu menu(this);
        for (const AlertBoard::Silence& each : m_feed.look().silences) {
            const Target target{each.node, each.key};
            QAction* lift = menu.addAction(labelText(tr("Lift the silence of %1").arg(nameOf(target))));
            connect(lift, &QAction::triggered, this, [this, target] { silence({target}, 0); });
        }
        menu.exec(m_silences->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
    });
    connect(m_empty, &EmptyState::actionTriggered, this, &AlertsPanel::onEmptyAction);
    connect(copyAction(*m_table), &QAction::triggered, this, &AlertsPanel::copy);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) { goTo(index.row()); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &AlertsPanel::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AlertsPanel::refreshTools);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &AlertsPanel::refreshTools);
    connect(&Theme::of(this), &Theme::changed, &m_model, &AlertsModel::refresh);
}

void AlertsPanel::onActivated() {
    m_model.refresh();  // titles may be others
    list();
    m_feed.refresh();
    followAges();
}

// How long an alert lasts is told while event time goes on, and when a target is tried again.
bool AlertsPanel::ages() const {
    const RunSession::State state = m_session.state();
    if (!isOn() || !m_feed.board()) return false;
    if (m_session.isActive() && state != RunSession::State::Paused) return true;
    const auto& entries = m_feed.look().entries;
    return std::any_of(entries.begin(), entries.end(), [](const AlertBoard::Entry& entry) {
        return std::any_of(entry.deliveries.begin(), entry.deliveries.end(), [](const AlertDelivery& each) {
            return each.state == AlertDelivery::State::Waiting ||
                   each.state == AlertDelivery::State::Retrying;
        });
    });
}

void AlertsPanel::followAges() {
    if (ages()) m_ageing.setNeeded(true);
}

void AlertsPanel::onAlerts() {
    setCount(m_feed.open());
    followAges();
    if (isOn()) list();
}

// Those that are chosen stay chosen, wherever they are by now.
void AlertsPanel::list() {
    const std::vector<std::uint64_t> before = chosen();
    m_model.update();
    if (chosen() != before) choose(before);
    showRightPage();
}

std::vector<std::uint64_t> AlertsPanel::chosen() const {
    std::vector<std::uint64_t> entries;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        entries.push_back(m_model.at(index.row()).number);
    std::sort(entries.begin(), entries.end());
    return entries;
}

void AlertsPanel::choose(const std::vector<std::uint64_t>& entries) {
    QItemSelection wanted;
    for (const std::uint64_t entry : entries) {
        const int row = m_model.rowOf(entry);
        if (row < 0) continue;
        wanted.select(m_model.index(row, 0), m_model.index(row, AlertsModel::ColumnCount - 1));
    }
    m_table->selectionModel()->select(wanted, QItemSelectionModel::ClearAndSelect);
    if (wanted.isEmpty()) return;
    m_table->selectionModel()->setCurrentIndex(wanted.indexes().first(), QItemSelectionModel::NoUpdate);
}

std::vector<std::uint64_t> AlertsPanel::toAcknowledge() const {
    std::vector<std::uint64_t> entries = chosen();
    std::erase_if(entries, [this](std::uint64_t entry) {
        const int row = m_model.rowOf(entry);
        if (row < 0) return true;
        const AlertSign sign = m_model.signOf(row);
        return sign != AlertSign::Alert && sign != AlertSign::NoData && sign != AlertSign::Silenced;
    });
    return entries;
}

std::vector<AlertsPanel::Target> AlertsPanel::chosenTargets(bool wholeRules) const {
    std::vector<Target> targets;
    std::set<Target> known;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        const Alert& alert = m_model.at(index.row()).alert;
        Target target{alert.node, wholeRules ? std::vector<AlertKeyPart>() : alert.key};
        if (known.insert(target).second) targets.push_back(std::move(target));
    }
    return targets;
}

QString AlertsPanel::nameOf(const Target& target) const {
    const Node* node = m_document.node(target.first);
    const AlertBoard::RuleState* rule = m_feed.ruleOf(target.first);
    const QString title = shownText(node != nullptr   ? titleOf(*node)
                                    : rule != nullptr ? QString::fromStdString(rule->rule.title)
                                                      : QString::fromStdString(target.first),
                                    kNameLength);
    if (target.second.empty()) return tr("“%1”").arg(title);
    return tr("“%1”, %2")
        .arg(title, shownText(QString::fromStdString(alertKeyText(target.second)), kNameLength));
}

void AlertsPanel::acknowledge() {
    m_feed.acknowledge(toAcknowledge());
}

void AlertsPanel::silenceHour() {
    silence(chosenTargets(false), systemClock()->now() + kHour);
}

void AlertsPanel::silence(const std::vector<Target>& targets, Instant until) {
    std::vector<AlertBoard::Silence> silences;
    for (const Target& target : targets) silences.push_back({target.first, target.second, until});
    m_feed.silenceAll(std::move(silences));
}

void AlertsPanel::goTo(int row) {
    if (row < 0 || row >= m_model.rowCount()) return;
    const Alert& alert = m_model.at(row).alert;
    if (hasMoment(alert)) return goToMoment(sinceOf(alert));
    goToNode(alert.node);
}

void AlertsPanel::goToNode(const NodeId& node) {
    if (m_document.node(outermost(node)) != nullptr) m_document.selection().reveal(outermost(node));
}

void AlertsPanel::goToMoment(Instant moment) {
    if (!m_session.tape().replay.isEmpty()) return m_session.seek(moment);
    m_feed.askMoment(moment);
}

void AlertsPanel::showEntry(std::uint64_t entry) {
    Q_EMIT openRequested();
    list();
    if (m_model.rowOf(entry) < 0) {
        m_which->setCurrentIndex(0);
        m_model.setOnlyOpen(false);
        showRightPage();
    }
    const int row = m_model.rowOf(entry);
    if (row < 0) return;
    choose({entry});
    m_table->scrollTo(m_model.index(row, 0));
    bringToFront(*this);
}

void AlertsPanel::copy() const {
    QGuiApplication::clipboard()->setText(m_model.text());
}

void AlertsPanel::addSilences(QMenu& menu, const std::vector<Target>& targets) {
    const std::vector<Target> rules = chosenTargets(true);
    fillSilences(menu, targets);
    if (rules != targets) {
        menu.addSeparator();
        fillSilences(*menu.addMenu(rules.size() == 1 ? labelText(tr("All of %1").arg(nameOf(rules.front())))
                                                     : tr("All of these &rules")),
                     rules);
    }
    const bool silenced = std::any_of(targets.begin(), targets.end(), [this](const Target& target) {
        Alert alert;
        alert.node = target.first;
        alert.key = target.second;
        return m_feed.silenceOf(alert) != nullptr;
    });
    if (!silenced) return;
    menu.addSeparator();
    connect(menu.addAction(tr("&Lift the silence")), &QAction::triggered, this, [this, targets, rules] {
        silence(targets, 0);
        silence(rules, 0);
    });
}

void AlertsPanel::fillSilences(QMenu& menu, const std::vector<Target>& targets) {
    const auto add = [this, &menu, &targets](const QString& words, Millis length) {
        connect(menu.addAction(words), &QAction::triggered, this, [this, targets, length] {
            silence(targets, length == 0 ? kMaxTimestamp : systemClock()->now() + length);
        });
    };
    add(tr("Silence for 10 &minutes"), 10 * kMinute);
    add(tr("Silence for an &hour"), kHour);
    add(tr("Silence for 8 h&ours"), 8 * kHour);
    add(tr("Silence for a &day"), 24 * kHour);
    add(tr("Silence &until it is lifted"), 0);
}

void AlertsPanel::openMenu(QPoint at) {
    const QModelIndex index = m_table->indexAt(at);
    if (!index.isValid()) return;
    QMenu menu(this);
    const Alert alert = m_model.at(index.row()).alert;
    const NodeId node = alert.node;
    QAction* lead = menu.addAction(m_session.tape().replay.isEmpty() ? tr("Show on the &timeline")
                                                                     : tr("&Lead the replay there"));
    lead->setEnabled(hasMoment(alert));
    connect(lead, &QAction::triggered, this, [this, alert] { goToMoment(sinceOf(alert)); });
    QAction* go = menu.addAction(tr("&Go to the node"));
    go->setEnabled(m_document.node(outermost(node)) != nullptr);
    connect(go, &QAction::triggered, this, [this, node] { goToNode(node); });
    QAction* acknowledging = menu.addAction(tr("&Acknowledge"));
    acknowledging->setEnabled(!toAcknowledge().empty());
    connect(acknowledging, &QAction::triggered, this, &AlertsPanel::acknowledge);
    addSilences(*menu.addMenu(tr("&Silence")), chosenTargets(false));
    menu.addSeparator();
    const AlertBoard::RuleState* rule = m_feed.ruleOf(node);
    QAction* test = menu.addAction(tr("Send a t&est by this rule"));
    test->setEnabled(rule != nullptr && rule->rule.targets.size() > 1);  // the panel is one
    connect(test, &QAction::triggered, this, [this, node] { m_feed.sendTest(node); });
    connect(menu.addAction(tr("&Copy the list")), &QAction::triggered, this, &AlertsPanel::copy);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void AlertsPanel::refreshTools() {
    const bool any = m_table->selectionModel()->hasSelection();
    const bool unseen = !toAcknowledge().empty();
    m_acknowledge->setEnabled(unseen);
    m_acknowledgeTool->setEnabled(unseen);
    m_silence->setEnabled(any);
    m_silenceTool->setEnabled(any);
    m_copyTool->setEnabled(m_model.rowCount() > 0);
    m_keys->setEnter(enterGoes(std::max(0, m_table->currentIndex().row())));
}

AlertKeys::Enter AlertsPanel::enterGoes(int row) const {
    if (row >= m_model.rowCount()) return AlertKeys::Enter::Nowhere;
    const Alert& alert = m_model.at(row).alert;
    if (hasMoment(alert)) return AlertKeys::Enter::Moment;
    return m_document.node(outermost(alert.node)) != nullptr ? AlertKeys::Enter::Node
                                                             : AlertKeys::Enter::Nowhere;
}

void AlertsPanel::refreshFoot() {
    const AlertBoard::Look& look = m_feed.look();
    const bool listed = m_model.rowCount() > 0;
    m_keys->setVisible(listed);
    m_foot->setVisible(listed || !look.silences.empty());
    m_silences->setVisible(!look.silences.empty());
    m_silences->setText(translated(figures::counted(look.silences.size(), RW_TEXT("alerts", "1 silence…"),
                                                    RW_TEXT("alerts", "%1 silences…"))));
    m_left->setVisible(look.left > 0);
    m_left->setText(translated(figures::counted(look.left, RW_TEXT("alerts", "1 more has no room here"),
                                                RW_TEXT("alerts", "%1 more have no room here"))));
}

void AlertsPanel::showRightPage() {
    const bool empty = m_model.rowCount() == 0;
    if (empty) showNothing();
    refreshFoot();
    turnTo(*m_pages, empty ? 1 : 0, empty ? static_cast<QWidget*>(m_empty) : m_table);
    refreshTools();
}

void AlertsPanel::showNothing() {
    const QString bell = QStringLiteral("bell"), fine = QStringLiteral("check-circle");
    if (const ShownRun run = m_session.shownRun(); run.isElsewhere()) {
        m_empty->set(bell, run.lacks(RunAbility::Alerts),
                     tr("Alerts are judged in runs on this computer. Show its run again to see them."));
    } else if (m_model.onlyOpen() && !m_feed.look().entries.empty()) {
        m_empty->set(fine, tr("No alert is open"),
                     tr("All that were raised are over, acknowledged or silenced."), tr("Show all"));
    } else if (!m_feed.look().rules.empty()) {
        m_empty->set(
            fine, tr("No alert was raised"),
            translated(figures::counted(m_feed.look().rules.size(),
                                        RW_TEXT("alerts", "1 rule is judged as event time passes."),
                                        RW_TEXT("alerts", "%1 rules are judged as event time passes."))));
    } else if (std::any_of(m_document.pipeline().nodes.begin(), m_document.pipeline().nodes.end(),
                           [this](const Node& node) {
                               const NodeKind* kind = m_document.kindOf(node.id);
                               return kind != nullptr && kind->alerts;
                           })) {
        m_empty->set(bell, tr("No alerts yet"),
                     tr("The alert nodes of this pipeline are judged while it runs."));
    } else {
        m_empty->set(
            bell, tr("No alerts yet"),
            tr("An alert node tells when a condition holds. Add one from the palette, or by the bell "
               "of a chart that has a threshold."));
    }
}

void AlertsPanel::onEmptyAction() {
    m_which->setCurrentIndex(0);
    m_model.setOnlyOpen(false);
    showRightPage();
}

void AlertsPanel::retranslate() {
    m_which->setSegments({tr("All"), tr("Open")});
    m_which->setCurrentIndex(m_model.onlyOpen() ? 1 : 0);
    m_which->setAccessibleName(tr("Alerts that are shown"));
    m_acknowledge->setText(tr("Ac&knowledge the chosen alerts"));
    m_silence->setText(tr("&Silence the chosen alerts for an hour"));
    m_acknowledgeTool->setLabel(tr("Acknowledge the chosen alerts (K)"));
    m_silenceTool->setLabel(tr("Silence the chosen alerts"));
    m_copyTool->setLabel(tr("Copy the list"));
    m_table->setAccessibleName(tr("Alerts"));
    m_keys->retranslate();
    m_model.refresh();
    showRightPage();
}

}  // namespace rw::ui
