#include "widgets/clusters/compare_panel.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <algorithm>
#include <initializer_list>
#include <optional>

#include "core/compare/report_text.h"
#include "widgets/clusters/compare_session.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/issues/issue_list.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kCompareFacts{.id = "compare", .icon = "compare", .shortcut = "Alt+7", .place = 7};
constexpr int kClockTick = 1'000;
constexpr int kWidestCell = 240, kLeastEngine = 72, kWidestEngine = 176;
constexpr int kFittedRows = 50;     ///< columns are as wide as these need: all would take long
constexpr Millis kTellAge = 5'000;  ///< of one that runs, from here on

QString sentence(QString words) {
    if (!words.isEmpty()) words[0] = words[0].toUpper();
    return words;
}

int different(const CompareReport& report) {
    return static_cast<int>(std::count_if(report.nodes.begin(), report.nodes.end(),
                                          [](const ComparedNode& node) { return !node.difference.same(); }));
}

}  // namespace

ComparePanel::ComparePanel(const PaneParts& parts, CompareSession& session, TargetList& targets,
                           ClusterSession& cluster)
    : Pane(kCompareFacts),
      m_document(parts.document),
      m_session(session),
      m_targets(targets),
      m_cluster(cluster),
      m_found(parts.document),
      m_refusals(parts.document),
      m_entry(addEntry(MainMenu::Tools, "compare", {}, [this] { askFor(); })),
      m_tools(new QWidget(this)),
      m_a(new QComboBox(m_tools)),
      m_b(new QComboBox(m_tools)),
      m_with(new QLabel(m_tools)),
      m_begin(new QPushButton(m_tools)),
      m_cancel(new QPushButton(m_tools)),
      m_copy(new IconButton(QStringLiteral("copy"), {}, m_tools)),
      m_results(new QSplitter(Qt::Horizontal, this)),
      m_list(new QTableView),
      m_table(new QTableView),
      m_words(new QLabel),
      m_wordsArea(new QScrollArea),
      m_problems(new IssueList(parts.document, m_refusals, this)),
      m_goText(m_problems->addKey(QStringLiteral("↵"))),
      m_fixText(m_problems->addKey(QStringLiteral("Alt ↵"))),
      m_empty(new EmptyState(this)),
      m_pages(new QStackedLayout(this)),
      m_ageing(*this, kClockTick) {
    makeTools();
    makeResults();
    for (QWidget* page : std::initializer_list<QWidget*>{m_results, m_problems, m_empty})
        m_pages->addWidget(page);
    m_pages->setCurrentWidget(m_empty);
    connectParts();
    retranslate();
    resizeTools();
    refreshPresence();
    refreshEntry();
}

QString ComparePanel::title() const {
    return tr("&Compare");
}

void ComparePanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 2, metrics::kGrid, 2);
    row->setSpacing(metrics::kGrid);
    for (QComboBox* engine : {m_a, m_b}) engine->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_with->setProperty("role", "dim");
    m_begin->setObjectName(QStringLiteral("compareButton"));
    m_cancel->setObjectName(QStringLiteral("endCompareButton"));
    m_cancel->hide();
    for (QWidget* tool : std::initializer_list<QWidget*>{m_a, m_with, m_b, m_begin, m_cancel, m_copy})
        row->addWidget(tool);
}

void ComparePanel::makeResults() {
    m_list->setModel(&m_found);
    applyTableStyle(*m_list);
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(*m_list, {{Of::Words, 168}, {Of::Words, 168, 1}});
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setModel(&m_rows);
    m_table->setHorizontalHeader(new TypedHeader(m_table));
    applyTableStyle(*m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->horizontalHeader()->setResizeContentsPrecision(kFittedRows);
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_words->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    m_wordsArea->setFrameShape(QFrame::NoFrame);
    m_wordsArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_wordsArea->setWidgetResizable(true);
    m_wordsArea->setWidget(m_words);
    m_wordsArea->installEventFilter(this);
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_wordsArea);
    column->addWidget(m_table, 1);
    column->addStretch();
    m_results->addWidget(m_list);
    m_results->addWidget(right);
    m_results->setStretchFactor(0, 2);
    m_results->setStretchFactor(1, 3);
    m_results->setHandleWidth(1);
    m_results->setChildrenCollapsible(false);
}

void ComparePanel::connectParts() {
    connect(m_begin, &QPushButton::clicked, this, &ComparePanel::begin);
    connect(m_cancel, &QPushButton::clicked, &m_session, &CompareSession::cancel);
    connect(m_copy, &IconButton::clicked, this, &ComparePanel::copy);
    connect(m_b, &QComboBox::activated, this, [this] { m_byHand = true; });
    for (QComboBox* engine : {m_a, m_b})
        connect(engine, &QComboBox::activated, this, &ComparePanel::showRightPage);
    connect(copyAction(*m_list), &QAction::triggered, this, &ComparePanel::copy);
    connect(copyAction(*m_table), &QAction::triggered, this, &ComparePanel::copyRows);
    connect(m_list, &QTableView::activated, this,
            [this](const QModelIndex& index) { goToNode(index.row()); });
    connect(m_table, &QTableView::activated, this, [this] { goToNode(chosenRow()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (isOn()) showChosen();
    });
    connect(m_empty, &EmptyState::actionTriggered, this, &ComparePanel::onEmptyAction);
    connect(&m_session, &CompareSession::changed, this, &ComparePanel::onSession);
    connect(&m_session, &CompareSession::ended, this, [this] { Q_EMIT told(summary()); });
    connect(&m_session, &CompareSession::progressed, this, [this] {
        if (isOn()) showProgress();
    });
    connect(&m_ageing, &Ticker::ticked, this, &ComparePanel::showProgress);
    connect(&m_document, &PipelineDocument::changed, this, &ComparePanel::onDocument);
    connect(&m_targets, &TargetList::changed, this, [this] {
        refreshPresence();
        if (isOn()) refresh();
    });
    connect(&m_cluster, &ClusterSession::targetChanged, this, [this] {
        if (isOn()) refresh();
    });
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_found.refresh();
        m_rows.refresh();
        resizeTools();
        fitColumns(*m_table, Theme::of(this).scaled(kWidestCell));
        placeWords();
    });
}

void ComparePanel::onActivated() {
    refresh();
}

void ComparePanel::askFor() {
    m_asked = true;
    refreshPresence();
    Q_EMIT openRequested();
}

void ComparePanel::refreshPresence() {
    setPresent(m_asked || !m_targets.targets().empty());
}

void ComparePanel::refreshEntry() {
    m_entry->setEnabled(!m_document.pipeline().nodes.empty());
}

void ComparePanel::onDocument(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    refreshEntry();
    const bool listed = change.kind == Kind::TitleChanged || change.kind == Kind::NodesAdded ||
                        change.kind == Kind::NodesRemoved || change.kind == Kind::Reset;
    if (isOn() && listed) refresh();
}

void ComparePanel::onSession() {
    const std::shared_ptr<const CompareReport> report = m_session.report();
    int count = m_session.failure().ok() ? 0 : 1;
    if (report) count = different(*report) + static_cast<int>(report->refusals.size());
    setCount(count);
    if (isOn()) refresh();
}

CompareSide ComparePanel::sideOf(const QComboBox& box) const {
    CompareSide side;
    side.name = kEmbeddedSide;
    const Target* target = m_targets.named(box.currentData().toString());
    if (target == nullptr) return side;
    side.name = target->name;
    side.target = *target;
    return side;
}

void ComparePanel::fillEngines(QComboBox& box, const QString& chosen) const {
    const QSignalBlocker quiet(box);
    box.clear();
    box.addItem(tr("Embedded"), QString());
    for (const Target& target : m_targets.targets())
        box.addItem(targetLine(target), QString::fromStdString(target.name));
    box.setCurrentIndex(std::max(0, box.findData(chosen)));
}

// A choice by hand stays as long as it is there; else it is the target that the pipeline is for.
void ComparePanel::fillEngines() {
    const auto& targets = m_targets.targets();
    const QString chosen = m_b->currentData().toString();
    const std::optional<Target> target = m_cluster.target();
    QString second = targets.empty() ? QString() : QString::fromStdString(targets.front().name);
    if (target) second = QString::fromStdString(target->name);
    const bool there = chosen.isEmpty() || m_targets.named(chosen) != nullptr;
    m_byHand = m_byHand && there;
    fillEngines(*m_a, m_a->currentData().toString());
    fillEngines(*m_b, m_byHand ? chosen : second);
}

void ComparePanel::begin() {
    if (m_session.isActive() || m_document.pipeline().nodes.empty()) return;
    m_asked = true;  // a visible panel stays, with or without targets
    m_preferred = false;
    m_session.start(sideOf(*m_a), sideOf(*m_b));
}

bool ComparePanel::hasProblems() const {
    const std::shared_ptr<const CompareReport> report = m_session.report();
    return !m_session.failure().ok() || (report && !report->refusals.empty());
}

void ComparePanel::refresh() {
    fillEngines();
    const std::shared_ptr<const CompareReport> report = m_session.report();
    const ComparedSides sides = sidesOf(m_session.a(), m_session.b());
    if (!m_session.failure().ok()) {
        m_refusals.set(m_session.failure().error());
    } else {
        m_refusals.set(report ? report->refusals : std::vector<CompareRefusal>());
    }
    m_found.set(hasProblems() ? nullptr : report, sides);
    if (report && !hasProblems() && !m_preferred && m_found.rowCount() > 0) {
        m_preferred = true;
        m_list->selectRow(std::max(0, m_found.firstDifferent()));
    }
    refreshTools();
    showRightPage();
    showChosen();
}

void ComparePanel::refreshTools() {
    const bool active = m_session.isActive();
    const bool hadKeyboard = m_begin->hasFocus() || m_cancel->hasFocus();
    m_a->setEnabled(!active);
    m_b->setEnabled(!active);
    m_begin->setEnabled(!m_document.pipeline().nodes.empty());
    QPushButton* shown = active ? m_cancel : m_begin;
    shown->show();
    if (hadKeyboard) shown->setFocus(Qt::OtherFocusReason);  // before Qt gives it to the next widget
    (active ? m_begin : m_cancel)->hide();
    m_copy->setEnabled(m_session.state() == CompareSession::State::Done);
}

void ComparePanel::showRightPage() {
    if (!isOn()) return;
    const bool active = m_session.isActive();
    m_ageing.setNeeded(active);
    if (active) return showProgress();
    if (hasProblems()) return turnTo(*m_pages, m_pages->indexOf(m_problems), &m_problems->table());
    if (m_session.report()) return turnTo(*m_pages, m_pages->indexOf(m_results), m_list);
    showNothing();
    turnTo(*m_pages, m_pages->indexOf(m_empty), m_empty);
}

void ComparePanel::showProgress() {
    if (!m_session.isActive()) return;
    const ComparedSides sides = sidesOf(m_session.a(), m_session.b());
    if (m_session.state() == CompareSession::State::Ending) {
        m_empty->set(QStringLiteral("hourglass"), tr("Ending the comparison"),
                     tr("Jobs are cancelled and copies of rows deleted."));
    } else {
        const Millis age = m_session.startedAt().msecsTo(QDateTime::currentDateTime());
        QStringList words{sentence(translated(m_session.doing()))};
        if (age >= kTellAge) words << wholeAgeText(age);
        words.removeAll(QString());
        m_empty->set(QStringLiteral("hourglass"), tr("Comparing %1 with %2").arg(sides.a, sides.b),
                     words.join(QStringLiteral(" · ")), tr("Cancel the comparison"));
    }
    turnTo(*m_pages, m_pages->indexOf(m_empty), m_empty);
}

void ComparePanel::showNothing() {
    const QString icon = QStringLiteral("compare");
    const QString what =
        tr("The pipeline runs on both with the same rows of its files, and what differs is listed row by "
           "row, with the cause. Sinks write nothing. It is compared as it is on the canvas, saved or not.");
    if (m_document.pipeline().nodes.empty()) {
        m_empty->set(icon, tr("Nothing to compare yet"), tr("Draw a pipeline that reads files."));
    } else if (m_session.wasCancelled()) {
        m_empty->set(icon, tr("The comparison was ended"), tr("Nothing was written."), tr("Compare again"));
    } else if (m_targets.targets().empty()) {
        m_empty->set(icon, tr("There is no other engine to compare with"),
                     tr("Add a Flink or a Spark as a target.") + u' ' + what, tr("Add a target…"));
    } else {
        m_empty->set(icon, tr("Do both engines give the same rows?"), what, tr("Compare them"));
    }
}

void ComparePanel::onEmptyAction() {
    if (m_session.isActive()) return m_session.cancel();
    if (m_targets.targets().empty() && !m_session.wasCancelled()) {
        Q_EMIT targetsRequested();
        return;
    }
    begin();
}

int ComparePanel::chosenRow() const {
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

void ComparePanel::showChosen() {
    const int row = chosenRow();
    const ComparedNode* node = m_found.node(row);
    const bool differs = node != nullptr && !node->difference.same();
    const ComparedSides sides = sidesOf(m_session.a(), m_session.b());
    const bool other = m_rows.set(m_session.report(), differs ? node : nullptr, sides);
    QStringList words;
    if (m_session.isOutdated()) words << tr("The pipeline was changed since. Compare again.");
    if (row >= 0) words << m_found.words(row);
    if (m_rows.isCut())
        words << tr("Of each kind the first %1 rows are listed.").arg(countText(DifferenceModel::kMost));
    m_words->setText(shownLines(words.join(QLatin1Char('\n')), kTipLength));
    m_table->setVisible(differs);
    if (differs && other) fitColumns(*m_table, Theme::of(this).scaled(kWidestCell));
    placeWords();
}

// All words are seen while they take no more than half of the panel; then they scroll.
void ComparePanel::placeWords() {
    const int needed = m_words->heightForWidth(std::max(1, m_wordsArea->viewport()->width()));
    const int most = m_table->isHidden() ? height() : height() / 2;
    if (needed <= most) return m_wordsArea->setFixedHeight(std::max(metrics::kMinimumTarget, needed));
    // Whole lines: one that is cut along looks like a fault.
    const int line = m_words->fontMetrics().lineSpacing(), top = m_words->contentsMargins().top();
    m_wordsArea->setFixedHeight(std::max(metrics::kMinimumTarget, top + (most - top) / line * line));
}

void ComparePanel::goToNode(int row) {
    if (row < 0 || row >= m_found.rowCount()) return;
    const NodeId node = m_found.nodeOf(row);
    if (m_document.node(node) != nullptr) m_document.selection().reveal(node);
}

QString ComparePanel::asText() const {
    const CompareSide &a = m_session.a(), &b = m_session.b();
    if (const auto report = m_session.report())
        return QString::fromStdString(compareText(*report, comparedNames(a.name, b.name)));
    if (m_session.failure().ok()) return {};
    return QStringLiteral("error: %1\n").arg(QString::fromStdString(english(m_session.failure().error())));
}

void ComparePanel::copy() const {
    const QString text = asText();
    if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
}

void ComparePanel::copyRows() const {
    std::vector<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    QGuiApplication::clipboard()->setText(m_rows.text(rows));
}

QString ComparePanel::summary() const {
    const auto report = m_session.report();
    const ComparedSides sides = sidesOf(m_session.a(), m_session.b());
    if (!report) return tr("The comparison failed: %1").arg(translated(m_session.failure().error().message));
    if (!report->refusals.empty())
        return tr("Nothing was compared, for %n reasons", nullptr, static_cast<int>(report->refusals.size()));
    if (report->same()) return tr("%1 and %2 give the same rows").arg(sides.a, sides.b);
    return tr("%1 and %2 differ at %n nodes", nullptr, different(*report)).arg(sides.a, sides.b);
}

void ComparePanel::retranslate() {
    m_entry->setText(tr("&Compare engines…"));
    m_a->setAccessibleName(tr("First engine"));
    m_b->setAccessibleName(tr("Second engine"));
    m_with->setText(tr("with"));
    m_begin->setText(tr("Compare"));
    m_cancel->setText(tr("Cancel"));
    m_copy->setLabel(tr("Copy as text, as the command line prints it"));
    m_list->setAccessibleName(tr("What was compared"));
    m_table->setAccessibleName(tr("Rows that differ"));
    m_wordsArea->setAccessibleName(tr("Causes"));
    m_problems->table().setAccessibleName(tr("Why nothing was compared"));
    m_goText->setText(tr("Enter goes to the node"));
    m_fixText->setText(tr("Apply the quick fix"));
    m_found.refresh();
    m_rows.refresh();
    m_refusals.refresh();
    refresh();
}

bool ComparePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_wordsArea && event->type() == QEvent::Resize && isOn()) placeWords();
    return Pane::eventFilter(watched, event);
}

void ComparePanel::resizeEvent(QResizeEvent* event) {
    Pane::resizeEvent(event);
    placeWords();
}

void ComparePanel::resizeTools() {
    const Theme& theme = Theme::of(this);
    for (QComboBox* engine : {m_a, m_b}) {
        engine->setMinimumWidth(theme.scaled(kLeastEngine));
        engine->setMaximumWidth(theme.scaled(kWidestEngine));
    }
}

}  // namespace rw::ui
