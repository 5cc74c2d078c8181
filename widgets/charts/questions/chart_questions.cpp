#include "widgets/charts/questions/chart_questions.h"

#include <QMenu>

#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

QString wordsOf(ChartAsk::Of of) {
    switch (of) {
        case ChartAsk::Of::Point:
            return ChartQuestions::tr("Why this point?");
        case ChartAsk::Of::Bar:
            return ChartQuestions::tr("Why this bar?");
        case ChartAsk::Of::Slice:
            return ChartQuestions::tr("Why this slice?");
        case ChartAsk::Of::Cell:
            return ChartQuestions::tr("Why this cell?");
        case ChartAsk::Of::Row:
            return ChartQuestions::tr("Why this row?");
    }
    return {};
}

void ChartQuestions::answerBy(QAction* why, QAction* missing) {
    m_why = why;
    m_missing = missing;
}

// Rows of a run elsewhere can't be read again here.
bool ChartCard::mayAsk() const {
    return m_chart != nullptr && m_chart->view() != nullptr && !m_chart->isHidden() &&
           m_session.shownRun().has(RunAbility::Rows);
}

std::optional<ChartAsk> ChartCard::rowAsked() const {
    return mayAsk() ? m_chart->rowAsked() : std::nullopt;
}

QString ChartCard::rowMissed() const {
    return mayAsk() ? QString::fromStdString(m_chart->rowMissed()) : QString();
}

void ChartCard::fillQuestions(QMenu& menu) {
    ChartQuestions& questions = m_scheduler.questions();
    if (!questions.isAnswered()) return;
    const auto add = [&](const QString& words, const QAction* keys, auto ask) {
        const QString shortcut = keys->shortcut().toString(QKeySequence::NativeText);
        menu.addAction(Theme::of(this).icon(u"why"),
                       shortcut.isEmpty() ? words : words + QLatin1Char('\t') + shortcut, &questions, ask);
    };
    // The pointer goes on to the menu: what it was at is taken now.
    if (const std::optional<ChartAsk> ask = rowAsked()) {
        add(wordsOf(ask->of), questions.why(),
            [&questions, node = m_node, ask = *ask] { Q_EMIT questions.asked(node, ask); });
    }
    // A chart without rows has it all the same: it is there that somebody asks.
    if (!m_session.shownRun().has(RunAbility::Rows)) return;
    const QString where = rowMissed();
    add(where.isEmpty() ? ChartQuestions::tr("Why no row?") : ChartQuestions::tr("Why no row here?"),
        questions.missing(), [&questions, node = m_node, where] { Q_EMIT questions.missed(node, where); });
}

}  // namespace rw::ui
