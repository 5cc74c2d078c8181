#include "widgets/lineage/why_panel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QGraphicsOpacityEffect>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/charts/chart_scheduler.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/lineage/mend_bar.h"
#include "widgets/lineage/why_form.h"
#include "widgets/session/run_session.h"
#include "widgets/session/words/kept_input_text.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kWhyFacts{.id = "lineage", .icon = "why", .shortcut = "", .place = 13, .height = 448};
constexpr int kStepsWidth = 320, kRowsWidth = 640, kBarThickness = 4;
constexpr int kLeastAnswer =
    100;  ///< high; more would hold up the dock where the tools have a row of their own

QAction* copyOf(QWidget& view) {
    auto* action = new QAction(&view);
    action->setShortcut(QKeySequence::Copy);
    action->setShortcutContext(Qt::WidgetShortcut);
    view.addAction(action);
    return action;
}

}  // namespace

WhyPanel::WhyPanel(const PaneParts& parts)
    : Pane(kWhyFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_asker(parts.document),
      m_why(addEntry(MainMenu::Pipeline, "why", QKeySequence(QStringLiteral("Ctrl+I")),
                     [this] { askCurrent(); })),
      m_missing(addEntry(MainMenu::Pipeline, "missing", {}, [this] { askMissingInHand(); })),
      m_missingOf(new QAction(this)),
      m_form(new WhyForm(parts.document, this)),
      m_input(new ElidedLabel({}, this)),
      m_progress(new QWidget(this)),
      m_cancel(new QPushButton(m_progress)),
      m_answer(new QWidget(this)),
      m_verdict(new QLabel(m_answer)),
      m_changed(new QLabel(m_answer)),
      m_mends(new MendBar(m_answer)),
      m_head(new ElidedLabel({}, m_answer)),
      m_old(new ElidedLabel({}, m_answer)),
      m_words(new ElidedLabel({}, m_answer)),
      m_again(new QPushButton(m_answer)),
      m_fade(new QGraphicsOpacityEffect(this)),
      m_whole(new QLabel(m_answer)),
      m_copy(new IconButton(QStringLiteral("copy"), {}, m_answer)),
      m_way(new IconButton(QStringLiteral("pipeline"), {}, m_answer)),
      m_steps(new QListView(m_answer)),
      m_table(new QTableView(m_answer)),
      m_all(new QPushButton(m_answer)),
      m_next(new QPushButton(m_answer)),
      m_newest(new QPushButton(m_answer)),
      m_displaced(new QPushButton(m_answer)),
      m_together(new QLabel(m_answer)),
      m_empty(new EmptyState(this)) {
    makeProgress();
    makeAnswer();
    auto* pages = new QWidget(this);
    pages->setMinimumHeight(kLeastAnswer);
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(m_answer);
    m_pages->addWidget(m_empty);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_form);
    auto* input = new QHBoxLayout;
    input->setContentsMargins(metrics::kGrid, 0, metrics::kGrid, metrics::kStep);
    input->addWidget(m_input);
    m_input->setElideMode(Qt::ElideRight);
    m_input->setProperty("role", "caption");
    m_input->hide();
    column->addLayout(input);
    column->addWidget(m_progress);
    column->addWidget(pages, 1);
    m_slow.setSingleShot(true);
    m_slow.setInterval(kSlowMillis);
    connect(&m_slow, &QTimer::timeout, this, [this] { m_progress->show(); });
    connect(&m_asker, &WhyAsker::changed, this, &WhyPanel::showAnswer);
    connect(m_form, &WhyForm::asked, this, &WhyPanel::askForm);
    connect(m_form, &WhyForm::changed, this, &WhyPanel::showAge);
    connect(m_form, &WhyForm::nodeChosen, this, &WhyPanel::dropOtherPath);
    connect(m_form, &WhyForm::changed, this, &WhyPanel::watchValues);
    m_form->field().setValues([this](const QString& name) { return valuesSeen(name); });
    m_form->setSilent([this](const PortRef& from) { return isSilent(from); });
    connect(m_missingOf, &QAction::triggered, this, [this] {
        if (const std::optional<PortRef> from = rowsOf(m_asksOf)) askMissingOf(*from, {});
    });
    connect(m_empty, &EmptyState::actionTriggered, this, &WhyPanel::actOnNothing);
    connect(&m_session, &RunSession::updated, this, &WhyPanel::showInput);
    connect(&m_session, &RunSession::stateChanged, this, &WhyPanel::showInput);
    connect(&m_session, &RunSession::tapeChanged, this, &WhyPanel::showInput);
    connect(&m_document, &PipelineDocument::changed, this, &WhyPanel::onDocument);
    connect(&m_document, &PipelineDocument::validatedChanged, this, [this] {
        if (isOn()) m_form->list();
    });
    connect(&m_document.selection(), &Selection::changed, this, &WhyPanel::onSelection);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_rows.refresh();
        m_steps->doItemsLayout();
    });
    serve(*this);
    answerCharts(parts.charts.questions());
    refreshEntries();
    retranslate();
}

QString WhyPanel::title() const {
    return tr("&Why");
}

void WhyPanel::makeProgress() {
    auto* line = new QHBoxLayout(m_progress);
    line->setContentsMargins(metrics::kGrid, 0, metrics::kGrid, metrics::kStep);
    line->setSpacing(metrics::kGrid);
    auto* bar = new QProgressBar(m_progress);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setFixedHeight(kBarThickness);
    line->addWidget(bar, 1);
    line->addWidget(m_cancel);
    m_cancel->setProperty("controlSize", "small");
    m_progress->hide();
    connect(m_cancel, &QPushButton::clicked, &m_asker, &WhyAsker::cancel);
}

void WhyPanel::makeAnswer() {
    m_steps->setModel(&m_stepModel);
    m_steps->setItemDelegate(new StepDelegate(m_steps));
    m_steps->setUniformItemSizes(true);
    m_steps->setTabKeyNavigation(false);
    m_table->setModel(&m_rows);
    applyTableStyle(*m_table);
    elideAtEdges(*m_table);
    connect(m_steps->selectionModel(), &QItemSelectionModel::currentChanged, this, &WhyPanel::showStep);
    connect(m_steps, &QListView::activated, this, &WhyPanel::revealStep);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (m_rows.rowAt(index.row()) == nullptr) m_all->click();
    });
    connect(copyAction(*m_table), &QAction::triggered, this, &WhyPanel::copyRows);
    connect(copyOf(*m_steps), &QAction::triggered, this, &WhyPanel::copyAnswer);
    connect(m_all, &QPushButton::clicked, this, [this] {
        showAllRows();
        m_table->setFocus(Qt::OtherFocusReason);
    });
    connect(m_next, &QPushButton::clicked, this, [this] {
        const AnswerStep& step = m_rows.step();
        askOn(static_cast<std::size_t>(step.after) + step.rows.size(), false);
    });
    connect(m_newest, &QPushButton::clicked, this, [this] { askOn(0, false); });
    connect(m_displaced, &QPushButton::clicked, this, [this] { askOn(0, true); });
    for (ElidedLabel* label : {m_head, m_old, m_words}) label->setElideMode(Qt::ElideRight);
    m_whole->setWordWrap(true);
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict->setProperty("role", "strong");
    for (QLabel* label : {m_verdict, m_changed})
        label->setContentsMargins(metrics::kGrid, 0, metrics::kGrid, metrics::kStep);
    m_changed->setWordWrap(true);
    m_changed->setProperty("role", "warn");
    m_again->setProperty("controlSize", "small");
    connect(m_again, &QPushButton::clicked, this, &WhyPanel::askAgain);
    connect(m_mends, &MendBar::chosen, this, &WhyPanel::applyMend);
    m_head->setProperty("role", "caption");
    m_words->setProperty("role", "caption");
    m_old->setProperty("role", "warn");
    connect(m_copy, &IconButton::clicked, this, &WhyPanel::copyAnswer);
    connect(m_way, &IconButton::clicked, this, &WhyPanel::selectTheWay);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::kGrid, 0, metrics::kGrid, metrics::kStep);
    head->setSpacing(metrics::kStep);
    head->addWidget(m_head, 1);
    head->addWidget(m_displaced);
    head->addWidget(m_way);
    head->addWidget(m_copy);
    auto* old = new QHBoxLayout;
    old->setContentsMargins(metrics::kGrid, 0, metrics::kGrid, metrics::kStep);
    old->addWidget(m_old, 1);
    old->addWidget(m_again);
    for (QPushButton* link : {m_all, m_next, m_newest, m_displaced}) link->setProperty("role", "link");
    m_together->setWordWrap(true);
    m_together->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_together->setContentsMargins(metrics::kGrid, metrics::kStep, metrics::kGrid, metrics::kStep);
    auto* right = new QWidget(m_answer);
    auto* words = new QHBoxLayout;
    words->setContentsMargins(metrics::kGrid, metrics::kStep, metrics::kGrid, metrics::kStep);
    words->addWidget(m_words, 1);
    words->addWidget(m_whole, 1);
    for (QPushButton* link : {m_all, m_next, m_newest}) words->addWidget(link);
    auto* rows = new QVBoxLayout(right);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(words);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_together);
    rows->addStretch();
    auto* sides = new QSplitter(Qt::Horizontal, m_answer);
    sides->setChildrenCollapsible(false);
    sides->addWidget(m_steps);
    sides->addWidget(right);
    sides->setStretchFactor(1, 1);
    sides->setSizes({kStepsWidth, kRowsWidth});
    auto* column = new QVBoxLayout(m_answer);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* body = new QWidget(m_answer);
    auto* lines = new QVBoxLayout(body);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(m_verdict);
    lines->addWidget(m_changed);
    lines->addWidget(m_mends);
    lines->addLayout(head);
    lines->addWidget(sides, 1);
    m_fade->setOpacity(opacityOf(Shade::Stale));
    m_fade->setEnabled(false);
    body->setGraphicsEffect(m_fade);
    column->addLayout(old);
    column->addWidget(body, 1);
}

/// In place of an answer there is one thing that may help.
void WhyPanel::actOnNothing() {
    if (!wantsTape()) return askMissing();
    TapeChoice choice = m_session.tape();
    choice.recordInto = tapesFolder();
    m_session.setTape(choice);
    showNothing();
}

/// A live source can't be read again, and nothing was kept of it.
bool WhyPanel::wantsTape() const {
    const WhyAnswerRef& answer = m_asker.answer();
    if (!answer || answer->failed.ok() || !answer->asked.tape.isEmpty()) return false;
    const Error& error = answer->failed.error();
    if (answer->asked.kept) return answer->since == 0 && error.code == ErrorCode::NotFound;
    const NodeKind* const kind = m_document.kindOf(error.node);
    return kind != nullptr && kind->group == NodeGroup::Source && error.code == ErrorCode::Invalid;
}

/// How far back questions about the run have an answer; it changes all the time.
void WhyPanel::showInput() {
    if (!isOn()) return;
    m_form->refreshMissing();
    watchValues();
    const QString kept = keptInputText(m_session), trouble = keptInputTrouble(m_session);
    QStringList words;
    if (!kept.isEmpty()) words << tr("Input kept: %1").arg(kept);
    if (!trouble.isEmpty()) words << tr("no more is kept: %1").arg(trouble);
    m_input->setText(words.join(QStringLiteral(" · ")));
    m_input->setVisible(!words.isEmpty());
}

void WhyPanel::onDocument(const DocumentChange& change) {
    if (change.kind == DocumentChange::Kind::Reset) m_asker.forget();
    refreshEntries();
    if (!isOn()) return;
    m_form->list();
    showHead();
    showMends();
    showPath();
}

void WhyPanel::refreshEntries() {
    for (QAction* entry : {m_why, m_missing}) entry->setEnabled(!m_document.pipeline().nodes.empty());
}

void WhyPanel::onSelection() {
    // Who types has chosen the node for it.
    const bool types = !m_form->condition().empty() && m_form->isAncestorOf(QApplication::focusWidget());
    if (!isOn() || m_leading || types) return;
    const bool other = m_shown && isOtherQuestion();
    // Who goes through the answer asks nothing else.
    if (!other && isOnTheWay() && !m_form->fitsSelection()) return;
    m_form->followSelection();
    if (!other) follow(m_form->from());
    dropOtherPath();
}

/// The node that is selected is one of those that the canvas shows alone.
bool WhyPanel::isOnTheWay() const {
    const Node* const node = m_document.selection().single();
    if (m_path.empty() || node == nullptr) return false;
    const std::vector<NodeId> way = nodesOnTheWay(m_stepModel.steps());
    return std::find(way.begin(), way.end(), node->id) != way.end();
}

/// The canvas does not show the way of an answer to something else than what the form asks.
void WhyPanel::dropOtherPath() {
    if (m_shown && isOtherQuestion()) dropPath();
}

/// That the form has gone on to this output asks nothing new.
void WhyPanel::follow(const PortRef& from) {
    m_followed = from;
    showAge();
}

void WhyPanel::onActivated() {
    m_form->list();
    onSelection();
    showInput();
    showAnswer();
}

void WhyPanel::onDeactivated() {
    m_slow.stop();
    m_tap.reset();
    m_watched = {};
    m_dropped = nullptr;
    showPath();
}

void WhyPanel::copyAnswer() const {
    if (m_shown) QGuiApplication::clipboard()->setText(plainAnswer(*m_shown, m_stepModel.steps()));
}

void WhyPanel::copyRows() const {
    std::vector<int> lines;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) lines.push_back(index.row());
    std::sort(lines.begin(), lines.end());
    QGuiApplication::clipboard()->setText(m_rows.copied(std::move(lines)));
}

/// Of the nodes that are there still.
void WhyPanel::selectTheWay() {
    std::vector<NodeId> nodes = nodesOnTheWay(m_stepModel.steps());
    std::erase_if(nodes, [this](const NodeId& node) { return m_document.node(node) == nullptr; });
    m_leading = true;
    m_document.selection().set(std::vector<ItemRef>(nodes.begin(), nodes.end()));
    m_leading = false;
}

void WhyPanel::revealStep() {
    const int row = m_steps->currentIndex().row();
    if (row < 0) return;
    const NodeId node = outermost(m_stepModel.steps()[static_cast<std::size_t>(row)].node);
    if (m_document.node(node) == nullptr) return;
    m_leading = true;
    m_document.selection().reveal(node);
    m_leading = false;
}

void WhyPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_asker.isWaiting()) return m_asker.cancel();
    if (event->key() == Qt::Key_Escape && !m_path.empty()) return dropPath();
    Pane::keyPressEvent(event);
}

void WhyPanel::retranslate() {
    m_why->setText(tr("Wh&y this row?"));
    m_missing->setText(tr("W&hy no row?"));
    m_missingOf->setText(tr("Wh&y no row?"));
    m_missingOf->setIcon(Theme::of(this).icon(u"why"));
    m_copy->setLabel(tr("Copy the answer"));
    m_way->setLabel(tr("Select the nodes on the way"));
    m_cancel->setText(tr("Cancel"));
    m_again->setText(tr("Ask again"));
    m_newest->setText(tr("Show the newest"));
    m_displaced->setText(tr("Show what it displaced"));
    m_steps->setAccessibleName(tr("Steps of the answer"));
    m_table->setAccessibleName(tr("Rows of the step"));
    m_form->retranslate();
    if (QAction* const copy = m_table->actions().value(0)) copy->setText(tr("Copy"));
    m_rows.refresh();
    showInput();
    retellSteps();
    showAnswer();
}

}  // namespace rw::ui
