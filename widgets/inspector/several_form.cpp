#include "widgets/inspector/several_form.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <utility>

#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/column_def.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/inspector/param_row.h"
#include "widgets/inspector/several_nodes.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

SeveralForm::SeveralForm(PipelineDocument& document, QWidget* parent)
    : QScrollArea(parent), m_document(document), m_zoom(Theme::of(this).settings().textZoomPercent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) return setNodes({});
        const bool ours = change.kind == DocumentChange::Kind::ParamChanged &&
                          std::any_of(m_nodes.begin(), m_nodes.end(),
                                      [&](const NodeId& node) { return change.isAbout(node); });
        if (ours) refreshValues();
    });
    connect(&document, &PipelineDocument::validatedChanged, this, [this] {
        refreshValues();
        refreshIssues();
    });
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        const int zoom = Theme::of(this).settings().textZoomPercent;
        if (zoom != std::exchange(m_zoom, zoom)) rebuild();  // labels stand elsewhere
    });
}

SeveralForm::~SeveralForm() {
    leaveField();
}

// The text typed last goes to its nodes before the fields go: they tell it when they lose the keyboard.
void SeveralForm::leaveField() {
    QWidget* field = QApplication::focusWidget();
    if (field != nullptr && isAncestorOf(field)) field->clearFocus();
}

// While a selection is drawn over the canvas it grows node by node: fields that fit stay.
void SeveralForm::setNodes(const std::vector<NodeId>& nodes) {
    if (nodes == m_nodes) return;
    leaveField();
    m_nodes = nodes;
    const std::vector<const ParamSpec*> shared = sharedParams(m_document, m_nodes);
    if (shared.empty() || shared != m_shared) return rebuild();
    refreshValues();
    refreshIssues();
}

void SeveralForm::rebuild() {
    leaveField();
    m_rows.clear();
    m_advanced = nullptr;
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding,
                               metrics::kPanelPadding);
    column->setSpacing(metrics::kGrid);
    m_shared = sharedParams(m_document, m_nodes);
    for (const ParamSpec* spec : m_shared) {
        if (!spec->advanced) addRow(*spec, *column);
    }
    if (m_shared.empty() && !m_nodes.empty()) {
        auto* words = new QLabel(tr("These nodes share no settings."));
        words->setObjectName(QStringLiteral("sharesNothing"));
        words->setProperty("role", "dim");
        words->setWordWrap(true);
        column->addWidget(words);
    }
    if (std::any_of(m_shared.begin(), m_shared.end(), [](const ParamSpec* spec) { return spec->advanced; })) {
        m_advanced = new CollapsibleSection(tr("More settings"));
        m_advanced->setOpen(m_rows.empty());
        column->addSpacing(metrics::kGrid);
        column->addWidget(m_advanced);
        for (const ParamSpec* spec : m_shared) {
            if (spec->advanced) addRow(*spec, *m_advanced->body());
        }
    }
    column->addStretch(1);  // no other widget grows
    setWidget(content);     // the old one goes with its fields
    fitLabels();
    refreshValues();
    refreshIssues();
}

void SeveralForm::addRow(const ParamSpec& spec, QVBoxLayout& into) {
    Row row{new ParamRow(spec), new QLabel};
    if (!spec.section.empty()) {
        auto* head = new QLabel(translated(spec.section));
        head->setProperty("role", "section");
        into.addSpacing(into.count() > 0 ? metrics::kGrid : 0);
        into.addWidget(head);
    }
    row.instead->setObjectName(QStringLiteral("instead_") + QString::fromStdString(spec.name));
    row.instead->setProperty("role", "caption");
    row.instead->setWordWrap(true);
    row.row->addBelow(row.instead);
    connect(&row.row->field(), &ParamField::edited, this,
            [this, &spec](const Json& value) { set(spec, value); });
    connect(row.row, &ParamRow::fixChosen, this,
            [this](const Issue& issue, const QuickFix& fix) { m_document.applyFix(issue, fix); });
    into.addWidget(row.row);
    m_rows.push_back(row);
}

void SeveralForm::set(const ParamSpec& spec, const Json& value) {
    m_document.setParam(
        m_nodes, spec.name, value,
        tr("Change “%1” of %2").arg(translated(spec.label), titleOfSeveral(m_document, m_nodes)));
}

FieldContext SeveralForm::contextOf(const NodeId& id) const {
    const NodeKind* kind = m_document.kindOf(id);
    const TypedNode* typed = m_document.typed(id);
    FieldContext context{.kind = kind};
    context.params = m_document.node(id)->params;
    if (kind->group == NodeGroup::Source) {
        context.columns =
            typed && typed->bound ? *typed->bound->outputs.front().schema : declaredColumns(context.params);
        return context;
    }
    context.sides = joinSides(*kind, context.params, typed ? typed->inputs : TypedNode{}.inputs);
    context.columns = context.sides.front().columns;
    return context;
}

/// That of the first node, with the columns that all of them have. Most nodes have those of another.
FieldContext SeveralForm::context() const {
    FieldContext context = contextOf(m_nodes.front());
    context.folder = m_document.folder().toStdString();
    context.connections = m_document.connections();
    std::set<std::vector<const Schema*>> seen;
    for (const NodeId& id : m_nodes) {
        std::vector<const Schema*> reaching;
        const TypedNode* typed = m_document.typed(id);
        if (typed != nullptr && typed->bound && !typed->bound->outputs.empty())
            reaching.push_back(typed->bound->outputs.front().schema.get());
        for (std::size_t port = 0; typed != nullptr && port < typed->inputs.size(); ++port)
            reaching.push_back(typed->inputs[port].empty() ? nullptr
                                                           : typed->inputs[port].front().schema.get());
        if (!seen.insert(std::move(reaching)).second) continue;
        const FieldContext other = contextOf(id);
        const auto keep = [](Schema& columns, const Schema& others) {
            std::erase_if(columns.fields, [&others](const Field& field) {
                return std::find(others.fields.begin(), others.fields.end(), field) == others.fields.end();
            });
        };
        keep(context.columns, other.columns);
        for (std::size_t i = 0; i < context.sides.size(); ++i)
            keep(context.sides[i].columns, other.sides[i].columns);
    }
    return context;
}

void SeveralForm::refreshValues() {
    // A node is gone before the selection has heard of it.
    const bool there = std::all_of(m_nodes.begin(), m_nodes.end(),
                                   [this](const NodeId& id) { return m_document.kindOf(id) != nullptr; });
    if (m_rows.empty() || !there) return;
    const FieldContext around = context();
    for (const Row& row : m_rows) {
        row.row->field().setContext(around);
        showValue(row);
    }
}

void SeveralForm::showValue(const Row& row) {
    const ParamSpec& spec = row.row->spec();
    ParamField& field = row.row->field();
    const auto ofNode = [&](const NodeId& id) {
        return m_document.node(id)->params.value(spec.name, Json());
    };
    bool shown = true;
    if (isOwn(spec)) {
        row.instead->setText(tr("Each node writes a file of its own. Select one node to change it."));
        shown = false;
    } else if (agree(m_document, m_nodes, spec)) {
        // Of those that have the default, some say so and some leave it out.
        const auto said = std::find_if(m_nodes.begin(), m_nodes.end(),
                                       [&](const NodeId& id) { return !ofNode(id).is_null(); });
        field.setValue(said != m_nodes.end() ? ofNode(*said) : Json());
    } else {
        shown = field.showSeveral();
        if (!shown) row.instead->setText(tr("Several values. Select one node to change it."));
    }
    field.setVisible(shown);
    if (QWidget* tool = field.headTool()) tool->setVisible(shown);
    row.instead->setVisible(!shown);
    const auto user = std::find_if(m_nodes.begin(), m_nodes.end(), [&](const NodeId& id) {
        const NodeKind& kind = *m_document.kindOf(id);
        return applies(*kind.param(spec.name), kind, m_document.node(id)->params);
    });
    const NodeId& id = user != m_nodes.end() ? *user : m_nodes.front();
    row.row->showApplying(*m_document.kindOf(id), m_document.node(id)->params);
}

// That of a node is said with its title, unless all of them have it.
void SeveralForm::refreshIssues() {
    for (const Row& row : m_rows) {
        std::vector<Issue> found;
        for (const NodeId& id : m_nodes) {
            for (const Issue* issue : m_document.issuesOf(id)) {
                if (issue->param != row.row->spec().name || issue->offered || issue->missing) continue;
                found.push_back(*issue);
                break;
            }
        }
        const bool all = found.size() == m_nodes.size();
        std::stable_partition(found.begin(), found.end(),
                              [](const Issue& issue) { return issue.severity == Severity::Error; });
        if (!found.empty() && !all) {
            Issue& issue = found.front();
            issue.message =
                RW_TEXT("several", "“%1”: %2")
                    .with(titleOf(m_document.pipeline(), issue.node).toStdString(), issue.message);
        }
        for (Issue& issue : found) {
            if (!all) issue.item = -1, issue.length = 0;  // its text is not that of the field
        }
        row.row->setIssues(found);
        if (!found.empty() && row.row->spec().advanced && m_advanced) m_advanced->setOpen(true);
    }
}

void SeveralForm::fitLabels() {
    const int width = labelWidth(viewport()->width() - 2 * metrics::kPanelPadding, Theme::of(this));
    for (const Row& row : m_rows) row.row->setLabelWidth(width);
}

void SeveralForm::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    fitLabels();
}

void SeveralForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();  // fields keep no words to change
    QScrollArea::changeEvent(event);
}

}  // namespace rw::ui
