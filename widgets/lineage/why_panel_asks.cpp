// What the Why panel is asked: from rows and charts in sight, by what is typed, and once more.
#include <QApplication>
#include <QCursor>
#include <QTableView>
#include <QTextCursor>
#include <algorithm>
#include <utility>

#include "widgets/charts/chart_card.h"
#include "widgets/charts/questions/chart_questions.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/lineage/why_form.h"
#include "widgets/lineage/why_panel.h"
#include "widgets/pane/front.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostLookedAt = 5'000, kLongestValue = 100;  ///< rows; bytes
constexpr qsizetype kMostValues = 50;

/// The card with the chart that this widget is of; null: it is of none.
const ChartCard* cardOf(const QWidget* widget) {
    for (; widget != nullptr; widget = widget->parentWidget()) {
        if (const auto* const card = qobject_cast<const ChartCard*>(widget)) return card;
    }
    return nullptr;
}

}  // namespace

void WhyPanel::answerCharts(ChartQuestions& questions) {
    questions.answerBy(m_why, m_missing);
    connect(&questions, &ChartQuestions::asked, this, &WhyPanel::askChart);
    connect(&questions, &ChartQuestions::missed, this, &WhyPanel::openFormFor);
}

void WhyPanel::serve(const ShowsRows& rows) {
    if (std::find(m_served.begin(), m_served.end(), &rows) != m_served.end()) return;
    m_served.push_back(&rows);
    for (QTableView* table : rows.rowTables()) {
        table->setContextMenuPolicy(Qt::ActionsContextMenu);
        table->addAction(m_why);
    }
}

/// The current row of the table that has the keyboard, else of one that can be seen.
std::optional<ShownRow> WhyPanel::rowInHand(bool focused) const {
    for (const ShowsRows* rows : m_served) {
        for (const QTableView* table : rows->rowTables()) {
            if (focused ? !table->hasFocus() : !table->isVisible()) continue;
            if (std::optional<ShownRow> row = rows->currentRow(*table)) return row;
        }
    }
    return std::nullopt;
}

std::optional<ShownRow> WhyPanel::currentRow(const QTableView& table) const {
    const LineageRow* const row = m_rows.rowAt(table.currentIndex().row());
    const AnswerStep& step = m_rows.step();
    if (row == nullptr || !m_shown || m_shown->asked.pipeline.find(outermost(step.from.node)) == nullptr)
        return std::nullopt;
    return ShownRow{step.from, row->row, m_shown->asked.ofRun};
}

// What has the keyboard comes first, then what the pointer is at, then what can be seen.
void WhyPanel::askCurrent() {
    const ChartCard* const focused = cardOf(QApplication::focusWidget());
    if (focused != nullptr) {
        if (const std::optional<ChartAsk> ask = focused->rowAsked()) return askChart(focused->node(), *ask);
        const QString missed = focused->rowMissed();
        const std::vector<PortRef> from = inputOf(focused->node());
        return editForm(from.empty() ? PortRef{} : from.front(), missed, !missed.isEmpty());
    }
    if (const std::optional<ShownRow> row = rowInHand(true)) return askAbout(*row);
    const ChartCard* const pointed = cardOf(QApplication::widgetAt(QCursor::pos()));
    if (const std::optional<ChartAsk> ask = pointed != nullptr ? pointed->rowAsked() : std::nullopt)
        return askChart(pointed->node(), *ask);
    if (const std::optional<ShownRow> row = rowInHand(false)) return askAbout(*row);
    openForm(false);
}

void WhyPanel::askMissingInHand() {
    const ChartCard* const focused = cardOf(QApplication::focusWidget());
    focused != nullptr ? openFormFor(focused->node(), focused->rowMissed()) : openForm(true);
}

// Asked for from elsewhere, it is about the node that is selected there.
void WhyPanel::openForm(bool missing) {
    m_form->setEnter(missing);
    if (!m_form->isAncestorOf(QApplication::focusWidget())) m_form->followSelection();
    dropOtherPath();
    Q_EMIT openRequested();
    m_form->field().setFocus(Qt::OtherFocusReason);
}

/// The outputs whose rows a chart of the run draws.
std::vector<PortRef> WhyPanel::inputOf(const NodeId& chart) const {
    std::vector<PortRef> from;
    for (const Wire& wire : m_session.runningPipeline().wires) {
        if (wire.to.node == chart) from.push_back(wire.from);
    }
    return from;
}

/// The output whose rows a node of the pipeline gives, of a sink that whose rows it takes.
std::optional<PortRef> WhyPanel::rowsOf(const NodeId& node) const {
    const Node* const found = m_document.node(node);
    const NodeKind* const kind = m_document.kindOf(node);
    // A node that is off gives no rows of its own.
    if (found == nullptr || found->disabled || kind == nullptr) return std::nullopt;
    if (!kind->outputs.empty()) return PortRef{node, kind->outputs.front().name};
    const auto& wires = m_document.pipeline().wires;
    const auto into =
        std::find_if(wires.begin(), wires.end(), [&node](const Wire& wire) { return wire.to.node == node; });
    return into != wires.end() ? std::optional(into->from) : std::nullopt;
}

QAction* WhyPanel::missingOf(const NodeId& node) {
    // Rows of a run elsewhere can't be read again here.
    if (!rowsOf(node) || !m_session.shownRun().has(RunAbility::Rows)) return nullptr;
    m_asksOf = node;
    return m_missingOf;
}

/// No row of that output has come so far: “Why no row?” needs no condition there.
bool WhyPanel::isSilent(const PortRef& from) const {
    const LiveNode* const live = m_session.snapshot().node(from.node);
    return live == nullptr || live->metrics.rowsOut == 0;
}

void WhyPanel::askMissingOf(const PortRef& from, const QString& where) {
    if (!from.node.empty() && where.isEmpty() && isSilent(from) && m_session.startedAt().isValid()) {
        askAnyRow(from);
        return bringToFront(*this);
    }
    editForm(from, where, true);
}

/// The values of the output that is chosen are collected while the panel is in sight.
void WhyPanel::watchValues() {
    if (!isOn()) return;
    const PortRef from = m_form->from();
    if (from != m_watched) m_tap.reset();
    m_watched = from;
    // Of another run it is another; behind the last one its rows stay.
    if (std::shared_ptr<Tap> tap = from.node.empty() ? nullptr : m_session.tap(from)) m_tap = std::move(tap);
}

/// Texts that a column had in recent rows of the output, and in those of the answer that is shown.
QStringList WhyPanel::valuesSeen(const QString& column) const {
    std::vector<Batch> batches = m_tap ? m_tap->recent() : std::vector<Batch>();
    for (const AnswerStep& step : m_stepModel.steps()) {
        for (const LineageRow& row : step.rows) batches.push_back(row.row);
    }
    QStringList values;
    std::size_t left = kMostLookedAt;
    const std::string name = column.toStdString();
    for (const Batch& batch : batches) {
        const auto index = batch.schema ? batch.schema->find(name) : std::nullopt;
        const Column* const cells = index ? batch.columns[static_cast<std::size_t>(*index)].get() : nullptr;
        if (cells == nullptr || !cells->type().is(TypeId::String)) continue;
        for (std::size_t row = 0; row < batch.rows && left > 0 && values.size() < kMostValues;
             ++row, --left) {
            const std::string_view text = cells->isNull(row) ? std::string_view() : cells->string(row);
            if (text.empty() || text.size() > kLongestValue) continue;
            const QString value = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
            if (!values.contains(value)) values << value;
        }
    }
    values.sort();
    return values;
}

/// Nothing at all came of it: what became of the newest rows of its sources?
void WhyPanel::askAnyRow(const PortRef& from) {
    const LiveNode* const live = m_session.snapshot().node(from.node);
    if (live != nullptr && !live->metrics.hasPair) return askForPair(from.node);
    WhyQuestion question;
    question.missing = true;
    question.from = from;
    question.pipeline = m_document.pipeline();
    takeInput(question);
    open(std::move(question));
}

void WhyPanel::openFormFor(const NodeId& chart, const QString& where) {
    const std::vector<PortRef> from = inputOf(chart);
    const std::optional<PortRef> port = from.empty() ? rowsOf(chart) : std::optional(from.front());
    askMissingOf(port.value_or(PortRef{}), where);
}

void WhyPanel::editForm(const PortRef& from, const QString& where, bool missing) {
    Q_EMIT openRequested();
    // The chart may be in a window of its own, before this one.
    bringToFront(*this);
    m_form->setEnter(missing);
    m_form->choose(from);
    if (!where.isEmpty()) m_form->setCondition(where);
    dropOtherPath();
    ExpressionEdit& field = m_form->field();
    field.setFocus(Qt::OtherFocusReason);
    QTextCursor end = field.textCursor();
    end.movePosition(QTextCursor::End);
    // What is still to be written stands between quotes.
    if (where.endsWith(QLatin1String("''"))) end.movePosition(QTextCursor::Left);
    field.setTextCursor(end);
}

void WhyPanel::askChart(const NodeId& chart, const ChartAsk& ask) {
    std::vector<PortRef> from = inputOf(chart);
    if (from.empty()) return;
    WhyQuestion question;
    question.from = from.front();
    question.orFrom.assign(from.begin() + 1, from.end());
    question.where = ask.where;
    question.sink = chart;
    askOfRun(std::move(question));
    bringToFront(*this);
}

void WhyPanel::askAbout(const ShownRow& row) {
    WhyQuestion question;
    question.from = row.from;
    question.row = withoutCutTexts(row.row);
    question.where = row.where;
    question.position = row.position;
    question.told = row.told;
    if (row.ofRun) return askOfRun(std::move(question));
    question.pipeline = m_document.pipeline();
    open(std::move(question));
}

/// The question is answered from what the run has read.
void WhyPanel::takeInput(WhyQuestion& question) const {
    question.tape = m_session.lastTape();
    question.kept = m_session.keptInput();
    question.earlier = m_session.keptInputs().earlier();
    question.filesRead = m_session.keptInputs().filesRead();
    question.wentOn = m_session.keptInputs().wentOn();
}

/// The run that is shown, or the last one, gave the row.
void WhyPanel::askOfRun(WhyQuestion question) {
    question.ofRun = true;
    question.pipeline = m_session.runningPipeline();
    takeInput(question);
    open(std::move(question));
}

void WhyPanel::open(WhyQuestion question) {
    Q_EMIT openRequested();
    m_form->setEnter(question.missing);
    m_form->choose(question.from);
    // What was typed before is about another row.
    m_form->setCondition(QString::fromStdString(question.where));
    ask(std::move(question));
}

void WhyPanel::askForPair(const NodeId& join) {
    const NodeKind* const kind = m_document.kindOf(join);
    if (kind == nullptr || kind->outputs.empty()) return;
    WhyQuestion question;
    question.missing = question.pair = true;
    question.from = {join, kind->outputs.front().name};
    question.pipeline = m_document.pipeline();
    takeInput(question);
    Q_EMIT openRequested();
    m_form->setEnter(true);
    m_form->choose(question.from);
    m_form->setCondition({});
    ask(std::move(question));
}

void WhyPanel::ask(WhyQuestion question) {
    m_followed.reset();
    question.formFrom = m_form->from();
    question.formWhere = m_form->condition();
    m_asker.ask(std::move(question));
}

/// What the form says now; where it says nothing, the same as before, of the pipeline as it is now.
void WhyPanel::askAgain() {
    if (!m_form->condition().empty()) return askForm(m_shown && m_shown->asked.missing);
    if (!m_shown) return;
    WhyQuestion question = m_shown->asked;
    question.pipeline = m_document.pipeline();
    question.after = 0;
    question.displaced = false;
    ask(std::move(question));
}

/// The question of the answer that is shown, for other rows of it: the form may say something else by now.
void WhyPanel::askOn(std::size_t after, bool displaced) {
    if (!m_shown) return;
    WhyQuestion question = m_shown->asked;
    question.pipeline = m_shown->pipelineAsked();
    if (m_shown->until != 0) takeInput(question);
    question.after = after;
    question.displaced = displaced;
    m_asker.ask(std::move(question));
}

bool WhyPanel::isOtherQuestion() const {
    const PortRef from = m_form->from();
    return (from != m_shown->asked.formFrom && from != m_followed) ||
           m_form->condition() != m_shown->asked.formWhere;
}

void WhyPanel::askForm(bool missing) {
    if (missing && m_form->condition().empty()) return askAnyRow(m_form->from());
    WhyQuestion question;
    question.missing = missing;
    question.from = m_form->from();
    question.where = m_form->condition();
    question.pipeline = m_document.pipeline();
    takeInput(question);
    ask(std::move(question));
}

/// Of the row that was not found.
void WhyPanel::askMissing() {
    WhyQuestion question = m_asker.answer()->asked;
    question.missing = true;
    ask(std::move(question));
}

}  // namespace rw::ui
