// What the Why panel shows: the verdict, the steps, what was asked, and whether that is old.
#include <QGraphicsOpacityEffect>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTableView>
#include <algorithm>

#include "core/pipeline/diff.h"
#include "core/pipeline/variables.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/lineage/answer_path.h"
#include "widgets/lineage/mend_bar.h"
#include "widgets/lineage/why_form.h"
#include "widgets/lineage/why_panel.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kWidestValue = 280;
constexpr std::uint64_t kNext = 1'000;  ///< as many rows are kept of a step

/// It would put a value in place of a variable, which other nodes may share.
bool losesVariable(const PipelineDocument& document, const LineageMend& mend) {
    return std::any_of(mend.edits.begin(), mend.edits.end(), [&document](const QuickFix& edit) {
        if (edit.kind != QuickFix::Kind::SetParam) return false;
        const Node* const node = document.node(edit.node);
        return node == nullptr || usesVariables(node->params.value(edit.param, Json()));
    });
}

}  // namespace

void WhyPanel::showAnswer() {
    if (!isOn()) return;
    showWaiting();
    if (showNothing()) return showPath();
    turnTo(*m_pages, 0, m_steps);
    if (m_shown != m_asker.answer()) showSteps();
    showHead();
    showPath();
}

void WhyPanel::showWaiting() {
    if (!m_asker.isWaiting()) {
        m_slow.stop();
        if (m_cancel->hasFocus()) setFocus(Qt::OtherFocusReason);
        m_progress->hide();
    } else if (m_progress->isHidden() && !m_slow.isActive()) {
        m_slow.start();
    }
}

/// Whether words are shown in place of an answer.
bool WhyPanel::showNothing() {
    const WhyAnswerRef& answer = m_asker.answer();
    const QString icon = QStringLiteral("why");
    if (answer && answer->failed.ok()) return false;
    m_shown = nullptr;
    if (m_asker.isWaiting()) {
        m_empty->set(icon, tr("Looking for the rows"),
                     tr("The part of the pipeline above runs once more. Nothing is written."));
    } else if (!answer) {
        m_empty->set(
            icon, tr("Ask about a row"),
            tr("Choose a row in Data, Sample or Results, or point at a part of a chart, and press Ctrl+I, "
               "or write above what is true of the row."));
    } else {
        const Error& error = answer->failed.error();
        const bool mayAsk = !answer->asked.missing && error.code == ErrorCode::NotFound &&
                            m_document.node(outermost(answer->asked.from.node)) != nullptr;
        // The button below is the mend of a row that is not there.
        QString words = translated(error.message);
        if (!error.fix.empty() && !mayAsk) words += u'\n' + translated(error.fix);
        if (!answer->changed.empty()) words += u'\n' + translated(answer->changed);
        if (mayAsk && answer->asked.kept && m_session.isActive())
            words +=
                u'\n' + tr("The newest rows of a run are kept some seconds later: ask again in a moment.");
        m_empty->set(QStringLiteral("info"), tr("There is no answer"), shownLines(words, kTipLength),
                     wantsTape() ? (m_session.tape().recordInto.isEmpty() ? tr("Record the runs") : QString())
                     : mayAsk    ? tr("Why no row?")
                                 : QString());
    }
    turnTo(*m_pages, 1, m_empty);
    return true;
}

void WhyPanel::showSteps() {
    m_shown = m_asker.answer();
    // Of a chart with several wires it is known only now which of them the row came by.
    if (m_form->from() == m_shown->asked.formFrom && m_form->from() != m_shown->asked.from) {
        m_form->choose(m_shown->asked.from);
        m_followed = m_form->from();
    }
    tellSteps();
    m_steps->setCurrentIndex(m_stepModel.index(decidingStep(*m_shown, m_stepModel.steps())));
    showStep();
}

/// The words of the answer, in the language of the interface.
void WhyPanel::tellSteps() {
    m_stepModel.set(stepsOf(*m_shown));
    const QString verdict = verdictOf(*m_shown);
    m_verdict->setText(shownText(verdict, kTipLength));
    m_verdict->setVisible(!verdict.isEmpty());
    m_changed->setText(shownText(translated(m_shown->changed), kTipLength));
    m_changed->setVisible(!m_shown->changed.empty());
}

/// In another language the same step stays, as it was shown.
void WhyPanel::retellSteps() {
    if (!m_shown) return;
    const int step = m_steps->currentIndex().row();
    const QModelIndex row = m_table->currentIndex();
    const int line = row.row(), column = row.column(), top = m_table->verticalScrollBar()->value();
    const bool folded = m_rows.isFolded();
    tellSteps();
    m_steps->setCurrentIndex(m_stepModel.index(step));
    showStep();
    if (!folded) showAllRows();
    if (line >= 0) m_table->setCurrentIndex(m_rows.index(line, column));
    m_table->verticalScrollBar()->setValue(top);
}

void WhyPanel::showAllRows() {
    m_rows.showAll();
    m_all->hide();
}

void WhyPanel::showStep() {
    const int row = m_steps->currentIndex().row();
    m_together->hide();
    showMends();
    if (row < 0) {
        m_rows.clear();
        return showLinks(m_rows.step());
    }
    const AnswerStep& step = m_stepModel.steps()[static_cast<std::size_t>(row)];
    m_rows.set(step);
    fitColumns(*m_table, Theme::of(this).scaled(kWidestValue));
    const QString share = shareText(step);
    const QString words = share.isEmpty() ? step.words : tr("%1 · %2").arg(share, step.words);
    const bool any = m_rows.rowCount() > 0;
    m_words->setText(shownText(words));
    m_words->setVisible(any && !words.isEmpty());
    m_whole->setText(shownText(words, kTipLength));
    m_whole->setVisible(!any);
    showLinks(step);
    m_table->setVisible(any);
    m_together->setText(shownLines(step.together, kTipLength));
    m_together->setVisible(any && !step.together.isEmpty());
}

/// Which of all its rows those of the step are; empty: they are all.
QString WhyPanel::shareText(const AnswerStep& step) const {
    const QString rows = countText(step.rows.size()), count = countText(step.count);
    if (step.rows.empty() || (step.after == 0 && step.count <= step.rows.size())) return {};
    if (step.after > 0)
        return tr("From the newest on, %1 to %2 of %3")
            .arg(countText(step.after + 1), countText(step.after + step.rows.size()), count);
    switch (step.shown) {
        case AnswerStep::Shown::Newest:
            return tr("The newest %1 of %2").arg(rows, count);
        case AnswerStep::Shown::Nearest:
            return tr("The first %1 of %2").arg(rows, count);
        case AnswerStep::Shown::Last:
            break;
    }
    return tr("The last %1 of %2").arg(rows, count);
}

/// What leads on to other rows of the step, and of the answer.
void WhyPanel::showLinks(const AnswerStep& step) {
    m_all->setText(tr("Show all %1").arg(countText(step.rows.size())));
    m_all->setVisible(m_rows.isFolded());
    const std::uint64_t behind = step.leadsOn ? step.count - step.after - step.rows.size() : 0;
    m_next->setText(tr("Show the next %1").arg(countText(std::min<std::uint64_t>(behind, kNext))));
    m_next->setVisible(behind > 0 && step.after + step.rows.size() <= kMostPassedBy);
    m_newest->setVisible(step.after > 0);
    m_displaced->setVisible(m_shown && m_shown->why && !m_shown->why->displacers.empty() &&
                            !m_shown->asked.displaced);
}

/// What the step offers, while the pipeline is the one that it is about.
void WhyPanel::showMends() {
    const int row = m_steps->currentIndex().row();
    std::vector<LineageMend> mends;
    if (row >= 0 && m_shown && runAlike(m_shown->pipelineAsked(), m_document.pipeline())) {
        mends = m_stepModel.steps()[static_cast<std::size_t>(row)].mends;
        std::erase_if(mends, [this](const LineageMend& mend) { return losesVariable(m_document, mend); });
    }
    m_mends->offer(mends);
}

/// As one step that can be undone. What it selects asks nothing else.
void WhyPanel::applyMend(const LineageMend& mend) {
    m_leading = true;
    if (mend.edits.empty()) {
        m_document.selection().reveal(mend.node, mend.param);
    } else {
        m_document.undoStack().beginMacro(translated(mend.label));
        for (const QuickFix& edit : mend.edits) m_document.applyFix({}, edit);
        m_document.undoStack().endMacro();
        // The button is gone, and the next one in the window, which the keyboard would be at, may be Pause.
        if (m_again->isVisibleTo(this)) {
            m_again->setFocus();
        } else {
            m_steps->setFocus();
        }
    }
    m_leading = false;
}

/// What was asked, how it was answered, and whether that is of the pipeline as it is now.
void WhyPanel::showHead() {
    if (!m_shown) return;
    const WhyQuestion& asked = m_shown->asked;
    const QString question = questionText();
    const QString took = tookText(m_shown->seconds);
    QStringList parts{
        question, m_shown->since != 0
                      ? tr("replayed from the input kept since %1 in %2").arg(momentText(m_shown->since), took)
                  : m_shown->replayed ? tr("replayed from the tape in %1").arg(took)
                                      : tr("read again in %1").arg(took)};
    if (!asked.pair) parts << askedWords(asked);
    m_head->setText(parts.join(QStringLiteral(" · ")));
    showAge();
}

QString WhyPanel::questionText() const {
    const WhyQuestion& asked = m_shown->asked;
    const QString title = titleOf(asked.pipeline, asked.from.node);
    return asked.pair      ? tr("Why no pair in “%1”?").arg(title)
           : asked.missing ? tr("Why no row of “%1”?").arg(title)
                           : tr("Why this row of “%1”?").arg(title);
}

/// The canvas shows the way of an answer to the pipeline as it is now, while that is in sight.
void WhyPanel::showPath() {
    const bool lit = isOn() && m_shown && m_shown != m_dropped &&
                     runAlike(m_shown->pipelineAsked(), m_document.pipeline());
    LitPath path = lit ? pathOf(*m_shown) : LitPath();
    if (!path.empty()) {
        path.question = questionText();
        if (!m_shown->asked.pair) path.question += QStringLiteral(" · ") + askedWords(m_shown->asked);
    }
    if (path == m_path) return;
    m_path = std::move(path);
    Q_EMIT pathChanged(m_path);
}

void WhyPanel::dropPath() {
    m_dropped = m_shown;
    showPath();
}

/// Why the answer is not one to what is asked now; empty: it is.
QString WhyPanel::ageText() const {
    const WhyQuestion& asked = m_shown->asked;
    if (m_document.node(outermost(asked.from.node)) == nullptr)
        return tr("“%1” is not in the pipeline any more: this answer is of the pipeline as it was.")
            .arg(titleOf(asked.pipeline, asked.from.node));
    if (m_asker.isWaiting()) return tr("Looking for the rows: this answer is to the question before.");
    if (isOtherQuestion()) return tr("The question above is another: this answer is to the one before.");
    if (!runAlike(m_shown->pipelineAsked(), m_document.pipeline()))
        return tr("The pipeline was edited since: this answer is of the pipeline as it was.");
    return {};
}

void WhyPanel::showAge() {
    if (!m_shown) return;
    const QString age = ageText();
    m_old->setText(age);
    m_old->setVisible(!age.isEmpty());
    m_fade->setEnabled(!age.isEmpty());
    const bool there = m_document.node(outermost(m_shown->asked.from.node)) != nullptr;
    // A row that was chosen elsewhere is asked about there.
    const bool typed = !m_form->condition().empty();
    m_again->setVisible(!age.isEmpty() && !m_asker.isWaiting() && (typed || (there && !isOtherQuestion())));
}

}  // namespace rw::ui
