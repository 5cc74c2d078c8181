#include "widgets/lineage/why_form.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTextCursor>
#include <algorithm>
#include <variant>

#include "core/sql/parse/lexer.h"
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
    for (const bool missing : {false, true}) {
        connect(missing ? m_missing : m_why, &QPushButton::clicked, this, [this, missing] {
            m_enterMissing = missing;
            Q_EMIT asked(missing);
        });
    }
    connect(m_nodes, &QComboBox::activated, this, &WhyForm::nodeChosen);
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
    if (const PortRef port = selectedPort(); !port.node.empty()) choose(port);
}

PortRef WhyForm::selectedPort() const {
    const Node* const node = m_document.selection().single();
    const NodeKind* const kind = node == nullptr ? nullptr : m_document.kindOf(node->id);
    if (kind == nullptr) return {};
    if (!kind->outputs.empty()) return {node->id, kind->outputs.front().name};
    const auto& wires = m_document.pipeline().wires;
    const auto into = std::find_if(wires.begin(), wires.end(),
                                   [node](const Wire& wire) { return wire.to.node == node->id; });
    return into != wires.end() ? into->from : PortRef{};
}

bool WhyForm::fitsSelection() const {
    const StreamType* const stream = m_document.streamAt(selectedPort());
    return stream == nullptr || fits(*stream->schema);
}

/// It names no column of the output that is chosen which is none of `schema`.
bool WhyForm::fits(const Schema& schema) const {
    const auto read = sql::tokenize(condition());
    const auto* const tokens = std::get_if<std::vector<sql::Token>>(&read);
    return tokens == nullptr || std::none_of(tokens->begin(), tokens->end(), [&](const sql::Token& token) {
               const bool name =
                   token.kind == sql::Token::Kind::Word || token.kind == sql::Token::Kind::Quoted;
               return name && m_columns.find(token.text) && !schema.find(token.text);
           });
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
    const PortRef now = from();
    const StreamType* const stream = m_document.streamAt(now);
    if (stream == nullptr) {
        // What is typed is looked at when its columns are known.
        m_condition->setSchema({}, false);
        return refreshButtons();
    }
    if (now != m_columnsOf && !fits(*stream->schema)) {
        // As if it was typed: Ctrl+Z brings it back.
        QTextCursor all(m_condition->document());
        all.select(QTextCursor::Document);
        all.removeSelectedText();
    }
    m_columnsOf = now;
    m_columns = *stream->schema;
    m_condition->setSchema(m_columns, false);
    refreshButtons();
}

void WhyForm::refreshButtons() {
    const bool may = !from().node.empty() && !condition().empty();
    m_nodes->setEnabled(!m_ports.empty());
    m_condition->setEnabled(!m_ports.empty());
    m_why->setEnabled(may);
    refreshMissing();
    Q_EMIT changed();
}

void WhyForm::refreshMissing() {
    const PortRef port = from();
    m_missing->setEnabled(!port.node.empty() && (!condition().empty() || m_silent(port)));
}

void WhyForm::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter || event->modifiers() != (event->modifiers() & Qt::KeypadModifier))
        return QWidget::keyPressEvent(event);
    QPushButton* const ask = m_enterMissing ? m_missing : m_why;
    if (ask->isEnabled()) ask->click();
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
