#include "widgets/inspector/param_row.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/pipeline/checks/param_check.h"
#include "widgets/document/help_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kLeastLabel = 72, kMostLabel = 104;
constexpr double kLabelShare = 0.34;  // of a narrow form
constexpr int kLargeText = 150;       // percent; from there on labels stand above their fields

QHBoxLayout* addLine(QVBoxLayout& column) {
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::kGrid);
    column.addLayout(line);
    return line;
}

}  // namespace

ParamRow::ParamRow(const ParamSpec& spec, QWidget* parent)
    : QWidget(parent),
      m_field(makeParamField(spec)),
      m_label(new QLabel(translated(spec.label), this)),
      m_reason(new QLabel(this)),
      m_hint(new HintBox(this)),
      m_column(new QVBoxLayout(this)) {
    m_field->setObjectName(QStringLiteral("field_") + QString::fromStdString(spec.name));
    m_field->setAccessibleName(translated(spec.label));
    if (QWidget* focus = m_field->focusProxy()) {
        focus->setObjectName(QStringLiteral("input_") + QString::fromStdString(spec.name));
        const QString label = translated(spec.label);
        const auto* adds = focus == m_field->headTool() ? qobject_cast<QAbstractButton*>(focus) : nullptr;
        focus->setAccessibleName(adds ? tr("%1: %2").arg(label, adds->text()) : label);  // “Keys: Add column”
        focus->setAccessibleDescription(plainHelp(spec.help));
    }
    m_label->setProperty("role", "dim");
    m_label->setBuddy(m_field);
    setToolTip(helpTip(spec.help));
    m_reason->setProperty("role", "caption");
    m_reason->hide();
    m_hint->hide();
    arrange();
    connect(m_hint, &HintBox::actionTriggered, this, [this](int action) {
        const auto place = static_cast<std::size_t>(action);
        if (place >= m_shown.quickFixes.size()) return Q_EMIT actionChosen();
        const Issue issue = m_shown;  // fixing it shows another one
        Q_EMIT fixChosen(issue, issue.quickFixes[place]);
    });
    connect(m_hint, &HintBox::pressEnded, this, [this] {
        if (!m_waiting || m_hint->isPressed()) return;
        const auto [issues, action] = *std::exchange(m_waiting, std::nullopt);
        setIssues(issues, action);
    });
}

void ParamRow::arrange() {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics::kStep);
    QWidget* tool = m_field->headTool();
    if (m_field->isWide()) {
        // Where the heading of a section says something else the label stands, too: messages call the field
        // by it, and the heading stays when the field does not apply.
        const bool headed = isHeaded();
        m_label->setVisible(!headed);
        if (!headed) {
            QHBoxLayout* line = addLine(*m_column);
            line->addWidget(m_label, 1);
            if (tool) line->addWidget(tool);
        }
        m_column->addWidget(m_field);
    } else if (Theme::of(this).settings().textZoomPercent >= kLargeText) {
        m_column->addWidget(m_label);
        QHBoxLayout* line = addLine(*m_column);
        line->addWidget(m_field, 1);
        line->addWidget(m_reason, 1);
    } else {
        m_beside = true;
        m_label->setWordWrap(true);
        QHBoxLayout* line = addLine(*m_column);
        line->addWidget(m_label);
        line->addWidget(m_field, 1);
        const QString unit = translated(spec().unit);
        if (!unit.isEmpty()) {
            auto* words = new QLabel(unit);
            words->setProperty("role", "dim");
            line->addWidget(words);
        }
        line->addWidget(m_reason, 1);
    }
    m_column->addWidget(m_hint);
}

bool ParamRow::isHeaded() const {
    return m_field->isWide() && translated(spec().section) == translated(spec().label);
}

void ParamRow::setLabelWidth(int width) {
    if (m_beside) m_label->setFixedWidth(width);
}

int labelWidth(int room, const Theme& theme) {
    const int wanted = static_cast<int>(room * kLabelShare);
    return std::clamp(wanted, theme.scaled(kLeastLabel), theme.scaled(kMostLabel));
}

void ParamRow::addBelow(QWidget* widget) {
    m_column->addWidget(widget);
}

void ParamRow::showApplying(const NodeKind& kind, const Json& params) {
    if (!spec().appliesWhen) return;
    const AppliesWhen& when = *spec().appliesWhen;
    const ParamSpec* other = kind.param(when.param);
    const Json& value = other ? paramValue(*other, params) : params;
    const std::string chosen = value.is_string() ? value.get<std::string>() : std::string();
    const bool used = applies(spec(), kind, params);
    const auto reason = std::find_if(when.instead.begin(), when.instead.end(),
                                     [&](const auto& pair) { return pair.first == chosen; });
    const bool explained = !used && reason != when.instead.end();
    m_field->setUnused(explained);
    m_reason->setText(explained ? translated(reason->second) : QString());
    m_reason->setVisible(explained);
    setVisible(used || explained);
}

// A link that is held down does the action that it had when it was pressed.
void ParamRow::setIssues(const std::vector<Issue>& issues, const QString& action) {
    m_waiting.reset();
    if (m_hint->isVisible() && m_hint->isPressed()) {
        m_waiting.emplace(issues, action);
        return;
    }
    m_field->setIssues(issues);
    m_hint->setVisible(!issues.empty());
    if (issues.empty()) return;
    say(issues.front(), false, action);
}

void ParamRow::setOffers(const std::vector<Issue>& missing) {
    const auto offers = std::find_if(missing.begin(), missing.end(),
                                     [](const Issue& issue) { return !issue.quickFixes.empty(); });
    m_hint->setVisible(offers != missing.end());
    if (offers != missing.end()) say(*offers, true, {});
}

void ParamRow::say(const Issue& issue, bool quietly, const QString& action) {
    m_shown = issue;
    QStringList actions;
    for (const QuickFix& fix : m_shown.quickFixes) actions << translated(fix.label);
    if (!action.isEmpty()) actions << action;
    const HintBox::Kind kind = quietly                               ? HintBox::Kind::Info
                               : m_shown.severity == Severity::Error ? HintBox::Kind::Error
                                                                     : HintBox::Kind::Warn;
    m_hint->set(kind, translated(m_shown.message), translated(m_shown.fix), actions);
}

}  // namespace rw::ui
