#include "widgets/settings/target_form.h"

#include <QApplication>
#include <QCheckBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "widgets/document/translated.h"
#include "widgets/settings/connection_test.h"
#include "widgets/settings/target_row.h"
#include "widgets/settings/token_field.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kFormWidth = 300, kOptionLines = 4;
constexpr char kCaFile[] = "ca_file", kCharts[] = "charts", kToken[] = "token", kOptions[] = "options";
constexpr char kPlanFolder[] = "plan_folder";

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

std::string entered(const QLineEdit* edit) {
    return edit->text().trimmed().toStdString();
}

/// Keeps the cursor where the text is the same.
void putIn(QLineEdit* edit, const std::string& text) {
    if (entered(edit) != text) edit->setText(shown(text));
}

QVBoxLayout* columnIn(QWidget* owner) {
    auto* column = new QVBoxLayout(owner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kListPadding);
    return column;
}

}  // namespace

TargetForm::TargetForm(const SecretStore& secrets, QWidget* parent)
    : QScrollArea(parent), m_secrets(secrets), m_state(new QLabel), m_test(new ConnectionTest(secrets.read)) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_state->setProperty("role", "caption");
    m_state->setObjectName(QStringLiteral("target_state"));
    auto* inside = new QWidget;
    auto* column = columnIn(inside);
    column->setContentsMargins(0, 0, metrics::kListPadding, 0);
    m_name = addLine(*column, "name");
    column->addWidget(m_flink = buildFlink());
    column->addWidget(m_spark = buildSpark());
    m_folder = addLine(*column, "folder");
    column->addWidget(m_state);
    column->addStretch(1);
    setWidget(inside);
    retranslate();
}

QLineEdit* TargetForm::addLine(QVBoxLayout& column, const char* param) {
    auto* edit = new QLineEdit;
    addRow(column, param, edit);
    connect(edit, &QLineEdit::textEdited, this, &TargetForm::refreshProblem);
    connect(edit, &QLineEdit::editingFinished, this, &TargetForm::tellIfGood);
    return edit;
}

void TargetForm::addRow(QVBoxLayout& column, const char* param, QWidget* field) {
    if (field->objectName().isEmpty()) field->setObjectName(QStringLiteral("target_") + QLatin1String(param));
    auto* row = new TargetRow(field);
    column.addWidget(row);
    m_rows[param] = row;
}

QWidget* TargetForm::buildFlink() {
    auto* group = new QWidget;
    auto* column = columnIn(group);
    m_gateway = addLine(*column, "gateway");
    m_jobManager = addLine(*column, "job_manager");
    auto* file = new QWidget;
    auto* line = new QHBoxLayout(file);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::kStep);
    m_caFile = new QLineEdit;
    m_caFile->setObjectName(QStringLiteral("target_ca_file"));
    auto* choose = new IconButton(QStringLiteral("folder-open"), {});
    choose->setObjectName(QStringLiteral("choose_ca_file"));
    line->addWidget(m_caFile, 1);
    line->addWidget(choose);
    file->setFocusProxy(m_caFile);
    file->setObjectName(QStringLiteral("ca_file_line"));
    addRow(*column, kCaFile, file);
    m_token = new TokenField(m_secrets);
    addRow(*column, kToken, m_token);
    m_charts = new QCheckBox;
    addRow(*column, kCharts, m_charts);
    m_planFolder = addLine(*column, kPlanFolder);
    connect(m_caFile, &QLineEdit::textEdited, this, &TargetForm::refreshProblem);
    connect(m_caFile, &QLineEdit::editingFinished, this, &TargetForm::tellIfGood);
    connect(choose, &QToolButton::clicked, this, &TargetForm::chooseCaFile);
    connect(m_token, &TokenField::typed, this, &TargetForm::refreshProblem);
    connect(m_token, &TokenField::left, this, &TargetForm::tellIfGood);
    connect(m_token, &TokenField::stored, this, &TargetForm::tokenStored);
    connect(m_token, &TokenField::notStored, this, &TargetForm::tokenNotStored);
    connect(m_token, &TokenField::settled, this, &TargetForm::settled);
    connect(m_charts, &QCheckBox::clicked, this, &TargetForm::tellIfGood);
    return group;
}

QWidget* TargetForm::buildSpark() {
    auto* group = new QWidget;
    auto* column = columnIn(group);
    m_submit = addLine(*column, "submit");
    m_master = addLine(*column, "master");
    m_options = new QPlainTextEdit;
    m_options->setProperty("mono", true);
    m_options->setTabChangesFocus(true);
    m_options->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_options->installEventFilter(this);
    addRow(*column, kOptions, m_options);
    connect(m_options, &QPlainTextEdit::textChanged, this, &TargetForm::refreshProblem);
    return group;
}

void TargetForm::chooseCaFile() {
    auto* dialog = new QFileDialog(this, tr("Choose the certificates"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_caFile->setText(path);
        tellIfGood();
    });
    dialog->open();
}

void TargetForm::setTarget(const Target& target, const QStringList& others) {
    m_others = others;
    Target withToken = m_target;
    withToken.flink.token = target.flink.token;
    if (target == m_target) {
        // As it was told, or still unfinished.
    } else if (target == withToken) {
        m_target = target;
        m_token->setToken(target.flink.token, shown(target.name));
    } else {
        m_target = target;
        fill();
    }
    refreshProblem();
}

void TargetForm::fill() {
    putIn(m_name, m_target.name);
    putIn(m_folder, m_target.folder);
    m_flink->setVisible(m_target.engine == Engine::Flink);
    m_spark->setVisible(m_target.engine == Engine::Spark);
    putIn(m_gateway, m_target.flink.gateway);
    putIn(m_jobManager, m_target.flink.jobManager);
    putIn(m_caFile, m_target.flink.caFile);
    m_charts->setChecked(m_target.flink.charts);
    putIn(m_planFolder, m_target.flink.planFolder);
    putIn(m_submit, m_target.spark.submit);
    putIn(m_master, m_target.spark.master);
    QStringList options;
    for (const std::string& option : m_target.spark.options) options << shown(option);
    if (typed().spark.options != m_target.spark.options)
        m_options->setPlainText(options.join(QLatin1Char('\n')));
    if (m_token->token() != m_target.flink.token || !m_token->isFor(shown(m_target.name)))
        m_token->setToken(m_target.flink.token, shown(m_target.name));
}

Target TargetForm::typed() const {
    Target target = m_target;
    target.name = entered(m_name);
    target.folder = entered(m_folder);
    if (target.engine == Engine::Flink) {
        target.flink = {entered(m_gateway), entered(m_jobManager), entered(m_caFile),
                        m_token->token(),   m_charts->isChecked(), entered(m_planFolder)};
        return target;
    }
    target.spark = {entered(m_submit), entered(m_master), {}};
    for (const QString& line : m_options->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (!line.trimmed().isEmpty()) target.spark.options.push_back(line.trimmed().toStdString());
    }
    return target;
}

Status TargetForm::problemOf(const Target& target) const {
    RW_TRY(usableTarget(target));
    if (!m_others.contains(shown(target.name))) return {};
    Error error{ErrorCode::Invalid,
                RW_TEXT("cluster", "Another target has the name “%1” already.").with(target.name),
                RW_TEXT("cluster", "Choose another name.")};
    error.param = "name";
    return Status(std::move(error));
}

void TargetForm::refreshProblem() {
    const Target now = typed();
    const Status problem = problemOf(now);
    for (const auto& [name, row] : m_rows) {
        if (!problem.ok() && problem.error().param == name) {
            row->setProblem(translated(problem.error().message), translated(problem.error().fix));
        } else {
            row->setProblem({});
        }
    }
    m_state->setText(!problem.ok()     ? tr("Not saved: what is wrong stands above.")
                     : now == m_target ? tr("Saved.")
                                       : tr("Saved as soon as you leave the field."));
    m_test->setTarget(problem.ok() ? std::optional(now) : std::nullopt);
}

void TargetForm::tellIfGood() {
    refreshProblem();
    const Target now = typed();
    if (now == m_target || !problemOf(now).ok()) return;
    Q_EMIT edited(now);
}

void TargetForm::leaveField() {
    QWidget* field = QApplication::focusWidget();
    if (field != nullptr && isAncestorOf(field)) field->clearFocus();
}

void TargetForm::focusName() {
    m_name->setFocus();
    m_name->selectAll();
}

bool TargetForm::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_options && event->type() == QEvent::FocusOut) tellIfGood();
    return QScrollArea::eventFilter(watched, event);
}

void TargetForm::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void TargetForm::retranslate() {
    const auto set = [this](const char* param, const QString& label, const QString& help = {}) {
        m_rows.at(param)->setWords(label, help);
    };
    set("name", tr("Name"));
    set("folder", tr("Folder of the data"),
        tr("Where relative paths of a pipeline start as the cluster sees them: /mnt/data, s3://bucket/in. "
           "Empty: the pipeline's own folder, for a cluster on this computer."));
    set("gateway", tr("SQL gateway"));
    set("job_manager", tr("JobManager"), tr("The address of Flink's web page."));
    set(kCaFile, tr("CA file"),
        tr("Certificates (PEM) that are trusted with https. Empty: those that this computer trusts."));
    set(kToken, tr("Token"));
    set(kCharts, tr("Charts"),
        tr("A job of their own, a SELECT, feeds them. Switch it off on a cluster that others use, too: a "
           "SELECT that somebody ends before it runs takes its TaskManager down, with all jobs on it "
           "(Flink 2.3.0)."));
    set(kPlanFolder, tr("Folder of plans"),
        tr("A folder that this computer and the SQL gateway both see, by the same path: /mnt/plans. Jobs are "
           "given in as compiled plans then: after an edit that adds a filter or a sink, all other nodes go "
           "on "
           "from a savepoint with what they have kept. Empty: jobs are given in as SQL."));
    m_charts->setText(tr("Feed charts by a SELECT job"));
    m_charts->setAccessibleName(m_charts->text());
    set("submit", tr("spark-submit"), tr("The program, found on PATH where it has no slash."));
    set("master", tr("Master"), tr("local[*] is this computer."));
    set(kOptions, tr("Further options"),
        tr("One word a line: --conf, and below it what is set. No secrets."));
    if (auto* choose = findChild<IconButton*>(QStringLiteral("choose_ca_file")))
        choose->setLabel(tr("Choose a file"));
    m_token->retranslate();
    widget()->setMinimumWidth(Theme::of(this).scaled(kFormWidth));
    m_options->setFixedHeight(m_options->fontMetrics().lineSpacing() * kOptionLines + 2 * metrics::kGrid);
    refreshProblem();
}

}  // namespace rw::ui
