#include "widgets/lineage/why_form.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QSignalBlocker>
#include <algorithm>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kNodeLetters = 14;

/// The title of the node, with the output where it is not the one of its rows.
QString nameOfPort(const PipelineDocument& document, const PortRef& from) {
    const QString title = appearanceOf(document, from.node).title;
    const NodeKind* const kind = document.kindOf(from.node);
    const int port = kind == nullptr ? -1 : kind->outputPort(from.port);
    if (port <= 0) return title;
    return WhyForm::tr("%1 · %2").arg(title, translated(kind->outputs[static_cast<std::size_t>(port)].label));
}

}  // namespace

WhyForm::WhyForm(PipelineDocument& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_nodes(new QComboBox(this)),
      m_condition(new ExpressionEdit(CodeEdit::Lines::One, this)),
      m_why(new QPushButton(this)),
      m_missing(new QPushButton(this)) {
    m_nodes->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_nodes->setMinimumContentsLength(kNodeLetters);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kGrid, metrics::kBarPadding, metrics::kGrid, metrics::kBarPadding);
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_nodes);
    row->addWidget(m_condition, 1);
    row->addWidget(m_why);
    row->addWidget(m_missing);
    connect(m_nodes, &QComboBox::currentIndexChanged, this, &WhyForm::refreshColumns);
    connect(m_condition, &QPlainTextEdit::textChanged, this, &WhyForm::refreshButtons);
    connect(m_why, &QPushButton::clicked, this, [this] { Q_EMIT asked(false); });
    connect(m_missing, &QPushButton::clicked, this, [this] { Q_EMIT asked(true); });
    refreshButtons();
}

void WhyForm::list() {
    const PortRef before = from();
    std::vector<PortRef> ports;
    for (const Node& node : m_document.pipeline().nodes) {
        const NodeKind* const kind = m_document.kindOf(node.id);
        if (kind == nullptr || node.disabled) continue;
        for (const PortSpec& port : kind->outputs) ports.push_back({node.id, port.name});
    }
    QStringList names;
    for (const PortRef& port : ports) names << nameOfPort(m_document, port);
    bool same = ports == m_ports && names.size() == m_nodes->count();
    for (int i = 0; same && i < m_nodes->count(); ++i) same = m_nodes->itemText(i) == names[i];
    if (!same) {
        const QSignalBlocker quiet(m_nodes);
        m_ports = std::move(ports);
        m_nodes->clear();
        m_nodes->addItems(names);
        choose(before);
    }
    refreshColumns();
}

void WhyForm::choose(const PortRef& from) {
    const auto found = std::find(m_ports.begin(), m_ports.end(), from);
    if (found != m_ports.end()) m_nodes->setCurrentIndex(static_cast<int>(found - m_ports.begin()));
}

void WhyForm::followSelection() {
    const Node* const node = m_document.selection().single();
    const NodeKind* const kind = node == nullptr ? nullptr : m_document.kindOf(node->id);
    if (kind == nullptr) return;
    if (!kind->outputs.empty()) return choose({node->id, kind->outputs.front().name});
    const auto& wires = m_document.pipeline().wires;
    const auto into = std::find_if(wires.begin(), wires.end(),
                                   [node](const Wire& wire) { return wire.to.node == node->id; });
    if (into != wires.end()) choose(into->from);
}

PortRef WhyForm::from() const {
    const int index = m_nodes->currentIndex();
    if (index < 0 || index >= static_cast<int>(m_ports.size())) return {};
    return m_ports[static_cast<std::size_t>(index)];
}

std::string WhyForm::condition() const {
    return m_condition->toPlainText().trimmed().toStdString();
}

void WhyForm::setCondition(const QString& sql) {
    m_condition->setCode(sql);
    refreshButtons();
}

void WhyForm::refreshColumns() {
    const StreamType* const stream = m_document.streamAt(from());
    m_condition->setSchema(stream != nullptr ? *stream->schema : Schema{}, false);
    refreshButtons();
}

void WhyForm::refreshButtons() {
    const bool may = !from().node.empty() && !condition().empty();
    m_nodes->setEnabled(!m_ports.empty());
    m_condition->setEnabled(!m_ports.empty());
    for (QPushButton* button : {m_why, m_missing}) button->setEnabled(may);
    Q_EMIT changed();
}

void WhyForm::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter || event->modifiers() != (event->modifiers() & Qt::KeypadModifier))
        return QWidget::keyPressEvent(event);
    if (m_why->isEnabled()) m_why->click();
}

void WhyForm::retranslate() {
    m_nodes->setAccessibleName(tr("Node"));
    m_nodes->setToolTip(tr("The node whose row it is"));
    m_condition->setAccessibleName(tr("What is true of the row"));
    m_condition->setPlaceholderText(m_condition->accessibleName());
    m_condition->setToolTip(tr("What is true of the row: key = 'x' AND …"));
    m_why->setText(tr("Why this row?"));
    m_missing->setText(tr("Why no row?"));
    list();
}

}  // namespace rw::ui
