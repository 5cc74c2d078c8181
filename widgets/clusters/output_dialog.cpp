#include "widgets/clusters/output_dialog.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/theme/dialogs/question_frame.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kOutputsWidth = 640, kRowHeight = 64, kMostRowsShown = 6;

}  // namespace

OutputDialog::OutputDialog(const std::vector<StandingOutput>& found, const Pipeline& pipeline,
                           QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Results of before"));
    QVBoxLayout* const column = newQuestionColumn(*this);
    column->addWidget(newParagraph(tr("There are results already"), "title"));
    column->addWidget(
        newParagraph(tr("A job before this one wrote them. Each job writes all of its rows: added to those, "
                        "they would be there twice."),
                     "dim"));
    auto* inside = new QWidget;
    auto* grid = new QGridLayout(inside);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(0, 1);
    for (std::size_t i = 0; i < found.size(); ++i)
        addRow(*grid, static_cast<int>(i), found[i], titleOf(pipeline, found[i].sink));
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(inside);
    const int rows = std::min(static_cast<int>(found.size()), kMostRowsShown);
    scroll->setMinimumHeight(Theme::of(this).scaled(kRowHeight) * rows);
    column->addWidget(scroll, 1);
    const auto [leave, go] = addQuestionButtons(*this, *column, tr("Don't deploy"), tr("Deploy"));
    leave->setAutoDefault(false);
    go->setProperty("role", "primary");
    go->setDefault(true);
    setMinimumWidth(Theme::of(this).scaled(kOutputsWidth));
}

void OutputDialog::addRow(QGridLayout& grid, int row, const StandingOutput& found, const QString& title) {
    const QString folder = shownText(QString::fromStdString(found.folder), kTipLength);
    const QString files = found.files > 0
                              ? tr("%n files", nullptr, static_cast<int>(found.files))
                              : tr("written by the job %1").arg(QString::fromStdString(shownJob(found.job)));
    auto* words = new QVBoxLayout;
    words->addWidget(newParagraph(title, nullptr));
    words->addWidget(newParagraph(folder + QStringLiteral(" · ") + files, "dim"));
    grid.addLayout(words, row, 0);
    auto* box = new QComboBox;
    box->setObjectName(QString::fromStdString(found.sink));
    box->setAccessibleName(tr("Results of “%1”").arg(title));
    if (!found.onlyReplaced) {
        box->addItem(tr("Into a new folder"), static_cast<int>(OutputChoice::NewFolder));
        box->addItem(tr("Add the rows to them"), static_cast<int>(OutputChoice::Append));
    }
    // Files that this program can't reach can't be removed by it.
    if (found.replaceable()) box->addItem(tr("Replace them"), static_cast<int>(OutputChoice::Replace));
    grid.addWidget(box, row, 1, Qt::AlignVCenter);
    m_boxes.emplace(found.sink, box);
}

OutputChoices OutputDialog::choices() const {
    OutputChoices out;
    for (const auto& [sink, box] : m_boxes)
        out.of.emplace(sink, static_cast<OutputChoice>(box->currentData().toInt()));
    return out;
}

}  // namespace rw::ui
