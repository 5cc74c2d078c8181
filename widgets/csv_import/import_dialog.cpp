#include "widgets/csv_import/import_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/base/readable.h"
#include "widgets/csv_import/import_table.h"
#include "widgets/document/help_text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr QSize kSize(960, 640);
constexpr int kUsualWidth = 140, kWidest = 280;  // of a column, in pixels
constexpr std::size_t kMostMeasured = 100;       // columns
constexpr int kLongEnough = 3'000;               // ms of a look
constexpr qsizetype kMostTold = 3;               // columns that a hint names

QHBoxLayout* rowOf(QWidget* owner) {
    auto* row = new QHBoxLayout(owner);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kGrid);
    return row;
}

/// A box with its words before it.
void addBox(FlowLayout& rows, const QString& words, QComboBox* box, const char* name) {
    auto* pair = new QWidget;
    QHBoxLayout* row = rowOf(pair);
    auto* label = new QLabel(words);
    label->setProperty("role", "dim");
    label->setBuddy(box);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(words);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(label);
    row->addWidget(box);
    rows.addWidget(pair);
}

/// A box with the choices of a parameter, and the words that its form has for it.
void addChoice(FlowLayout& rows, const NodeKind& kind, const char* param, QComboBox* box) {
    const auto spec = std::find_if(kind.params.begin(), kind.params.end(),
                                   [param](const ParamSpec& each) { return each.name == param; });
    for (const Choice& choice : spec->choices)
        box->addItem(translated(choice.label), QString::fromStdString(choice.value));
    box->setCurrentIndex(box->findData(QString::fromStdString(spec->defaultValue.get<std::string>())));
    box->setToolTip(helpTip(spec->help));
    addBox(rows, translated(spec->label), box, param);
}

/// The first sentences as the head of a hint, the rest below it.
void setHint(HintBox& box, HintBox::Kind kind, const QStringList& told, const QStringList& actions = {}) {
    box.setVisible(!told.isEmpty());
    if (told.isEmpty()) return;
    QStringList rest = told.mid(1, kMostTold - 1);
    if (told.size() > kMostTold)
        rest << translated(figures::counted(static_cast<std::uint64_t>(told.size() - kMostTold),
                                            RW_TEXT("import", "1 more column is alike."),
                                            RW_TEXT("import", "%1 more columns are alike.")));
    box.set(kind, told.front(), rest.join(QLatin1Char(' ')), actions);
    // Enter imports: a link that has gone would have taken that with it.
    for (QPushButton* link : box.findChildren<QPushButton*>()) link->setAutoDefault(false);
}

CsvPreviewOptions bounds(std::function<bool()> cancelled) {
    QElapsedTimer timer;
    timer.start();
    CsvPreviewOptions options;
    options.enough = [timer] { return timer.hasExpired(kLongEnough); };
    options.cancelled = std::move(cancelled);
    return options;
}

QString listed(const CsvMisfits& misfits) {
    QStringList examples;
    for (const std::string& example : misfits.examples)
        examples << shownText(QString::fromStdString(example));
    const bool more = misfits.count > misfits.examples.size();
    return examples.join(QStringLiteral("; ")) + (more ? QStringLiteral(" …") : QString());
}

/// The pattern of a date as 31.12.2025 14:05; empty: it is written otherwise.
QString datePattern(const QString& value) {
    static const QRegularExpression kDate(QStringLiteral(R"(^\d\d\.\d\d\.\d{4}( \d\d:\d\d(:\d\d)?)?$)"));
    if (!kDate.match(value).hasMatch()) return {};
    return QStringLiteral("dd.MM.yyyy HH:mm:ss").left(value.size());
}

}  // namespace

Result<CsvPreview> lookAtCsv(const std::string& path, CsvFormat format, bool guessDelimiter,
                             std::function<bool()> cancelled) {
    const CsvPreviewOptions options = bounds(std::move(cancelled));
    RW_TRY_ASSIGN(format, likelyCsvFormat(path, format, guessDelimiter, options));
    return previewCsv(path, format, options);
}

ImportDialog::ImportDialog(const File& file, const NodeKind& kind, const CsvParams& writing, QWidget* parent)
    : QDialog(parent),
      m_file(file),
      m_writing(writing),
      m_delimiter(new QComboBox),
      m_quote(new QComboBox),
      m_decimal(new QComboBox),
      m_eventTime(new QComboBox),
      m_onError(new QComboBox),
      m_header(new QCheckBox(tr("The first row names the columns"))),
      m_table(new QTableView),
      m_rows(new ImportRows(m_choices, this)),
      m_head(new ImportHeader(m_choices, m_table)),
      m_text(new HintBox),
      m_misfits(new HintBox),
      m_rejected(new HintBox),
      m_disorder(new HintBox),
      m_looked(new QLabel),
      m_importAll(new QPushButton),
      m_import(new QPushButton(tr("Import"))) {
    setWindowTitle(titleBarText(tr("Import “%1”").arg(shownText(QFileInfo(file.path).fileName()))));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(makeChoices(kind));
    m_table->setHorizontalHeader(m_head);
    m_table->setModel(m_rows);
    applyTableStyle(*m_table);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setFrameShape(QFrame::StyledPanel);
    m_table->setFont(Theme::of(this).font(TextStyle::Code));
    m_table->setAccessibleName(tr("First rows"));
    column->addWidget(m_table, 1);
    for (HintBox* hint : {m_text, m_misfits, m_rejected, m_disorder}) {
        hint->hide();
        column->addWidget(hint);
    }
    m_text->setObjectName(QStringLiteral("textHint"));
    m_misfits->setObjectName(QStringLiteral("misfitsHint"));
    m_rejected->setObjectName(QStringLiteral("rejectedHint"));
    m_disorder->setObjectName(QStringLiteral("disorderHint"));
    column->addWidget(makeFoot());
    connect(m_head, &ImportHeader::typeChosen, this, [this](int place, int choice) {
        const auto chosen = static_cast<std::size_t>(place);
        m_choices.setType(chosen, m_choices.offered(chosen)[static_cast<std::size_t>(choice)]);
        refresh();
    });
    connect(m_text, &HintBox::actionTriggered, this, &ImportDialog::followTextHint);
    connect(m_misfits, &HintBox::actionTriggered, this, [this] {
        m_onError->setCurrentIndex(m_onError->findData(QStringLiteral("null")));
        refresh();
        m_import->setFocus(Qt::OtherFocusReason);  // the link is gone
    });
    connect(m_disorder, &HintBox::actionTriggered, this, [this] {
        m_choices.setDelayed(!m_choices.isDelayed());
        refresh();
        m_import->setFocus(Qt::OtherFocusReason);  // the link is another now
    });
    const QSize size(Theme::of(this).scaled(kSize.width()), Theme::of(this).scaled(kSize.height()));
    resize(parent != nullptr ? size.boundedTo(parent->size()) : size);
    showFormat(file.format);
    refreshTimes();
    look(true);
}

ImportDialog::~ImportDialog() {
    delete m_table;  // asks for the choices as long as it can get the keyboard
}

QWidget* ImportDialog::makeChoices(const NodeKind& kind) {
    auto* owner = new QWidget;
    auto* rows = new FlowLayout(owner, metrics::kListPadding);
    const std::pair<QString, char> delimiters[] = {
        {tr("Comma"), ','}, {tr("Semicolon"), ';'}, {tr("Tab"), '\t'}, {tr("Bar"), '|'}};
    for (const auto& [words, character] : delimiters)
        m_delimiter->addItem(words, static_cast<int>(character));
    m_quote->addItem(QStringLiteral("\""), static_cast<int>('"'));
    m_quote->addItem(QStringLiteral("'"), static_cast<int>('\''));
    m_quote->addItem(tr("None"), 0);
    addBox(*rows, tr("Delimiter"), m_delimiter, "delimiter");
    addBox(*rows, tr("Quote"), m_quote, "quote");
    addChoice(*rows, kind, "decimal", m_decimal);
    m_header->setObjectName(QStringLiteral("header"));
    rows->addWidget(m_header);
    addBox(*rows, tr("Event time"), m_eventTime, "event_time");
    m_eventTime->setToolTip(tr("The column that says when a row happened. Windows and watermarks go by it."));
    addChoice(*rows, kind, "on_error", m_onError);
    for (QComboBox* box : {m_delimiter, m_quote, m_decimal})
        connect(box, &QComboBox::activated, this, &ImportDialog::readAgain);
    connect(m_header, &QCheckBox::clicked, this, &ImportDialog::readAgain);
    connect(m_eventTime, &QComboBox::activated, this, [this] {
        m_choices.setEventTime(m_eventTime->currentData().toInt());
        refresh();
    });
    connect(m_onError, &QComboBox::activated, this, &ImportDialog::refresh);
    return owner;
}

QWidget* ImportDialog::makeFoot() {
    auto* owner = new QWidget;
    QHBoxLayout* row = rowOf(owner);
    m_looked->setProperty("role", "caption");
    m_looked->setObjectName(QStringLiteral("looked"));
    row->addWidget(m_looked, 1);
    auto* leave = new QPushButton(tr("Cancel"));
    leave->setAutoDefault(false);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    m_importAll->setObjectName(QStringLiteral("importAll"));
    m_importAll->setText(tr("Import all %1").arg(m_file.others + 1));
    m_importAll->setToolTip(tr("The others are imported as they are guessed."));
    m_importAll->setAutoDefault(false);
    m_importAll->setVisible(m_file.others > 0);
    m_import->setObjectName(QStringLiteral("import"));
    m_import->setProperty("role", "primary");
    m_import->setDefault(true);
    connect(m_import, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_importAll, &QPushButton::clicked, this, [this] {
        m_takesAll = true;
        accept();
    });
    row->addWidget(leave);
    row->addWidget(m_importAll);
    row->addWidget(m_import);
    return owner;
}

CsvFormat ImportDialog::chosenFormat() const {
    CsvFormat format = m_file.format;
    format.delimiter = static_cast<char>(m_delimiter->currentData().toInt());
    format.quote = static_cast<char>(m_quote->currentData().toInt());
    format.header = m_header->isChecked();
    format.decimal = static_cast<CsvFormat::Decimal>(m_decimal->currentIndex());
    return format;
}

void ImportDialog::showFormat(const CsvFormat& format) {
    m_delimiter->setCurrentIndex(m_delimiter->findData(static_cast<int>(format.delimiter)));
    m_quote->setCurrentIndex(m_quote->findData(static_cast<int>(format.quote)));
    m_header->setChecked(format.header);
    m_decimal->setCurrentIndex(static_cast<int>(format.decimal));
}

void ImportDialog::readAgain() {
    look(false);
}

void ImportDialog::look(bool guess) {
    m_import->setEnabled(false);
    m_importAll->setEnabled(false);
    m_looked->setText(tr("Reading the file…"));
    const auto read = [path = m_file.path.toStdString(), format = guess ? m_file.format : chosenFormat(),
                       guess, delimiter = m_file.guessDelimiter](const Latest::Question& question) {
        const auto cancelled = [question] { return question.isDropped(); };
        return guess ? lookAtCsv(path, format, delimiter, cancelled)
                     : previewCsv(path, format, bounds(cancelled));
    };
    m_looking.ask(read, [this](const Result<CsvPreview>& preview) { showLook(preview); });
}

void ImportDialog::showLook(const Result<CsvPreview>& preview) {
    if (!preview.ok()) {
        m_looked->clear();
        for (HintBox* hint : {m_text, m_misfits, m_disorder}) hint->hide();
        m_rejected->set(HintBox::Kind::Error, translated(preview.error().message),
                        translated(preview.error().fix));
        m_rejected->show();
        return;
    }
    m_choices.see(*preview);
    if (std::exchange(m_takesNumbers, false)) m_choices.takeNumbers();
    m_rows->reset();
    m_head->showColumns();
    showFormat(m_choices.preview().format);
    m_head->setDefaultSectionSize(Theme::of(this).scaled(kUsualWidth));
    // To measure thousands of columns takes seconds.
    if (m_choices.size() <= kMostMeasured) fitColumns(*m_table, Theme::of(this).scaled(kWidest));
    const std::uint64_t rows = m_choices.preview().rows;
    m_looked->setText(
        translated(m_choices.preview().whole
                       ? figures::counted(rows, RW_TEXT("import", "The only row was looked at."),
                                          RW_TEXT("import", "All %1 rows were looked at."))
                       : figures::counted(rows, RW_TEXT("import", "The first row was looked at."),
                                          RW_TEXT("import", "The first %1 rows were looked at."))));
    refresh();
    // A link that was pressed is gone; a user who chooses another format by keyboard stays there.
    if (!m_delimiter->hasFocus() && !m_quote->hasFocus() && !m_decimal->hasFocus() && !m_header->hasFocus())
        m_import->setFocus(Qt::OtherFocusReason);
}

void ImportDialog::refresh() {
    m_rows->refresh();
    m_head->refresh();
    m_head->viewport()->update();
    refreshTimes();
    refreshHints();
    m_import->setEnabled(m_choices.possible());
    m_importAll->setEnabled(m_choices.possible());
}

void ImportDialog::refreshTimes() {
    m_eventTime->clear();
    m_eventTime->addItem(tr("None"), -1);
    for (const std::size_t i : m_choices.timeColumns()) {
        const CsvPreviewColumn& column = m_choices.preview().columns[i];
        const QString name = shownText(QString::fromStdString(column.name), 40);
        const QString words =
            column.epoch == CsvFormat::Epoch::Seconds        ? tr("%1 (seconds since 1970)").arg(name)
            : column.epoch == CsvFormat::Epoch::Milliseconds ? tr("%1 (milliseconds since 1970)").arg(name)
                                                             : name;
        m_eventTime->addItem(words, static_cast<int>(i));
    }
    m_eventTime->setCurrentIndex(std::max(0, m_eventTime->findData(m_choices.eventTime())));
}

void ImportDialog::refreshHints() {
    hintAtText();
    hintAtMisfits();
    hintAtRejected();
    hintAtDisorder();
}

/// Columns that are text because of some of their values, as long as they are imported as text.
void ImportDialog::hintAtText() {
    QStringList told, actions;
    m_offeredTypes.clear();
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        const auto other = m_choices.otherThanText(i);
        if (!other) continue;
        const CsvPreviewColumn& column = m_choices.preview().columns[i];
        told << shownText(translated(column.whyText()));
        if (m_offeredTypes.size() == kMostTold) continue;
        m_offeredTypes.push_back(i);
        actions << tr("Import %1 as %2")
                       .arg(shownText(QString::fromStdString(column.name), 24),
                            QString::fromStdString(toString(*other)));
    }
    if (m_choices.preview().betterDecimal()) actions = QStringList{tr("Read “12,50” as a number")};
    setHint(*m_text, HintBox::Kind::Info, told, actions);
}

void ImportDialog::followTextHint(int action) {
    if (const auto better = m_choices.preview().betterDecimal()) {
        m_decimal->setCurrentIndex(static_cast<int>(*better));
        m_takesNumbers = true;
        readAgain();
        return;
    }
    const std::size_t column = m_offeredTypes[static_cast<std::size_t>(action)];
    m_choices.setType(column, m_choices.otherThanText(column));
    refresh();
    m_import->setFocus(Qt::OtherFocusReason);  // the link is gone
}

void ImportDialog::hintAtMisfits() {
    QStringList told;
    const bool nulls = m_onError->currentData().toString() == QLatin1String("null");
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        const CsvMisfits& misfits = m_choices.misfits(i);
        if (misfits.count == 0) continue;
        const CsvPreviewColumn& column = m_choices.preview().columns[i];
        told << tr("%1: %2 of %3 values are no %4 (%5).")
                    .arg(shownText(QString::fromStdString(column.name)), countText(misfits.count),
                         countText(column.values), QString::fromStdString(toString(*m_choices.type(i))),
                         listed(misfits));
        const QString pattern = datePattern(QString::fromStdString(misfits.examples.front()));
        if (m_choices.type(i)->is(TypeId::Timestamp) && !pattern.isEmpty())
            told << tr("Import it as STRING and convert it with TO_TIMESTAMP(column, '%1') in a Select.")
                        .arg(pattern);
    }
    const bool read = m_onError->currentData().toString() == QLatin1String("reject");
    setHint(*m_misfits, nulls ? HintBox::Kind::Info : HintBox::Kind::Warn, told,
            read ? QStringList{tr("Put NULL in place, in all columns")} : QStringList{});
}

void ImportDialog::hintAtRejected() {
    const CsvPreview& preview = m_choices.preview();
    m_rejected->setVisible(preview.rejected > 0);
    if (preview.rejected == 0) return;
    m_rejected->set(
        HintBox::Kind::Warn,
        tr("%1 of %2 rows can't be read.").arg(countText(preview.rejected), countText(preview.rows)),
        tr("The first is row %1: %2").arg(countText(preview.firstRejected), translated(preview.reason)));
}

/// Without a delay such rows would be late without a word.
void ImportDialog::hintAtDisorder() {
    const Millis disorder = m_choices.disorder();
    QStringList told, actions;
    if (m_choices.likelyDelay() > 0) {
        told << (disorder > 0 ? tr("Rows are up to %1 out of order.")
                                    .arg(translated(figures::took(static_cast<double>(disorder) / 1000)))
                              : tr("Several rows have the same time."));
        const QString delay = translated(durationText(m_choices.likelyDelay()));
        if (m_choices.isDelayed()) {
            told << tr("The watermark delay becomes %1, so that none of them is late.").arg(delay);
            actions << tr("No delay");
        } else {
            told << (disorder > 0 ? tr("Windows that have closed by then leave them out.")
                                  : tr("Nodes such as Deduplicate leave out all of them but the first."));
            actions << tr("Delay the watermark by %1").arg(delay);
        }
    }
    setHint(*m_disorder, m_choices.isDelayed() ? HintBox::Kind::Info : HintBox::Kind::Warn, told, actions);
}

Json ImportDialog::params() const {
    Json params = m_choices.params(m_writing);
    const std::string onError = m_onError->currentData().toString().toStdString();
    if (onError != "reject") params["on_error"] = onError;
    return params;
}

}  // namespace rw::ui
