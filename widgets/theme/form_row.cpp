#include "widgets/theme/form_row.h"

#include <QLabel>
#include <QVBoxLayout>

#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

FormRow::FormRow(QWidget* field, QWidget* parent)
    : QWidget(parent),
      m_field(field),
      m_label(new QLabel(this)),
      m_help(new QLabel(this)),
      m_hint(new HintBox(this)) {
    m_label->setProperty("role", "dim");
    m_help->setProperty("role", "caption");
    m_help->setWordWrap(true);
    m_help->hide();
    m_hint->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    column->addWidget(m_label);
    column->addWidget(field);
    column->addWidget(m_hint);
    column->addWidget(m_help);
    m_label->setBuddy(field->focusProxy() != nullptr ? field->focusProxy() : field);
}

void FormRow::setWords(const QString& label, const QString& help) {
    m_label->setText(label);
    m_help->setText(help);
    m_help->setVisible(!help.isEmpty());
    QWidget* typed = m_label->buddy();
    typed->setAccessibleName(label);
    typed->setAccessibleDescription(help);
}

void FormRow::setProblem(const QString& what, const QString& mend) {
    if (!what.isEmpty()) m_hint->set(HintBox::Kind::Error, what, mend);
    m_hint->setVisible(!what.isEmpty());
    const char* state = what.isEmpty() ? "" : "error";
    QWidget* typed = m_label->buddy();
    if (typed->property("state").toString() == QLatin1String(state)) return;
    typed->setProperty("state", state);
    Theme::repolish(typed);
}

bool FormRow::hasProblem() const {
    return !m_hint->isHidden();
}

}  // namespace rw::ui
