#include "widgets/inspector/pipeline_form.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <utility>

#include "core/pipeline/limits.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/param_row.h"
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
        if (change.kind == DocumentChange::Kind::PropertiesChanged) refreshValue();
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

/// What was typed last goes to the document before the field goes.
void PipelineForm::leaveField() {
    QWidget* field = QApplication::focusWidget();
    if (field != nullptr && isAncestorOf(field)) field->clearFocus();
}

/// What is still being typed goes with the field: the pipeline may be another one by now.
void PipelineForm::rebuild() {
    if (m_memoryLimit != nullptr) disconnect(&m_memoryLimit->field(), nullptr, this, nullptr);
    delete m_memoryLimit;
    m_title->setText(tr("Pipeline"));
    m_memoryLimit = new ParamRow(memoryLimit());
    connect(&m_memoryLimit->field(), &ParamField::edited, this, [this](const Json& value) {
        Settings settings = m_document.pipeline().settings;
        settings.memoryLimit = value.is_string() ? value.get<std::string>() : std::string();
        m_document.setSettings(settings);
    });
    m_column->addWidget(m_memoryLimit);
    fitLabel();
    refreshValue();
    refreshIssues();
}

void PipelineForm::fitLabel() {
    m_memoryLimit->setLabelWidth(labelWidth(width() - 2 * metrics::kPanelPadding, Theme::of(this)));
}

void PipelineForm::refreshValue() {
    const std::string& limit = m_document.pipeline().settings.memoryLimit;
    m_memoryLimit->field().setValue(limit.empty() ? Json() : Json(limit));
    auto* edit = qobject_cast<QLineEdit*>(m_memoryLimit->field().focusProxy());
    edit->setPlaceholderText(tr("none"));
    edit->setMaxLength(kMaxTitle);  // no file holds more
}

void PipelineForm::refreshIssues() {
    std::vector<Issue> mine;
    for (const Issue* issue : m_document.issuesOf(NodeId())) {  // of no node
        if (issue->param == memoryLimit().name) mine.push_back(*issue);
    }
    m_memoryLimit->setIssues(mine);
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
    fitLabel();
}

}  // namespace rw::ui
