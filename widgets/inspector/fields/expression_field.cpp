#include "widgets/inspector/fields/expression_field.h"

#include <QVBoxLayout>

#include "widgets/editor/expression_edit.h"

namespace rw::ui {

ExpressionField::ExpressionField(const ParamSpec& spec)
    : ParamField(spec), m_edit(new ExpressionEdit(ExpressionEdit::Lines::Several)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit);
    setFocusProxy(m_edit);
    connect(m_edit, &ExpressionEdit::edited, this, [this](const QString& text) {
        if (text.trimmed().isEmpty()) return Q_EMIT edited(nullptr);
        Q_EMIT edited(text.toStdString());
    });
}

void ExpressionField::setValue(const Json& value) {
    m_edit->setExpression(value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString());
}

void ExpressionField::setContext(const FieldContext& context) {
    m_edit->setSchema(context.columns, false);
}

void ExpressionField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_edit, stateOf(issues));
    const std::string text = m_edit->toPlainText().toStdString();
    std::vector<Mistake> mistakes;
    for (const Issue& issue : issues) {
        const int from = characterAt(text, issue.position);
        const int to = characterAt(text, issue.position + issue.length);
        if (to > from) mistakes.push_back({from, to - from, issue.severity == Severity::Warning});
    }
    m_edit->setMistakes(std::move(mistakes));
}

}  // namespace rw::ui
