#include "widgets/inspector/pipeline_form.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QStringListModel>
#include <QVBoxLayout>
#include <initializer_list>
#include <utility>
#include <vector>

#include "core/base/byte_size.h"
#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/limits.h"
#include "core/pipeline/restart_strategy.h"
#include "widgets/document/editing/rename_variable.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/inspector/param_row.h"
#include "widgets/inspector/restart_rows.h"
#include "widgets/inspector/variable_rows.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

const ParamSpec& timeZone() {
    static const ParamSpec kSpec = makeParam(
        "time_zone", ParamKind::String, RW_TEXT("settings", "Time zone"),
        RW_TEXT("settings",
                "The zone of the times on the axes of charts and of the timeline: a name as Europe/Berlin, "
                "UTC, or local for this computer's. Tables have times in UTC. Windows and results do not "
                "depend on it, but UNIX_TIMESTAMP of a "
                "text does."),
        Settings().timeZone);
    return kSpec;
}

const ParamSpec& parallelism() {
    static const ParamSpec kSpec =
        makeParam("parallelism", ParamKind::Integer, RW_TEXT("settings", "Parallelism"),
                  RW_TEXT("settings",
                          "How many tasks run at a time. 0: one for each core. Results do not depend on it."),
                  Settings().parallelism);
    return kSpec;
}

const ParamSpec& memoryLimit() {
    static const ParamSpec kSpec = makeParam(
        "memory_limit", ParamKind::String, RW_TEXT("settings", "Memory limit"),
        RW_TEXT("settings",
                "How much state all nodes may keep together, as 512MB or 2GB. A run that needs more "
                "ends, and says which node keeps most. Empty: no limit."));
    return kSpec;
}

const ParamSpec& stateMemory() {
    static const ParamSpec kSpec = makeParam(
        "state_memory", ParamKind::String, RW_TEXT("settings", "State memory"),
        RW_TEXT(
            "settings",
            "How much state stays in memory, as 512MB or 2GB. State beyond it goes to files, from nodes that "
            "can have it there, such as windows. Results do not depend on it. Empty: a quarter of this "
            "machine's memory, or half of the memory limit where that is less."));
    return kSpec;
}

/// Settings::unknown has its value: see core/pipeline/checks/settings_check.h.
const ParamSpec& checkpointEvery() {
    static const ParamSpec kSpec =
        makeParam("checkpoint_every", ParamKind::Duration, RW_TEXT("settings", "Checkpoint every"),
                  RW_TEXT("settings",
                          "How often a run that does not end by itself keeps what it takes to go on after it "
                          "was stopped, failed or was killed. 0: never."),
                  "10s");
    return kSpec;
}

const ParamSpec& checkpointsKept() {
    static const ParamSpec kSpec = makeParam(
        "checkpoints_kept", ParamKind::Integer, RW_TEXT("settings", "Checkpoints kept"),
        RW_TEXT("settings",
                "How many of the newest checkpoints are kept, 1 to 100. When one is damaged a run resumes "
                "from the one before. Savepoints do not count."),
        kCheckpointsKept);
    return kSpec;
}

const ParamSpec& keepInput() {
    static const ParamSpec kSpec = makeParam(
        "keep_input", ParamKind::Boolean, RW_TEXT("settings", "Keep newest input"),
        RW_TEXT("settings",
                "Whether a run in this window keeps the newest rows of its live sources by itself, so that "
                "questions about its results can be answered. Off: they are never written to disk, as for "
                "rows about persons. It counts from the next run on."),
        true);
    return kSpec;
}

QStringList zoneNames() {
    QStringList names{QStringLiteral("UTC"), QStringLiteral("local")};
    for (const std::string& name : timeZoneNames()) names << QString::fromStdString(name);
    names.removeDuplicates();
    return names;
}

/// Of the names that this computer knows, by any part of one. They are read from its disk once somebody
/// types.
QCompleter* zoneCompleter(QLineEdit& edit) {
    auto* names = new QStringListModel(&edit);
    auto* completer = new QCompleter(names, &edit);
    QObject::connect(&edit, &QLineEdit::textEdited, names, [names] {
        if (names->rowCount() == 0) names->setStringList(zoneNames());
    });
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    return completer;
}

/// The file keeps no other number, so the pipeline does not either.
Issue wrongParallelism(const Json& value) {
    Issue issue;
    issue.param = parallelism().name;
    issue.message = RW_TEXT("settings", "A parallelism of %1 is not possible: 0 (one task per core) to %2.")
                        .with(value.is_string() ? value.get<std::string>() : value.dump(), kMaxParallelism);
    return issue;
}

/// Null: nothing is said.
Json unknownOf(const Settings& settings, const std::string& name) {
    const auto found = settings.unknown.find(name);
    return found == settings.unknown.end() ? Json() : *found;
}

}  // namespace

PipelineForm::PipelineForm(PipelineDocument& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_zoom(Theme::of(this).settings().textZoomPercent),
      m_column(new QVBoxLayout(this)),
      m_title(new QLabel) {
    m_column->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding, 0);
    m_column->setSpacing(metrics::kGrid);
    m_title->setProperty("role", "section");
    m_column->addWidget(m_title);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) rebuild();
        if (change.kind == DocumentChange::Kind::PropertiesChanged) refreshValues();
    });
    connect(&document, &PipelineDocument::validatedChanged, this, &PipelineForm::refreshIssues);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        const int zoom = Theme::of(this).settings().textZoomPercent;
        if (zoom == std::exchange(m_zoom, zoom)) return;
        leaveField();
        rebuild();  // its label stands elsewhere
    });
    rebuild();
}

std::vector<std::pair<std::string, QString>> PipelineForm::namedSettings() {
    std::vector<std::pair<std::string, QString>> all;
    for (const ParamSpec* spec :
         {&timeZone(), &parallelism(), &memoryLimit(), &stateMemory(), &checkpointEvery(), &checkpointsKept(),
          &keepInput(), &RestartRows::kindSpec()})
        all.emplace_back(spec->name, translated(spec->label));
    return all;
}

void PipelineForm::focusSetting(const std::string& name) {
    auto* const field = findChild<QWidget*>(QStringLiteral("input_") + QString::fromStdString(name));
    if (field == nullptr) return;
    for (QWidget* around = parentWidget(); around != nullptr; around = around->parentWidget()) {
        if (auto* const area = qobject_cast<QScrollArea*>(around)) area->ensureWidgetVisible(field);
    }
    field->setFocus(Qt::ShortcutFocusReason);
}

/// The text typed last goes to the document before the field goes.
void PipelineForm::leaveField() {
    QWidget* field = QApplication::focusWidget();
    if (field != nullptr && isAncestorOf(field)) field->clearFocus();
}

/// Text that is still being typed goes with the field: the pipeline may be another one by now.
void PipelineForm::rebuild() {
    if (m_timeZone != nullptr) disconnect(&edit(*m_timeZone), nullptr, &m_whileWhole, nullptr);
    for (ParamRow* row : rows()) {
        if (row != nullptr) disconnect(&row->field(), nullptr, this, nullptr);
        delete row;
    }
    if (m_restart != nullptr) disconnect(m_restart, nullptr, this, nullptr);
    delete m_restart;
    if (m_variables != nullptr) disconnect(m_variables, nullptr, this, nullptr);
    delete m_variables;
    m_wrongParallelism.reset();
    m_title->setText(tr("Pipeline"));
    m_timeZone = new ParamRow(timeZone());
    QLineEdit& zone = edit(*m_timeZone);
    zone.setMaxLength(kMaxTitle);
    QCompleter* zones = zoneCompleter(zone);
    zone.setCompleter(zones);
    m_parallelism = new ParamRow(parallelism());
    m_memoryLimit = new ParamRow(memoryLimit());
    m_stateMemory = new ParamRow(stateMemory());
    // No file holds more. Once: a field that is told forgets what Ctrl+Z brings back.
    for (const ParamRow* row : {m_memoryLimit, m_stateMemory}) edit(*row).setMaxLength(kMaxTitle);
    m_checkpointEvery = new ParamRow(checkpointEvery());
    m_checkpointsKept = new ParamRow(checkpointsKept());
    m_keepInput = new ParamRow(keepInput());
    m_restart = new RestartRows;
    m_variables = new VariableRows;
    // A part of a name is no mistake while the list of names with it is open.
    connect(&m_timeZone->field(), &ParamField::edited, this, [this, zones](const Json& value) {
        if (!zones->popup()->isVisible()) setTimeZone(value);
    });
    connect(&zone, &QLineEdit::editingFinished, &m_whileWhole,
            [this, &zone] { setTimeZone(zone.text().trimmed().toStdString()); });
    // Qt tells of no edit by it.
    connect(zones, qOverload<const QString&>(&QCompleter::activated), this,
            [this](const QString& name) { setTimeZone(name.toStdString()); });
    connect(&m_parallelism->field(), &ParamField::edited, this, &PipelineForm::setParallelism);
    connect(&m_memoryLimit->field(), &ParamField::edited, this,
            [this](const Json& value) { setSize(&Settings::memoryLimit, value); });
    connect(&m_stateMemory->field(), &ParamField::edited, this,
            [this](const Json& value) { setSize(&Settings::stateMemory, value); });
    for (ParamRow* row : {m_checkpointEvery, m_checkpointsKept, m_keepInput}) {
        connect(&row->field(), &ParamField::edited, this,
                [this, row](const Json& value) { setUnknown(row->spec().name, value); });
    }
    connect(m_restart, &RestartRows::edited, this,
            [this](const Json& value) { setUnknown(kRestartKey, value); });
    connect(m_variables, &VariableRows::edited, &m_document, &PipelineDocument::setVariables);
    connect(m_variables, &VariableRows::renamed, &m_document,
            [this](const std::string& from, const std::string& to) { renameVariable(m_document, from, to); });
    for (QWidget* row : rows()) m_column->addWidget(row);
    m_column->addWidget(m_restart);
    m_column->addWidget(m_variables);
    fitLabels();
    refreshValues();
    refreshIssues();
}

std::array<ParamRow*, 7> PipelineForm::rows() const {
    return {m_timeZone,        m_parallelism,     m_memoryLimit, m_stateMemory,
            m_checkpointEvery, m_checkpointsKept, m_keepInput};
}

QLineEdit& PipelineForm::edit(const ParamRow& row) {
    return *qobject_cast<QLineEdit*>(row.field().focusProxy());
}

void PipelineForm::setTimeZone(const Json& value) {
    Settings settings = m_document.pipeline().settings;
    settings.timeZone = value.is_string() ? value.get<std::string>() : std::string();
    if (settings.timeZone.empty()) settings.timeZone = Settings().timeZone;
    m_document.setSettings(settings);
}

void PipelineForm::setParallelism(const Json& value) {
    m_wrongParallelism.reset();
    const Json wanted = value.is_null() ? parallelism().defaultValue : value;
    if (wanted.is_number_integer() && wanted >= 0 && wanted <= kMaxParallelism) {
        Settings settings = m_document.pipeline().settings;
        settings.parallelism = wanted.get<int>();
        m_document.setSettings(settings);
    } else {
        m_wrongParallelism = wrongParallelism(value);
    }
    refreshIssues();
}

void PipelineForm::setSize(std::string Settings::*size, const Json& value) {
    Settings settings = m_document.pipeline().settings;
    settings.*size = value.is_string() ? value.get<std::string>() : std::string();
    m_document.setSettings(settings);
}

QString PipelineForm::usualMemory(std::uint64_t limit) {
    const std::uint64_t bytes = usualStateMemory(limit);
    if (bytes == 0) return tr("all of it");
    return (bytes == usualStateMemory() ? tr("%1, a quarter of RAM") : tr("%1, half of the limit"))
        .arg(QString::fromStdString(byteSizeText(bytes)));
}

void PipelineForm::setUnknown(const std::string& name, const Json& value) {
    Settings settings = m_document.pipeline().settings;
    if (value.is_null()) {
        settings.unknown.erase(name);
    } else {
        settings.unknown[name] = value;
    }
    m_document.setSettings(settings);
}

void PipelineForm::fitLabels() {
    const int label = labelWidth(width() - 2 * metrics::kPanelPadding, Theme::of(this));
    for (ParamRow* row : rows()) row->setLabelWidth(label);
    m_restart->setLabelWidth(label);
}

void PipelineForm::refreshValues() {
    const Settings& settings = m_document.pipeline().settings;
    m_timeZone->field().setValue(settings.timeZone == Settings().timeZone ? Json() : Json(settings.timeZone));
    m_wrongParallelism.reset();
    m_parallelism->field().setValue(settings.parallelism == 0 ? Json() : Json(settings.parallelism));
    edit(*m_parallelism).setPlaceholderText(tr("one per core"));
    const std::string& limit = settings.memoryLimit;
    m_memoryLimit->field().setValue(limit.empty() ? Json() : Json(limit));
    edit(*m_memoryLimit).setPlaceholderText(tr("none"));
    const std::string& memory = settings.stateMemory;
    m_stateMemory->field().setValue(memory.empty() ? Json() : Json(memory));
    edit(*m_stateMemory).setPlaceholderText(usualMemory(memoryLimitOf(settings)));
    for (const ParamRow* row : {m_checkpointEvery, m_checkpointsKept, m_keepInput})
        row->field().setValue(unknownOf(settings, row->spec().name));
    m_restart->setValue(unknownOf(settings, kRestartKey));
    m_variables->setVariables(m_document.pipeline().variables);
}

void PipelineForm::refreshIssues() {
    const auto issuesAt = [this](const std::string& name) {
        std::vector<Issue> mine;
        for (const Issue* issue : m_document.issuesOf(NodeId())) {  // of no node
            if (issue->param == name) mine.push_back(*issue);
        }
        return mine;
    };
    for (ParamRow* row : rows()) row->setIssues(issuesAt(row->spec().name));
    if (m_wrongParallelism) m_parallelism->setIssues({*m_wrongParallelism});
    m_restart->setIssues(issuesAt(kRestartKey));
}

void PipelineForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        leaveField();
        rebuild();
    }
    QWidget::changeEvent(event);
}

void PipelineForm::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitLabels();
}

}  // namespace rw::ui
