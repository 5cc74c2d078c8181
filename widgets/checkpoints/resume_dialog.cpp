#include "widgets/checkpoints/resume_dialog.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/checkpoints/resume_action.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/dialogs/question_frame.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kDialogWidth = 680, kMostLines = 12, kFateWidth = 260;

QTableWidgetItem* cellOf(const QString& text) {
    auto* item = new QTableWidgetItem(shownText(text));
    item->setToolTip(shownLines(text, kTipLength));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

int severity(StateFate fate) {
    if (fate == StateFate::Cannot) return 0;
    return fate == StateFate::StartsAnew ? 1 : fate == StateFate::CarriesOver ? 2 : 3;
}

}  // namespace

std::vector<ResumeLine> resumeLines(const PipelineDocument& document, const ResumePlan& plan) {
    std::vector<ResumeLine> lines;
    for (const SavedCheckpoint& saved : plan.leftBehind)
        lines.push_back(
            {checkpointTitle(saved), ResumeDialog::tr("is left behind"),
             ResumeDialog::tr("What came up to it is rolled back: nobody can resume from it any more."),
             StateFate::StartsAnew});
    for (const auto& [id, node] : plan.found.forecast.nodes) {
        if (node.fate == StateFate::NoState) continue;
        QString why = node.why.empty() ? QString() : translated(node.why);
        if (!node.fix.empty())
            why += (why.isEmpty() ? QString() : QStringLiteral(" ")) + translated(node.fix);
        const QString title =
            node.gone ? shownText(QString::fromStdString(id)) : titleOf(document.pipeline(), id);
        lines.push_back({title, translated(stateFateText(node)), why, node.fate});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const ResumeLine& a, const ResumeLine& b) {
        return severity(a.worth) < severity(b.worth);
    });
    return lines;
}

ResumeDialog::ResumeDialog(const PipelineDocument& document, const ExaminedCheckpoint& found, QWidget* parent)
    : QDialog(parent) {
    const bool possible = found.plan.possible();
    const QString from = checkpointTitle(found.checkpoint->about);
    setWindowTitle(tr("Before the run"));
    QVBoxLayout* const column = newQuestionColumn(*this);
    column->addWidget(newParagraph(possible ? tr("Resuming from %1 loses something").arg(from)
                                            : tr("The pipeline can't resume from %1").arg(from),
                                   "title"));
    column->addWidget(newParagraph(explanation(found), "dim"));
    column->addWidget(makeTable(resumeLines(document, found.plan)), 1);
    const auto [decline, agree] =
        addQuestionButtons(*this, *column, possible ? tr("Do not run") : tr("Close"),
                           possible ? tr("Resume, and lose that") : QString());
    decline->setDefault(true);
    if (agree != nullptr) agree->setProperty("role", "danger");
    decline->setFocus();
    setMinimumWidth(Theme::of(this).scaled(kDialogWidth));
}

QString ResumeDialog::explanation(const ExaminedCheckpoint& found) const {
    const QString taken = tr("It was taken at %1.").arg(momentText(found.checkpoint->about.taken));
    if (!found.plan.possible())
        return taken + QLatin1Char(' ') +
               tr("The pipeline was edited since. Take the edit back, or run it from its beginning.");
    if (found.plan.found.edited)
        return taken + QLatin1Char(' ') +
               tr("The pipeline was edited since. What becomes of all that its nodes kept:");
    return taken + QLatin1Char(' ') + tr("What becomes of savepoints that were taken later:");
}

QTableWidget* ResumeDialog::makeTable(const std::vector<ResumeLine>& lines) {
    auto* table = new QTableWidget(static_cast<int>(lines.size()), 3);
    table->setObjectName(QStringLiteral("fates"));
    table->setAccessibleName(tr("What becomes of each node"));
    table->setHorizontalHeaderLabels({tr("Node"), tr("What becomes of it"), tr("Why")});
    applyTableStyle(*table);
    const Theme& theme = Theme::of(this);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const int row = static_cast<int>(i);
        QTableWidgetItem* fate = cellOf(lines[i].fate);
        if (lines[i].worth == StateFate::Cannot) fate->setIcon(theme.icon(u"error", ColorRole::Error));
        if (lines[i].worth == StateFate::StartsAnew) fate->setIcon(theme.icon(u"warning", ColorRole::Warn));
        if (lines[i].worth == StateFate::CarriesOver) fate->setIcon(theme.icon(u"copy", ColorRole::Warn));
        if (lines[i].worth == StateFate::Keeps) fate->setIcon(theme.icon(u"check", ColorRole::Ok));
        table->setItem(row, 0, cellOf(lines[i].node));
        table->setItem(row, 1, fate);
        table->setItem(row, 2, cellOf(lines[i].why));
    }
    fitColumns(*table, theme.scaled(kFateWidth));
    const int height = table->verticalHeader()->defaultSectionSize();
    const int rows = std::clamp(static_cast<int>(lines.size()), 1, kMostLines);
    table->setMinimumHeight(table->horizontalHeader()->sizeHint().height() + height * rows + 2);
    return table;
}

}  // namespace rw::ui
