#include "widgets/inspector/value_box.h"

#include <QApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QTextBlock>
#include <QVBoxLayout>
#include <utility>

#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/value_rows.h"
#include "widgets/session/sample_figures.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

/// What the background thread has of a question.
struct TypedQuestion {
    std::string text{};
    ExpressionForm form = ExpressionForm::Condition;
    SampledPipelineRef sampled{};
    PortRef input{};
    std::optional<std::pair<std::size_t, Batch>> current{};
    std::string timeZone{};
    Instant now = 0;
};

std::shared_ptr<const ExpressionValues> answer(const TypedQuestion& asked, const Latest::Question& question) {
    const LookedPort* const port = asked.sampled->port(asked.input);
    if (port == nullptr) return nullptr;
    const ExpressionQuestion expression{.text = asked.text,
                                        .form = asked.form,
                                        .input = *port,
                                        .current = asked.current,
                                        .most = ValueRows::kRows,
                                        .timeZone = asked.timeZone,
                                        .now = asked.now,
                                        .isCancelled = [&question] { return question.isDropped(); }};
    try {
        std::optional<ExpressionValues> values = valuesOf(expression);
        if (values && values->counted > 0)
            return std::make_shared<const ExpressionValues>(*std::move(values));
    } catch (const std::exception&) {  // too large, say: validation tells what is wrong with it
    }
    return nullptr;
}

}  // namespace

std::optional<ExpressionForm> ValueBox::formOf(ParamKind kind) {
    switch (kind) {
        case ParamKind::Condition:
            return ExpressionForm::Condition;
        case ParamKind::SelectItems:
            return ExpressionForm::SelectItem;
        case ParamKind::Branches:
            return ExpressionForm::Branch;
        default:
            return std::nullopt;
    }
}

ValueBox::ValueBox(PipelineDocument& document, SampleFigures& figures, NodeId node, ParamField& field)
    : m_document(document),
      m_figures(figures),
      m_node(std::move(node)),
      m_field(field),
      m_form(*formOf(field.spec().kind)),
      m_title(new QLabel(tr("Value on the sample"), this)),
      m_counts(new ElidedLabel({}, this)),
      m_rows(new ValueRows(this)) {
    setObjectName(QStringLiteral("values_") + QString::fromStdString(field.spec().name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kGrid);
    m_title->setProperty("role", "caption");
    m_counts->setProperty("role", "caption");
    m_counts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    head->addWidget(m_title);
    head->addWidget(m_counts, 1);
    column->addLayout(head);
    column->addWidget(m_rows);
    m_rows->setAccessibleName(m_title->text());
    hide();
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMillis);
    connect(&m_rest, &QTimer::timeout, this, &ValueBox::begin);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { followFocus(now); });
    const auto again = [this] {
        if (m_edit) m_rest.start();
    };
    connect(&figures, &SampleFigures::changed, this, again);
    connect(&figures, &SampleFigures::currentChanged, this, again);
    followFocus(QApplication::focusWidget());
}

ValueBox::~ValueBox() {
    disconnect(qApp, nullptr, this, nullptr);  // its rows may have the keyboard when they go
}

/// The line that is typed in stays shown when the keyboard goes elsewhere, to the rows of the sample, say,
/// but not when it goes to another field of the form.
void ValueBox::followFocus(QWidget* now) {
    auto* const edit = qobject_cast<ExpressionEdit*>(now);
    if (edit == nullptr || edit == m_edit) return;
    if (m_edit) m_edit->disconnect(this);
    m_edit = m_field.isAncestorOf(edit) ? edit : nullptr;
    if (!m_edit) {
        m_rest.stop();
        m_asked.drop();
        return show(nullptr);
    }
    connect(edit, &ExpressionEdit::textChanged, this, [this] { m_rest.start(); });
    connect(edit, &ExpressionEdit::cursorPositionChanged, this, [this] {
        if (m_edit->blockCount() > 1 && m_form != ExpressionForm::Condition) m_rest.start();
    });
    m_rest.start();
}

/// Of a long list, which is one text, the line with the cursor.
std::string ValueBox::text() const {
    if (m_form == ExpressionForm::Condition || m_edit->blockCount() == 1)
        return m_edit->toPlainText().toStdString();
    return m_edit->textCursor().block().text().replace(QChar::LineSeparator, QLatin1Char('\n')).toStdString();
}

/// The first wire to the node whose rows are known; that of the current row, if it has one.
PortRef ValueBox::input() const {
    const std::optional<SampledRow>& current = m_figures.current();
    PortRef first;
    for (const Wire& wire : m_document.pipeline().wires) {
        if (wire.to.node != m_node || m_figures.rows()->port(wire.from) == nullptr) continue;
        if (current && current->node == m_node && current->from == wire.from) return wire.from;
        if (first.node.empty()) first = wire.from;
    }
    return first;
}

void ValueBox::begin() {
    const PortRef from = m_edit && m_figures.rows() ? input() : PortRef{};
    if (from.node.empty()) {
        m_asked.drop();
        return show(nullptr);
    }
    TypedQuestion question{text(),
                           m_form,
                           m_figures.rows(),
                           from,
                           {},
                           m_document.pipeline().settings.timeZone,
                           QDateTime::currentMSecsSinceEpoch()};
    const std::optional<SampledRow>& current = m_figures.current();
    if (current && current->node == m_node && current->from == from)
        question.current.emplace(current->number, current->row);
    m_asked.ask(
        [question = std::move(question)](const Latest::Question& asked) { return answer(question, asked); },
        [this](std::shared_ptr<const ExpressionValues> values) { show(std::move(values)); });
}

void ValueBox::show(std::shared_ptr<const ExpressionValues> values) {
    m_values = std::move(values);
    m_rows->set(m_values);
    m_counts->setText(m_values ? countsText() : QString());
    setVisible(m_values != nullptr);
}

QString ValueBox::countsText() const {
    QStringList parts;
    if (m_form == ExpressionForm::SelectItem) {
        parts << tr("%1 ok").arg(countText(m_values->counted - m_values->errors - m_values->nulls));
    } else {
        parts << tr("true for %1 of %2").arg(countText(m_values->holds), countText(m_values->counted));
    }
    if (m_values->nulls > 0) parts << tr("%1 NULL").arg(countText(m_values->nulls));
    if (m_values->errors > 0) parts << tr("%1 failed").arg(countText(m_values->errors));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace rw::ui
