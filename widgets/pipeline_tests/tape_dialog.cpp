#include "widgets/pipeline_tests/tape_dialog.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/pipeline_tests/tape_strip.h"
#include "widgets/theme/form_row.h"
#include "widgets/theme/metrics.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTapeDialogWidth = 520;

QString countedRows(std::uint64_t rows) {
    return translated(
        figures::counted(rows, RW_TEXT("pipeline_tests", "1 row"), RW_TEXT("pipeline_tests", "%1 rows")));
}

std::optional<Millis> durationIn(const QLineEdit& field) {
    const Result<Millis> read = parseDuration(field.text().trimmed().toStdString());
    return read.ok() && *read >= 0 ? std::optional(*read) : std::nullopt;
}

}  // namespace

TapeDialog::TapeDialog(const PipelineDocument& document, TapeSurvey survey, QWidget* parent)
    : QDialog(parent),
      m_document(document),
      m_survey(std::make_shared<const TapeSurvey>(std::move(survey))),
      m_strip(new TapeStrip(this)),
      m_from(new QLineEdit),
      m_until(new QLineEdit),
      m_fromRow(new FormRow(m_from)),
      m_untilRow(new FormRow(m_until)),
      m_about(new QLabel(this)),
      m_counts(new QLabel(this)),
      m_problem(new QLabel(this)),
      m_ok(new QPushButton) {
    build();
    m_strip->setTape(m_survey->bars, m_survey->all);
    connect(m_strip, &TapeStrip::spanChanged, this, [this] { take(m_strip->span(), m_strip); });
    for (QLineEdit* field : {m_from, m_until})
        connect(field, &QLineEdit::textEdited, this, &TapeDialog::readFields);
    take(m_survey->offered, nullptr);
    m_strip->setFocus();
}

void TapeDialog::build() {
    setWindowTitle(tr("New test from a part of the tape"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    m_about->setProperty("role", "caption");
    m_problem->setProperty("role", "error");
    m_problem->setWordWrap(true);
    m_counts->setWordWrap(true);
    m_about->setWordWrap(true);
    m_strip->setAccessibleDescription(tr(
        "Arrow keys move the part, with Shift its end, with Ctrl its beginning; Home takes the whole tape"));
    m_fromRow->setWords(tr("From"), tr("Time since the run began, as 10s or 1500ms."));
    m_untilRow->setWords(tr("Until"));
    for (QLineEdit* field : {m_from, m_until}) field->setProperty("mono", true);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(metrics::kListPadding);
    fields->addWidget(m_fromRow, 1, Qt::AlignTop);
    fields->addWidget(m_untilRow, 1, Qt::AlignTop);
    column->addWidget(m_about);
    column->addWidget(m_strip);
    column->addLayout(fields);
    column->addWidget(m_counts);
    column->addWidget(m_problem);
    column->addStretch();
    m_ok->setText(tr("Make the test"));
    m_ok->setProperty("role", "primary");
    m_ok->setDefault(true);
    auto* cancel = new QPushButton(tr("Cancel"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, &QDialog::accept);
    setMinimumWidth(Theme::of(this).scaled(kTapeDialogWidth));
}

/// Wall time, with milliseconds where the tape is short, and with the day where it goes over several.
QString TapeDialog::timeText(Millis at) const {
    const auto moment = [this](Millis when) {
        return QDateTime::fromMSecsSinceEpoch(m_survey->began + when);
    };
    const TapeSpan& all = m_survey->all;
    if (moment(all.from).date() != moment(all.until).date())
        return moment(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    const bool fine = all.until - all.from < 10'000;
    return moment(at).toString(fine ? QStringLiteral("HH:mm:ss.zzz") : QStringLiteral("HH:mm:ss"));
}

void TapeDialog::readFields() {
    const std::optional<Millis> from = durationIn(*m_from), until = durationIn(*m_until);
    const QString wrong = tr("This is not a time"),
                  mend = tr("Write a whole number and a unit: 10s, 1500ms.");
    m_fromRow->setProblem(from ? QString() : wrong, from ? QString() : mend);
    const bool before = from && until && *until < *from;
    m_untilRow->setProblem(!until   ? wrong
                           : before ? tr("The end is before the beginning")
                                    : QString(),
                           until ? QString() : mend);
    if (from && until && !before) return take({*from, *until}, m_from);
    m_count.drop();
    m_counts->clear();
    m_problem->clear();
    m_ok->setEnabled(false);
}

/// `from`: what the person moved, which is not changed.
void TapeDialog::take(TapeSpan span, const void* from) {
    m_span = span;
    if (from != m_strip) m_strip->setSpan(span);
    if (from != m_from) {
        m_from->setText(QString::fromStdString(formatDuration(span.from)));
        m_until->setText(QString::fromStdString(formatDuration(span.until)));
        m_fromRow->setProblem({});
        m_untilRow->setProblem({});
    }
    m_strip->setAccessibleName(
        tr("Part of the tape, %1 to %2").arg(timeText(span.from), timeText(span.until)));
    m_about->setText(tr("Tape from %2 to %3, %1 · chosen: %4 to %5")
                         .arg(countedRows(m_survey->rows), timeText(m_survey->all.from),
                              timeText(m_survey->all.until), timeText(span.from), timeText(span.until)));
    count();
}

void TapeDialog::count() {
    m_ok->setEnabled(false);
    m_count.ask([survey = m_survey, span = m_span](
                    const Latest::Question& asked) { return rowsInSpan(*survey, span, *asked.flag()); },
                [this](const Result<std::vector<std::uint64_t>>& counts) { showCounts(counts); });
}

void TapeDialog::showCounts(const Result<std::vector<std::uint64_t>>& counts) {
    m_problem->clear();
    if (!counts.ok()) {
        m_counts->clear();
        m_problem->setText(errorLines(counts.status().error()));
        return;
    }
    QStringList lines;
    for (std::size_t i = 0; i < counts->size(); ++i) {
        lines << tr("%1: %2").arg(titleOf(m_document.pipeline(), m_survey->sources[i].node),
                                  countedRows((*counts)[i]));
    }
    m_counts->setText(lines.join(u'\n'));
    const std::uint64_t rows = std::accumulate(counts->begin(), counts->end(), std::uint64_t{0});
    if (rows == 0) {
        m_problem->setText(tr("No rows came in this part. Choose a longer one."));
    } else if (rows > kMostTapedRows) {
        m_problem->setText(tr("This part has %1, and a test takes at most %2. Choose a shorter one.")
                               .arg(countedRows(rows), countedRows(kMostTapedRows)));
    }
    m_ok->setEnabled(rows > 0 && rows <= kMostTapedRows);
}

}  // namespace rw::ui
