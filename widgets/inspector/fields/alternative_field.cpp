#include "widgets/inspector/fields/alternative_field.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>
#include <QVBoxLayout>

#include "core/base/time.h"
#include "widgets/document/translated.h"
#include "widgets/inspector/fields/simple_fields.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kWordsIndent = 24;  // under the words of a radio button

/// Durations that say the same may be spelt differently.
bool isDefault(const Json& value, const Json& defaultValue) {
    if (value.is_null() || value == defaultValue) return true;
    if (!value.is_string() || !defaultValue.is_string()) return false;
    const auto given = parseDuration(value.get<std::string>());
    const auto left = parseDuration(defaultValue.get<std::string>());
    return given.ok() && left.ok() && *given == *left;
}

QLabel* explanation(const Text& words) {
    auto* label = new QLabel(translated(words));
    label->setProperty("role", "caption");
    label->setWordWrap(true);
    label->setContentsMargins(kWordsIndent, 0, 0, metrics::kStep);
    return label;
}

}  // namespace

AlternativeField::AlternativeField(const ParamSpec& spec)
    : ParamField(spec),
      m_without(new QRadioButton(translated(spec.alternative->without))),
      m_with(new QRadioButton(translated(spec.alternative->with))),
      m_duration(new DurationField(spec)),
      m_amount(new QWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_without);
    column->addWidget(explanation(spec.alternative->withoutHelp));
    column->addWidget(m_with);
    column->addWidget(explanation(spec.alternative->withHelp));
    auto* amount = new QHBoxLayout(m_amount);
    amount->setContentsMargins(kWordsIndent, 0, 0, 0);
    auto* label = new QLabel(translated(spec.label));
    label->setProperty("role", "dim");
    label->setWordWrap(true);
    label->setBuddy(m_duration);
    amount->addWidget(label);
    amount->addWidget(m_duration, 1);
    column->addWidget(m_amount);
    setFocusProxy(m_without);
    connect(m_without, &QRadioButton::clicked, this, [this] { Q_EMIT edited(nullptr); });
    connect(m_with, &QRadioButton::clicked, this, [this] {
        if (!m_amount->isVisibleTo(this)) Q_EMIT edited(this->spec().alternative->value);
    });
    connect(m_duration, &ParamField::edited, this, &ParamField::edited);
}

bool AlternativeField::showSeveral() {
    choose(nullptr);
    m_duration->showSeveral();
    m_amount->show();
    return true;
}

void AlternativeField::choose(QRadioButton* chosen) {
    for (QRadioButton* each : {m_without, m_with}) {
        each->setAutoExclusive(false);  // else one of them stays
        each->setChecked(each == chosen);
    }
    for (QRadioButton* each : {m_without, m_with}) each->setAutoExclusive(true);
}

void AlternativeField::setValue(const Json& value) {
    const bool without = isDefault(value, spec().defaultValue);
    if (without && m_duration->focusProxy()->hasFocus()) return;  // emptied on the way to another amount
    choose(without ? m_without : m_with);
    m_duration->setValue(value);
    m_amount->setHidden(without);
}

void AlternativeField::setIssues(const std::vector<Issue>& issues) {
    m_duration->setIssues(issues);
}

}  // namespace rw::ui
