#include "widgets/inspector/trials/python_trial_box.h"

#include <QFile>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/pipeline/variables.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/data_text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/editor/code_edit.h"
#include "widgets/editor/python_edit.h"
#include "widgets/inspector/fields/python_field.h"
#include "widgets/inspector/trials/input_rows.h"
#include "widgets/inspector/trials/tried_function.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kRowsAtFirst = 3, kShownRows = 8, kPrintedLines = 4;
constexpr qsizetype kMostPrinted = 16'384;
constexpr std::size_t kTakenRows = 10, kMostResults = 200;
constexpr char kFile[] = "file";
constexpr qint64 kLongestFile = 1 << 20;

/// The last line that says something: “ValueError: too few”.
QString lastLine(const std::string& text) {
    const QStringList lines = QString::fromStdString(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return lines.isEmpty() ? QString() : lines.back().trimmed();
}

/// That a row's error ends with: “KeyError: 'price' (line 3)”; 0: none.
int lineIn(const std::string& why) {
    static const QRegularExpression kLine(QStringLiteral("\\(line (\\d+)\\)\\s*$"));
    return kLine.match(QString::fromStdString(why)).captured(1).toInt();
}

QLabel* caption(QWidget* owner) {
    auto* label = new QLabel(owner);
    label->setProperty("role", "caption");
    label->setWordWrap(true);
    label->hide();
    return label;
}

}  // namespace

PythonTrialBox::PythonTrialBox(PipelineDocument& document, RunSession* session, NodeId node,
                               PythonField& field, TrialMemory& memory, QWidget* parent)
    : TrialBox(parent),
      m_document(document),
      m_node(std::move(node)),
      m_field(field),
      m_memory(memory),
      m_input(new InputRows(document, session, m_node, this)),
      m_rows(new TypedRows(memory.cellsOf(m_node), {})),
      m_try(new QPushButton(tr("Try"))),
      m_take(new QPushButton(tr("Take rows of the input"))),
      m_question(new HintBox(this)),
      m_failure(new HintBox(this)),
      m_count(caption(this)),
      m_waits(caption(this)),
      m_result(new QTableWidget(this)),
      m_printed(new QPlainTextEdit(this)) {
    setObjectName(QStringLiteral("pythonTrial"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    auto* line = new QHBoxLayout;
    m_try->setObjectName(QStringLiteral("tryCode"));
    m_try->setProperty("controlSize", "small");
    m_try->setToolTip(tr("Runs the function on these rows"));
    m_take->setObjectName(QStringLiteral("takeRows"));
    m_take->setProperty("role", "link");
    line->addWidget(m_try);
    line->addWidget(m_take);
    line->addStretch();
    const Theme& theme = Theme::of(this);
    m_result->setObjectName(QStringLiteral("tried"));
    m_result->setAccessibleName(tr("Rows that the function gave"));
    m_result->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_result->verticalHeader()->hide();
    m_result->setFont(theme.font(TextStyle::CodeSmall));
    applyTableStyle(*m_result);
    m_printed->setObjectName(QStringLiteral("printed"));
    m_printed->setAccessibleName(tr("Printed by the code, and how it was run"));
    m_printed->setProperty("mono", true);
    m_printed->setReadOnly(true);
    m_printed->setTabChangesFocus(true);
    m_printed->setFixedHeight(kPrintedLines * theme.lineHeight(TextStyle::Code));
    m_question->setObjectName(QStringLiteral("askToTry"));
    m_failure->setObjectName(QStringLiteral("trialFailed"));
    for (QWidget* later : std::initializer_list<QWidget*>{m_question, m_failure, m_result, m_printed})
        later->hide();
    column->addWidget(m_waits);
    column->addWidget(m_rows);
    column->addLayout(line);
    for (QWidget* below :
         std::initializer_list<QWidget*>{m_question, m_failure, m_count, m_result, m_printed})
        column->addWidget(below);
    connect(m_try, &QPushButton::clicked, this, &PythonTrialBox::begin);
    connect(m_take, &QPushButton::clicked, this, [this] { m_rows->take(m_input->rows(), kTakenRows); });
    connect(m_question, &HintBox::actionTriggered, this, &PythonTrialBox::answer);
    connect(m_input, &InputRows::changed, this, &PythonTrialBox::refresh);
    connect(&m_trial, &PythonTrial::changed, this, &PythonTrialBox::showReport);
    connect(&field.edit(), &QPlainTextEdit::textChanged, this, [this] {
        // Lines move: a mark would stand at another one.
        if (m_field.edit().toPlainText().toStdString() != m_triedCode) m_field.setMarks({});
        m_question->hide();
    });
    refresh();
}

void PythonTrialBox::refresh() {
    const TypedNode* typed = m_document.typed(m_node);
    const bool wired = typed && !typed->inputs.empty() && !typed->inputs.front().empty();
    if (wired) m_rows->setColumns(*typed->inputs.front().front().schema, kRowsAtFirst);
    m_waits->setText(tr("The function is tried on rows of its input: connect one first."));
    m_waits->setVisible(!wired);
    m_rows->setVisible(wired);
    m_try->setVisible(wired);
    m_take->setVisible(wired && m_input->hasRows());
    m_try->setEnabled(!m_trial.isRunning());
    showFile();
    if (m_waiting && m_document.isValidated()) begin();
}

void PythonTrialBox::begin() {
    m_question->hide();
    // The code typed last was told when the button took the keyboard; it is bound a moment later.
    m_waiting = !m_document.isValidated();
    if (m_waiting) return;
    const Result<TriedFunction> function = triedFunction(m_document, m_node, m_field.edit().toPlainText());
    if (!function.ok()) {
        m_trial.clear();
        return say(translated(function.error().message), translated(function.error().fix));
    }
    m_asked = function->fingerprint;
    if (m_memory.agreed.contains(m_asked)) return run();
    m_failure->hide();
    m_question->set(HintBox::Kind::Warn, tr("Run this code?"), translated(function->consequences),
                    {tr("Run it"), tr("Do not run")});
    m_question->show();
}

// The answer holds for the code that the question was about.
void PythonTrialBox::answer(int action) {
    m_question->hide();
    if (action != 0) return;
    const Result<TriedFunction> function = triedFunction(m_document, m_node, m_field.edit().toPlainText());
    if (!function.ok() || function->fingerprint != m_asked) return begin();
    m_memory.agreed.insert(m_asked);
    run();
}

void PythonTrialBox::run() {
    const Result<TriedFunction> function = triedFunction(m_document, m_node, m_field.edit().toPlainText());
    if (!function.ok() || !m_memory.agreed.contains(function->fingerprint)) return;
    Result<Batch> rows = m_rows->batch();
    if (!rows.ok()) {
        m_trial.clear();
        return say(translated(rows.error().message), translated(rows.error().fix));
    }
    m_triedCode = function->code;
    m_trial.start([run = function->run, rows = std::move(*rows)] { return run(rows); });
}

void PythonTrialBox::showReport() {
    m_try->setEnabled(!m_trial.isRunning());
    const std::optional<PythonTrialReport>& report = m_trial.report();
    m_count->setText(m_trial.isRunning() ? tr("Running…") : QString());
    m_count->setVisible(m_trial.isRunning());
    if (m_trial.isRunning()) return m_failure->hide();
    m_field.setMarks({});
    m_failure->hide();
    m_result->setVisible(report && report->failure.ok());
    m_printed->setVisible(report && !report->notes.empty());
    if (!report) return;
    QStringList notes;
    for (const Text& note : report->notes) notes << translated(note);
    m_printed->setPlainText(shownLines(notes.join(QLatin1Char('\n')), kMostPrinted));
    if (!report->failure.ok()) {
        const QString words =
            report->trace.empty() ? translated(report->failure.error().fix) : lastLine(report->trace);
        say(translated(report->failure.error().message), words);
        return mark(report->line, report->trace);
    }
    if (!report->wrong.empty()) {
        const auto& [row, why] = report->wrong.front();
        say(tr("Row %1 failed").arg(row + 1), lastLine(why));
        mark(lineIn(why), why);
    }
    showRows(report->rows);
}

/// The line of the code that has not been changed since.
void PythonTrialBox::mark(int line, const std::string& words) {
    const bool same = m_field.edit().toPlainText().toStdString() == m_triedCode;
    if (same && line > 0) m_field.setMarks({{line, shownLines(QString::fromStdString(words), kTipLength)}});
}

void PythonTrialBox::showRows(const Batch& rows) {
    m_count->setText(tr("%n rows", nullptr, static_cast<int>(rows.rows)));
    m_count->show();
    const int count = static_cast<int>(std::min(rows.rows, kMostResults));
    m_result->setColumnCount(static_cast<int>(rows.columns.size()));
    m_result->setRowCount(count);
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        const int place = static_cast<int>(i);
        const Field& field = rows.schema->fields[i];
        auto* head = new QTableWidgetItem(shownText(QString::fromStdString(field.name)));
        head->setToolTip(QString::fromStdString(toString(field.type)));
        m_result->setHorizontalHeaderItem(place, head);
        for (int row = 0; row < count; ++row) {
            const ColumnRef& column = rows.columns[i];
            const bool null = !column || column->isNull(static_cast<std::size_t>(row));
            auto* cell = new QTableWidgetItem(
                null ? QStringLiteral("NULL") : shownText(dataText(*column, static_cast<std::size_t>(row))));
            if (null) cell->setForeground(Theme::of(this).tokens().dim);
            m_result->setItem(row, place, cell);
        }
    }
    fitColumns(*m_result);
    const int lines = std::clamp(count, 1, kShownRows) + 1;
    m_result->setFixedHeight(lines * Theme::of(this).scaled(metrics::kTableRowHeight) +
                             metrics::kListPadding);
}

void PythonTrialBox::say(const QString& title, const QString& words) {
    m_failure->set(HintBox::Kind::Error, title, words);
    m_failure->show();
}

/// The text of the file that the node names, where its code is in one. It is read on another thread, and
/// where the pipeline comes from elsewhere only within its folder.
void PythonTrialBox::showFile() {
    const Node* node = m_document.node(m_node);
    const Pipeline whole = withVariables(m_document.pipeline(), m_document.validateOptions());
    const Node* given = node ? whole.find(m_node) : nullptr;
    const Json file = given ? given->params.value(kFile, Json()) : Json();
    const QString name = file.is_string() ? QString::fromStdString(file.get<std::string>()) : QString();
    if (name == m_filePath) return;
    m_filePath = name;
    if (name.isEmpty()) return m_field.showFile({}, {});
    const std::string folder = m_document.folder().toStdString();
    const std::filesystem::path path =
        (std::filesystem::path(folder) / name.toStdString()).lexically_normal();
    runInBackground(
        this,
        [path, folder, ask = DocumentTrust::questionOf(m_document)] {
            std::pair<bool, QString> found{false, {}};
            if (!ask().reachFrom(folder).allows(path)) return found;
            QFile opened(QString::fromStdString(path.native()));
            found.first = opened.open(QIODevice::ReadOnly);
            if (found.first) found.second = QString::fromUtf8(opened.read(kLongestFile));
            return found;
        },
        [this, name](const std::pair<bool, QString>& found) {
            if (name != m_filePath) return;
            m_field.showFile(found.first
                                 ? tr("The code of “%1”. It is changed there, not here.").arg(shownText(name))
                                 : tr("“%1” can't be read here.").arg(shownText(name)),
                             found.second);
        });
}

}  // namespace rw::ui
