#include "widgets/inspector/param_form.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include "core/sql/ast.h"
#include "widgets/document/words.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/theme/collapsible_section.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kLabelWidth = 104;

/// A source's own columns as its parameters say, for fields that name one.
Schema declaredColumns(const Json& params) {
    Schema schema;
    if (!params.contains("columns") || !params["columns"].is_array()) return schema;
    for (const Json& text : params["columns"]) {
        if (!text.is_string()) continue;
        const std::string definition = text.get<std::string>();
        const std::size_t space = definition.find(' ');
        if (space == std::string::npos) continue;
        const std::size_t end = definition.find('=', space);
        const Result<Type> type =
            parseType(definition.substr(space + 1, end == std::string::npos ? end : end - space - 1));
        if (type.ok()) schema.fields.push_back({definition.substr(0, space), *type});
    }
    return schema;
}

}  // namespace

ParamForm::ParamForm(PipelineDocument& document, QWidget* parent)
    : QScrollArea(parent), m_document(document) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) return setNode({});
        if (change.kind == DocumentChange::Kind::ParamChanged) refreshValues();
    });
    connect(&document, &PipelineDocument::validatedChanged, this, [this] {
        refreshValues();
        refreshIssues();
    });
}

const Node* ParamForm::node() const {
    return m_node.empty() ? nullptr : m_document.pipeline().find(m_node);
}

void ParamForm::setNode(const NodeId& id) {
    if (id == m_node) return;
    m_node = id;
    rebuild();
}

void ParamForm::rebuild() {
    m_rows.clear();
    m_advanced = nullptr;
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding,
                               metrics::kPanelPadding);
    column->setSpacing(metrics::kGrid);
    const NodeKind* kind = m_node.empty() ? nullptr : m_document.kindOf(m_node);
    if (kind != nullptr) {
        for (const ParamSpec& spec : kind->params) {
            if (spec.advanced) continue;
            if (!spec.section.empty()) {
                auto* head = new QLabel(translated(spec.section));
                head->setProperty("role", "section");
                column->addSpacing(column->count() > 0 ? metrics::kGrid : 0);
                column->addWidget(head);
            }
            addRow(spec, *column);
        }
        const bool more = std::any_of(kind->params.begin(), kind->params.end(),
                                      [](const ParamSpec& spec) { return spec.advanced; });
        if (more) {
            m_advanced = new CollapsibleSection(tr("More settings"));
            m_advanced->setOpen(false);
            column->addSpacing(metrics::kGrid);
            column->addWidget(m_advanced);
            for (const ParamSpec& spec : kind->params) {
                if (spec.advanced) addRow(spec, *m_advanced->body());
            }
        }
    }
    column->addStretch();
    setWidget(content);  // the old one goes with its fields
    refreshValues();
    refreshIssues();
}

void ParamForm::addRow(const ParamSpec& spec, QVBoxLayout& into) {
    Row row{&spec,      new QLabel(translated(spec.label)), makeParamField(spec), new QLabel, new HintBox, {},
            new QWidget};
    row.field->setObjectName(QStringLiteral("field_") + QString::fromStdString(spec.name));
    row.field->setAccessibleName(translated(spec.label));
    if (QWidget* focus = row.field->focusProxy()) {
        focus->setObjectName(QStringLiteral("input_") + QString::fromStdString(spec.name));
        focus->setAccessibleName(translated(spec.label));
        focus->setAccessibleDescription(translated(spec.help));
    }
    row.label->setProperty("role", "dim");
    row.label->setBuddy(row.field);
    row.whole->setToolTip(translated(spec.help));
    row.reason->setProperty("role", "caption");
    row.reason->hide();
    row.hint->hide();
    auto* column = new QVBoxLayout(row.whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    const bool titled = row.field->isWide() && spec.section == spec.label;
    if (row.field->isWide()) {
        if (!titled && spec.section.empty()) column->addWidget(row.label);
        column->addWidget(row.field);
    } else {
        auto* line = new QHBoxLayout;
        line->setSpacing(metrics::kGrid);
        row.label->setFixedWidth(Theme::of(this).scaled(kLabelWidth));
        row.label->setWordWrap(true);
        line->addWidget(row.label);
        line->addWidget(row.field, 1);
        const QString unit = translated(spec.unit);
        if (!unit.isEmpty()) {
            auto* words = new QLabel(unit);
            words->setProperty("role", "dim");
            line->addWidget(words);
        }
        line->addWidget(row.reason);
        column->addLayout(line);
    }
    column->addWidget(row.hint);
    if (row.label->parent() == nullptr) row.label->setParent(row.whole), row.label->hide();
    connect(row.field, &ParamField::edited, this,
            [this, name = spec.name](const Json& value) { m_document.setParam(m_node, name, value); });
    const std::size_t place = m_rows.size();
    connect(row.hint, &HintBox::actionTriggered, this, [this, place](int action) {
        const auto fix = m_rows[place].fixes[static_cast<std::size_t>(action)];
        m_document.applyFix(fix.first, fix.second);
    });
    into.addWidget(row.whole);
    m_rows.push_back(std::move(row));
}

FieldContext ParamForm::context() const {
    FieldContext context;
    context.params = node()->params;
    context.folder = m_document.folder().toStdString();
    const NodeKind* kind = m_document.kindOf(m_node);
    const TypedNode* typed = m_document.typed(m_node);
    if (kind->group == NodeGroup::Source) {
        context.columns =
            typed && typed->bound ? *typed->bound->outputs.front().schema : declaredColumns(context.params);
    } else if (typed && !typed->inputs.empty() && !typed->inputs.front().empty()) {
        context.columns = *typed->inputs.front().front().schema;
    }
    return context;
}

void ParamForm::refreshValues() {
    const Node* shown = node();
    if (shown == nullptr || m_document.kindOf(m_node) == nullptr) return;
    const FieldContext around = context();
    for (Row& row : m_rows) {
        row.field->setContext(around);
        const auto found = shown->params.find(row.spec->name);
        row.field->setValue(found == shown->params.end() ? Json() : *found);
        refreshApplies(row, shown->params);
    }
}

void ParamForm::refreshApplies(Row& row, const Json& params) {
    if (!row.spec->appliesWhen) return;
    const NodeKind* kind = m_document.kindOf(m_node);
    const ParamSpec* other = kind->param(row.spec->appliesWhen->param);
    const Json& value = other ? paramValue(*other, params) : params;
    const auto& values = row.spec->appliesWhen->values;
    const bool applies = value.is_string() &&
                         std::find(values.begin(), values.end(), value.get<std::string>()) != values.end();
    // Parameters of other choices than the one made only take up place; the choice above says where they
    // went.
    row.whole->setVisible(applies);
}

void ParamForm::refreshIssues() {
    const Node* shown = node();
    if (shown == nullptr) return;
    for (Row& row : m_rows) {
        std::vector<Issue> mine;
        for (const Issue& issue : m_document.issues()) {
            if (issue.node == m_node && issue.param == row.spec->name) mine.push_back(issue);
        }
        row.field->setIssues(mine);
        row.fixes.clear();
        row.hint->setVisible(!mine.empty());
        if (mine.empty()) continue;
        const Issue& first = mine.front();
        QStringList actions;
        for (const QuickFix& fix : first.fixes) {
            actions << translated(fix.label);
            row.fixes.emplace_back(first, fix);
        }
        // An empty field that must be filled is no mistake yet while the person is on the way to it: a quiet
        // word will do.
        row.hint->set(first.severity == Severity::Error ? HintBox::Kind::Error : HintBox::Kind::Warn,
                      translated(first.message), translated(first.mend), actions);
        if (row.spec->advanced && m_advanced) m_advanced->setOpen(true);
    }
}

void ParamForm::focusParam(const std::string& param) {
    for (const Row& row : m_rows) {
        if (row.spec->name != param) continue;
        if (row.spec->advanced && m_advanced) m_advanced->setOpen(true);
        ensureWidgetVisible(row.whole);
        row.field->setFocus(Qt::ShortcutFocusReason);
    }
}

void ParamForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();
    QScrollArea::changeEvent(event);
}

}  // namespace rw::ui
