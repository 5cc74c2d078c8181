#include "widgets/pipeline_tests/tape_dialog.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
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
constexpr Millis kShortTape = 10'000;  ///< the times of a shorter one are told with milliseconds

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

// They come after the dialog has its size, which a layout makes no larger for lines that are broken.
void TapeDialog::fitWords() {
    const int width = rect().marginsRemoved(layout()->contentsMargins()).width();
    for (QLabel* words : {m_about, m_counts, m_problem}) {
        words->ensurePolished();
        words->setMinimumHeight(0);  // it answers no less than before
        if (!words->text().isEmpty()) words->setMinimumHeight(std::max(0, words->heightForWidth(width)));
    }
}

void TapeDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    fitWords();
}

/// Wall time, with the day where the tape goes over several.
std::pair<QString, QString> TapeDialog::timesOf(TapeSpan span, bool fine) const {
    const auto moment = [this](Millis when) {
        return QDateTime::fromMSecsSinceEpoch(saturatingAdd(m_survey->began, when));
    };
    const bool days = moment(m_survey->all.from).date() != moment(m_survey->all.until).date();
    const QString format = (days ? QStringLiteral("yyyy-MM-dd ") : QString()) + QStringLiteral("HH:mm:ss") +
                           (fine ? QStringLiteral(".zzz") : QString());
    return {moment(span.from).toString(format), moment(span.until).toString(format)};
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
    fitWords();
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
    const TapeSpan& all = m_survey->all;
    const bool isShort = all.until - all.from < kShortTape;
    // Parts that differ are told apart: the ends of the tape need no such care.
    const bool isFine = isShort || saturatingAdd(m_survey->began, span.from) % 1'000 != 0 ||
                        saturatingAdd(m_survey->began, span.until) % 1'000 != 0;
    const auto [began, ended] = timesOf(all, isShort);
    const auto [first, last] = timesOf(span, isFine);
    m_strip->setAccessibleName(tr("Part of the tape, %1 to %2").arg(first, last));
    m_about->setText(tr("Tape from %2 to %3, %1 · chosen: %4 to %5")
                         .arg(countedRows(m_survey->rows), began, ended, first, last));
    fitWords();
    count();
}

void TapeDialog::count() {
    m_ok->setEnabled(false);
    m_count.ask([survey = m_survey, span = m_span](
                    const Latest::Question& asked) { return rowsInSpan(*survey, span, *asked.flag()); },
                [this](const Result<SpanRows>& rows) { showCounts(rows); });
}

void TapeDialog::showCounts(const Result<SpanRows>& rows) {
    m_problem->clear();
    if (!rows.ok()) {
        m_counts->clear();
        m_problem->setText(errorLines(rows.status().error()));
        fitWords();
        return;
    }
    QStringList lines;
    for (std::size_t i = 0; i < rows->bySource.size(); ++i) {
        lines << tr("%1: %2").arg(titleOf(m_document.pipeline(), m_survey->sources[i].node),
                                  countedRows(rows->bySource[i]));
    }
    m_counts->setText(lines.join(u'\n'));
    const QString problem = problemOf(*rows);
    m_problem->setText(problem);
    fitWords();
    m_ok->setEnabled(problem.isEmpty());
}

/// Why no test can be made of them, and what to do; empty where one can.
QString TapeDialog::problemOf(const SpanRows& rows) const {
    const QString most = countedRows(kMostTapedRows);
    if (m_survey->tooMuchAtOnce) {
        return tr("The sources gave more than %1 at once, the most that a test takes, whichever part is "
                  "chosen. Cancel, and make a new test from the tape of the run, which takes its newest "
                  "rows.")
            .arg(most);
    }
    const std::uint64_t all = rows.all();
    if (all == 0) return tr("No rows came in this part. Choose a longer one.");
    if (all <= kMostTapedRows) return {};
    if (rows.isTooMuchAtOnce()) {
        return tr("The %1 of this part came at once, and a test takes at most %2. Choose a part without "
                  "them.")
            .arg(countedRows(all), most);
    }
    return tr("This part has %1, and a test takes at most %2. Choose a shorter one.")
        .arg(countedRows(all), most);
}

}  // namespace rw::ui
