#include "widgets/inspector/param_form.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/pipeline/column_def.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/editing/rename_follower.h"
#include "widgets/document/translated.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/column_reader.h"
#include "widgets/inspector/fields/pattern_field.h"
#include "widgets/inspector/fields/python_field.h"
#include "widgets/inspector/fields/simple_fields.h"
#include "widgets/inspector/form_parts.h"
#include "widgets/inspector/param_row.h"
#include "widgets/inspector/subjects/subject_chooser.h"
#include "widgets/inspector/trials/pattern_trial_box.h"
#include "widgets/inspector/trials/python_trial_box.h"
#include "widgets/inspector/value_box.h"
#include "widgets/session/sample_figures.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr char kWindow[] = "window", kLateness[] = "allowed_lateness";

bool namesInputs(const ParamSpec& spec) {
    return spec.kind == ParamKind::Condition || spec.kind == ParamKind::JoinCondition;
}

}  // namespace

ParamForm::ParamForm(PipelineDocument& document, QWidget* parent)
    : QScrollArea(parent),
      m_document(document),
      m_reader(new ColumnReader(document, this)),
      m_chooser(new SubjectChooser(document, this)),
      m_renames(new RenameFollower(document, this)),
      m_memory(std::make_unique<TrialMemory>()),
      m_zoom(Theme::of(this).settings().textZoomPercent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) return forgetNode();
        if (change.kind == DocumentChange::Kind::ParamChanged && change.isAbout(m_node)) refreshValues();
    });
    connect(&document, &PipelineDocument::validatedChanged, this, [this] {
        refreshValues();
        refreshIssues();
    });
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        const int zoom = Theme::of(this).settings().textZoomPercent;
        if (zoom == std::exchange(m_zoom, zoom)) return;
        rebuild();  // labels stand elsewhere
    });
    connect(qApp, &QApplication::focusChanged, this, &ParamForm::onFocus);
    connect(m_reader, &ColumnReader::changed, this, [this] {
        refreshReading();
        refreshIssues();
    });
}

ParamForm::~ParamForm() {
    leaveField();
    disconnect(qApp, nullptr, this, nullptr);  // a dialog of a field that goes gives the keyboard back
}

// The text typed last goes to its node before the fields go: they tell it when they lose the keyboard.
void ParamForm::leaveField() {
    QWidget* field = QApplication::focusWidget();
    if (field != nullptr && isAncestorOf(field)) field->clearFocus();
    m_renames->finish();
}

// No widget has it while another window does, after which the editing goes on.
void ParamForm::onFocus(QWidget* left, QWidget* taken) {
    if (left != nullptr && isAncestorOf(left)) {
        left->removeEventFilter(this);
        if (taken != nullptr) m_renames->finish();
    }
    if (taken != nullptr && isAncestorOf(taken)) taken->installEventFilter(this);
}

// When the key is released the field has told the text.
bool ParamForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyRelease && watched == QApplication::focusWidget()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && !key->isAutoRepeat()) m_renames->finish();
    }
    return QScrollArea::eventFilter(watched, event);
}

void ParamForm::edit(const std::string& param, const Json& value) {
    m_touched.emplace(m_node, param);
    m_renames->begin(m_node);
    m_document.setParam(m_node, param, value);
    m_renames->edited();
    m_reader->settingChanged(param);
    // Told when another window is gone to, the text may not be whole yet.
    const QWidget* typing = QApplication::focusWidget();
    if (typing != nullptr ? !isAncestorOf(typing) : isActiveWindow()) m_renames->finish();
}

const Node* ParamForm::node() const {
    return m_node.empty() ? nullptr : m_document.pipeline().find(m_node);
}

void ParamForm::setNode(const NodeId& id) {
    if (id == m_node) return;
    leaveField();
    m_node = id;
    m_reader->setNode(id);
    rebuild();
}

// Text typed for a node of the pipeline before is dropped: a node of this one may have the same name.
void ParamForm::forgetNode() {
    m_node = {};
    m_touched.clear();
    m_reader->setNode({});
    rebuild();
}

void ParamForm::setAdvice(std::vector<Issue> advice) {
    const bool none = m_advice.empty() && advice.empty();
    m_advice = std::move(advice);
    if (!none) refreshIssues();
}

void ParamForm::setBrowsers(ConnectionBrowsers browsers) {
    m_chooser->setBrowsers(std::move(browsers));
    rebuild();
}

void ParamForm::setSession(RunSession* session) {
    m_session = session;
    rebuild();
}

void ParamForm::setSample(SampleFigures* sample) {
    m_sample = sample;
    rebuild();
}

void ParamForm::setLoud(bool loud) {
    if (std::exchange(m_loud, loud) != loud) refreshIssues();
}

void ParamForm::rebuild() {
    leaveField();
    m_rows.clear();
    m_advanced = nullptr;
    m_readColumns = nullptr;
    m_timeColumn = m_lateRows = nullptr;
    m_facts.clear();
    m_sides.clear();
    m_inputColumns = nullptr;
    m_trial = nullptr;
    m_resultColumns = nullptr;
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding,
                               metrics::kPanelPadding);
    column->setSpacing(metrics::kGrid);
    if (const NodeKind* kind = m_node.empty() ? nullptr : m_document.kindOf(m_node)) {
        if (kind->params.empty()) addPurpose(*kind, *column);
        for (const ParamSpec& spec : kind->params) {
            if (spec.advanced) continue;
            auto* row = new ParamRow(spec);
            if (!spec.section.empty()) addHeading(spec, *row, *column);
            if (spec.kind == ParamKind::JoinCondition) addSides(*column);
            addRow(row, *column);
            // Windows go by the event time of their input, which is chosen at the source.
            if (spec.name == kWindow)
                m_timeColumn = addFact(tr("Time column"), QStringLiteral("clock"), *column);
            if (spec.name == kLateness)
                m_lateRows = addFact(tr("Late rows"), QStringLiteral("hourglass"), *column);
            if (spec.kind == ParamKind::ColumnDefs && m_reader->canRead()) addReadColumns(*row);
            addValues(*row);
            if (namesInputs(spec)) addInputColumns(*row);
            if (m_chooser->canChoose(*kind, spec)) addChoice(*row);
            addTrial(*row);
        }
        if (kind->group == NodeGroup::Window) column->addWidget(m_resultColumns = new ResultColumns);
        if (std::any_of(kind->params.begin(), kind->params.end(),
                        [](const ParamSpec& spec) { return spec.advanced; })) {
            m_advanced = new CollapsibleSection(tr("More settings"));
            m_advanced->setOpen(false);
            column->addSpacing(metrics::kGrid);
            column->addWidget(m_advanced);
            for (const ParamSpec& spec : kind->params) {
                if (spec.advanced) addRow(new ParamRow(spec), *m_advanced->body());
            }
        }
    }
    column->addStretch(1);  // no other widget grows
    setWidget(content);     // the old one goes with its fields
    fitLabels();
    refreshValues();
    refreshIssues();
    refreshReading();
}

// In place of settings: an empty page would look broken.
void ParamForm::addPurpose(const NodeKind& kind, QVBoxLayout& into) {
    QStringList lines{translated(kind.palette.front().hint)};
    for (const PortSpec& input : kind.inputs) {
        lines << (input.many ? tr("Input “%1”: takes any number of wires") : tr("Input “%1”: takes one wire"))
                     .arg(translated(input.label));
    }
    lines << tr("It has no settings.");
    auto* words = new QLabel(lines.join(u'\n'));
    words->setObjectName(QStringLiteral("purpose"));
    words->setProperty("role", "dim");
    words->setWordWrap(true);
    into.addWidget(words);
}

void ParamForm::fitLabels() {
    const int width = labelWidth(viewport()->width() - 2 * metrics::kPanelPadding, Theme::of(this));
    for (ParamRow* row : m_rows) row->setLabelWidth(width);
    for (FormFact* fact : m_facts) fact->setLabelWidth(width);
}

void ParamForm::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    fitLabels();
}

FormFact* ParamForm::addFact(const QString& label, const QString& icon, QVBoxLayout& into) {
    auto* fact = new FormFact(label, icon);
    into.addWidget(fact);
    m_facts.push_back(fact);
    return fact;
}

// By the names that SQL knows the sides by, in every language.
void ParamForm::addSides(QVBoxLayout& into) {
    for (const JoinSide& side : context().sides)
        m_sides.push_back(addFact(QString::fromStdString(side.name), QStringLiteral("link"), into));
}

void ParamForm::addHeading(const ParamSpec& spec, const ParamRow& row, QVBoxLayout& into) {
    auto* line = new QHBoxLayout;
    auto* head = new QLabel(translated(spec.section));
    head->setProperty("role", "section");
    line->addWidget(head, 1);
    if (QWidget* tool = row.isHeaded() ? row.field().headTool() : nullptr) line->addWidget(tool);
    into.addSpacing(into.count() > 0 ? metrics::kGrid : 0);
    into.addLayout(line);
}

void ParamForm::addRow(ParamRow* row, QVBoxLayout& into) {
    connect(&row->field(), &ParamField::edited, this,
            [this, name = row->spec().name](const Json& value) { edit(name, value); });
    connect(row, &ParamRow::fixChosen, this,
            [this](const Issue& issue, const QuickFix& fix) { m_document.applyFix(issue, fix); });
    connect(row, &ParamRow::actionChosen, this, [this] { Q_EMIT lateRowsRequested(m_node); });
    into.addWidget(row);
    m_rows.push_back(row);
}

void ParamForm::addReadColumns(ParamRow& row) {
    m_readColumns = new QPushButton;
    m_readColumns->setObjectName(QStringLiteral("readColumns"));
    m_readColumns->setProperty("role", "link");
    row.addBelow(m_readColumns);
    row.layout()->setAlignment(m_readColumns, Qt::AlignLeft);
    connect(m_readColumns, &QPushButton::clicked, m_reader, &ColumnReader::read);
}

void ParamForm::addChoice(ParamRow& row) {
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setObjectName(QStringLiteral("choose_") + QString::fromStdString(row.spec().name));
    choose->setProperty("role", "link");
    choose->setAccessibleName(tr("%1: choose…").arg(translated(row.spec().label)));
    choose->setToolTip(tr("From those that the connection has"));
    row.addBelow(choose);
    row.layout()->setAlignment(choose, Qt::AlignLeft);
    connect(choose, &QPushButton::clicked, this, [this, &spec = row.spec()] {
        if (m_chooser->choose(m_node, spec, this)) return;
        if (const NodeKind* kind = m_document.kindOf(m_node))
            focusParam(SubjectChooser::connectionParam(*kind));
    });
}

void ParamForm::addInputColumns(ParamRow& row) {
    row.addBelow(m_inputColumns = new InputColumns);
    auto* field = qobject_cast<ExpressionField*>(&row.field());
    connect(m_inputColumns, &InputColumns::chosen, &field->edit(), &ExpressionEdit::insertColumn);
}

void ParamForm::addTrial(ParamRow& row) {
    if (auto* code = qobject_cast<PythonField*>(&row.field()))
        row.addBelow(m_trial = new PythonTrialBox(m_document, m_session, m_node, *code, *m_memory));
    if (qobject_cast<PatternField*>(&row.field()) != nullptr)
        row.addBelow(m_trial = new PatternTrialBox(m_document, m_session, m_node, *m_memory));
}

void ParamForm::addValues(ParamRow& row) {
    const NodeKind* const kind = m_document.kindOf(m_node);
    if (m_sample == nullptr || kind->inputs.size() != 1 || !ValueBox::formOf(row.spec().kind)) return;
    row.addBelow(new ValueBox(m_document, *m_sample, m_node, row.field()));
}

FieldContext ParamForm::context() const {
    const NodeKind* kind = m_document.kindOf(m_node);
    FieldContext context{.kind = kind};
    context.params = node()->params;
    context.folder = m_document.folder().toStdString();
    context.connections = m_document.connections();
    const TypedNode* typed = m_document.typed(m_node);
    if (kind->group == NodeGroup::Source) {
        context.columns =
            typed && typed->bound ? *typed->bound->outputs.front().schema : declaredColumns(context.params);
        return context;
    }
    context.sides = joinSides(*kind, context.params, typed ? typed->inputs : TypedNode{}.inputs);
    context.columns = context.sides.front().columns;
    if (typed && !typed->inputs.empty() && !typed->inputs.front().empty())
        context.input = typed->inputs.front().front();
    return context;
}

void ParamForm::refreshValues() {
    const Node* shown = node();
    const NodeKind* kind = shown ? m_document.kindOf(m_node) : nullptr;
    if (kind == nullptr) return;
    const FieldContext around = context();
    for (ParamRow* row : m_rows) {
        row->field().setContext(around);
        const auto found = shown->params.find(row->spec().name);
        row->field().setValue(found == shown->params.end() ? Json() : *found);
        row->showApplying(*kind, shown->params);
    }
    const TypedNode* typed = m_document.typed(m_node);
    if (m_inputColumns && m_sides.empty()) m_inputColumns->setColumns(around.columns);
    if (m_inputColumns && !m_sides.empty()) m_inputColumns->setSides(around.sides);
    if (m_resultColumns)
        m_resultColumns->setStream(typed && typed->bound ? &typed->bound->outputs.front() : nullptr);
    if (m_trial) m_trial->refresh();
    refreshReading();
    refreshFacts();
}

void ParamForm::refreshFacts() {
    if (m_timeColumn) m_timeColumn->set(timeColumns(), tr("event time"));
    for (std::size_t side = 0; side < m_sides.size(); ++side) m_sides[side]->set({}, feeding(side));
    if (!m_lateRows) return;
    const QStringList takers = lateTakers();
    m_lateRows->set({}, takers.isEmpty() ? tr("only counted; the port “late” has no wire")
                                         : tr("sent to “%1”").arg(takers.join(QStringLiteral("”, “"))));
}

/// “ts”, and of several inputs a line each: “left.ts”.
QString ParamForm::timeColumns() const {
    const NodeKind* kind = m_document.kindOf(m_node);
    const TypedNode* typed = m_document.typed(m_node);
    QStringList names;
    for (std::size_t port = 0; port < kind->inputs.size(); ++port) {
        const bool wired = typed && port < typed->inputs.size() && !typed->inputs[port].empty();
        const StreamType* input = wired ? &typed->inputs[port].front() : nullptr;
        if (input == nullptr || input->eventTime < 0) continue;
        const std::string& name = input->schema->fields[static_cast<std::size_t>(input->eventTime)].name;
        const std::string before = kind->inputs.size() > 1 ? kind->inputs[port].name + "." : "";
        names << QString::fromStdString(before + name);
    }
    return names.isEmpty() ? QStringLiteral("–") : names.join(QLatin1Char('\n'));
}

/// The nodes that get rows that came too late, by any port.
QStringList ParamForm::lateTakers() const {
    const NodeKind* kind = m_document.kindOf(m_node);
    QStringList takers;
    for (const Wire& wire : m_document.pipeline().wires) {
        const int port = wire.from.node == m_node ? kind->outputPort(wire.from.port) : -1;
        if (port < 0 || kind->outputs[static_cast<std::size_t>(port)].role != PortRole::Late) continue;
        if (const Node* taker = m_document.pipeline().find(wire.to.node)) takers << titleOf(*taker);
    }
    return takers;
}

/// Where the rows of a side come from.
QString ParamForm::feeding(std::size_t side) const {
    const NodeKind* kind = m_document.kindOf(m_node);
    if (side >= kind->inputs.size()) {
        const auto declared =
            std::find_if(kind->params.begin(), kind->params.end(),
                         [](const ParamSpec& spec) { return spec.kind == ParamKind::ColumnDefs; });
        return declared != kind->params.end() ? tr("“%1” of this form").arg(translated(declared->label))
                                              : QString();
    }
    for (const Wire& wire : m_document.pipeline().wires) {
        const Node* from = m_document.pipeline().find(wire.from.node);
        if (wire.to != PortRef{m_node, kind->inputs[side].name} || from == nullptr) continue;
        if (wire.from.port == kDefaultOutput) return tr("from “%1”").arg(titleOf(*from));
        return tr("from “%1”, port %2").arg(titleOf(*from), QString::fromStdString(wire.from.port));
    }
    return tr("no wire yet");
}

std::vector<Issue> ParamForm::issuesOf(const std::string& param) const {
    std::vector<Issue> mine;
    const auto take = [&](const Issue& issue) {
        if (issue.node == m_node && issue.param == param) mine.push_back(issue);
    };
    for (const Issue& issue : m_document.issues()) take(issue);
    if (m_reader->problem()) take(*m_reader->problem());
    for (const Issue& issue : m_advice) take(issue);
    return mine;
}

// An empty field that was not touched yet names the missing value itself. What is offered is no fault of a
// person.
bool ParamForm::isQuiet(const Issue& issue) const {
    if (issue.offered) return true;
    return issue.missing && !m_loud && !m_touched.contains({issue.node, issue.param});
}

void ParamForm::refreshIssues() {
    if (node() == nullptr) return;
    for (ParamRow* row : m_rows) {
        std::vector<Issue> mine = issuesOf(row->spec().name);
        const auto quiet = std::stable_partition(mine.begin(), mine.end(),
                                                 [this](const Issue& issue) { return !isQuiet(issue); });
        const std::vector<Issue> wanted(quiet, mine.end());
        mine.erase(quiet, mine.end());
        const bool late =
            !mine.empty() && mine.front().param == kLateness && mine.front().severity == Severity::Warning;
        row->setIssues(mine, late ? tr("Show the rows") : QString());
        if (mine.empty()) row->setOffers(wanted);
        if (!mine.empty() && row->spec().advanced && m_advanced) m_advanced->setOpen(true);
    }
}

void ParamForm::refreshReading() {
    if (!m_readColumns) return;
    m_readColumns->setVisible(m_reader->hasFile());
    m_readColumns->setEnabled(!m_reader->isReading());
    m_readColumns->setText(m_reader->isReading() ? tr("Reading the file…")
                                                 : tr("Read columns from the file"));
}

void ParamForm::focusParam(const std::string& param) {
    for (ParamRow* row : m_rows) {
        if (row->spec().name != param) continue;
        if (row->spec().advanced && m_advanced) m_advanced->setOpen(true);
        ensureWidgetVisible(row);
        row->field().setFocus(Qt::ShortcutFocusReason);
    }
}

void ParamForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();  // fields keep no words to change
    QScrollArea::changeEvent(event);
}

}  // namespace rw::ui
