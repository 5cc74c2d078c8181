#include "widgets/inspector/pipeline_form.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <initializer_list>
#include <utility>
#include <vector>

#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/limits.h"
#include "core/pipeline/restart_strategy.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/param_row.h"
#include "widgets/inspector/restart_rows.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

const ParamSpec& memoryLimit() {
    static const ParamSpec kSpec = makeParam(
        "memory_limit", ParamKind::String, RW_TEXT("settings", "Memory limit"),
        RW_TEXT("settings",
                "How much state all nodes may keep together, as 512MB or 2GB. A run that needs more "
                "ends, and says which node keeps most. Empty: no limit."));
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

/// The text typed last goes to the document before the field goes.
void PipelineForm::leaveField() {
    QWidget* field = QApplication::focusWidget();
    if (field != nullptr && isAncestorOf(field)) field->clearFocus();
}

/// Text that is still being typed goes with the field: the pipeline may be another one by now.
void PipelineForm::rebuild() {
    for (ParamRow* row : {m_memoryLimit, m_checkpointEvery, m_checkpointsKept}) {
        if (row != nullptr) disconnect(&row->field(), nullptr, this, nullptr);
        delete row;
    }
    if (m_restart != nullptr) disconnect(m_restart, nullptr, this, nullptr);
    delete m_restart;
    m_title->setText(tr("Pipeline"));
    m_memoryLimit = new ParamRow(memoryLimit());
    // No file holds more. Once: a field that is told forgets what Ctrl+Z brings back.
    limitEdit().setMaxLength(kMaxTitle);
    m_checkpointEvery = new ParamRow(checkpointEvery());
    m_checkpointsKept = new ParamRow(checkpointsKept());
    m_restart = new RestartRows;
    connect(&m_memoryLimit->field(), &ParamField::edited, this, &PipelineForm::setMemoryLimit);
    for (ParamRow* row : {m_checkpointEvery, m_checkpointsKept}) {
        connect(&row->field(), &ParamField::edited, this,
                [this, row](const Json& value) { setUnknown(row->spec().name, value); });
    }
    connect(m_restart, &RestartRows::edited, this,
            [this](const Json& value) { setUnknown(kRestartKey, value); });
    for (QWidget* each :
         std::initializer_list<QWidget*>{m_memoryLimit, m_checkpointEvery, m_checkpointsKept, m_restart})
        m_column->addWidget(each);
    fitLabels();
    refreshValues();
    refreshIssues();
}

QLineEdit& PipelineForm::limitEdit() const {
    return *qobject_cast<QLineEdit*>(m_memoryLimit->field().focusProxy());
}

void PipelineForm::setMemoryLimit(const Json& value) {
    Settings settings = m_document.pipeline().settings;
    settings.memoryLimit = value.is_string() ? value.get<std::string>() : std::string();
    m_document.setSettings(settings);
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
    for (ParamRow* row : {m_memoryLimit, m_checkpointEvery, m_checkpointsKept}) row->setLabelWidth(label);
    m_restart->setLabelWidth(label);
}

void PipelineForm::refreshValues() {
    const Settings& settings = m_document.pipeline().settings;
    const std::string& limit = settings.memoryLimit;
    m_memoryLimit->field().setValue(limit.empty() ? Json() : Json(limit));
    limitEdit().setPlaceholderText(tr("none"));
    for (const ParamRow* row : {m_checkpointEvery, m_checkpointsKept})
        row->field().setValue(unknownOf(settings, row->spec().name));
    m_restart->setValue(unknownOf(settings, kRestartKey));
}

void PipelineForm::refreshIssues() {
    const auto issuesAt = [this](const std::string& name) {
        std::vector<Issue> mine;
        for (const Issue* issue : m_document.issuesOf(NodeId())) {  // of no node
            if (issue->param == name) mine.push_back(*issue);
        }
        return mine;
    };
    for (ParamRow* row : {m_memoryLimit, m_checkpointEvery, m_checkpointsKept})
        row->setIssues(issuesAt(row->spec().name));
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
