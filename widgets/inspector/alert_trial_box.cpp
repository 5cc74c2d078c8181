#include "widgets/inspector/alert_trial_box.h"

#include <QEvent>
#include <QHelpEvent>
#include <QLabel>
#include <QPainter>
#include <QTimeZone>
#include <QToolTip>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/charts/alert_strips.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/inspector/below_form.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kTrialStripHeight = 12;

QString alertsText(std::uint64_t alerts) {
    return translated(figures::counted(alerts, RW_TEXT("alerts", "1 alert"), RW_TEXT("alerts", "%1 alerts")));
}

}  // namespace

/// The states over the whole tape, without words.
class TrialStrip : public QWidget {
 public:
    TrialStrip() {
        setObjectName(QStringLiteral("trialStrip"));
        setFixedHeight(kTrialStripHeight);
    }
    void set(StateStrip strip) {
        for (StateStrip::Block& block : strip.blocks) block.words = block.fewWords = QString();
        m_strip = std::move(strip);
        setVisible(!m_strip.blocks.empty());
        update();
    }

 protected:
    void paintEvent(QPaintEvent*) override {
        if (m_strip.blocks.empty()) return;
        QPainter painter(this);
        paintStrip(painter, Theme::of(this), m_strip, QRectF(rect()),
                   [this](double time) { return (time - from()) / length() * width(); });
    }
    bool event(QEvent* event) override {
        if (event->type() != QEvent::ToolTip || m_strip.blocks.empty()) return QWidget::event(event);
        const auto& help = *static_cast<QHelpEvent*>(event);
        const double time = from() + (help.pos().x() + 0.5) / std::max(1, width()) * length();
        const StateStrip::Block* const block = m_strip.at(time);
        const QString words =
            block == nullptr ? QString() : stripTip(m_strip.title, block->span, QTimeZone::utc());
        QToolTip::showText(help.globalPos(), tipText(words), this);
        return true;
    }

 private:
    double from() const { return static_cast<double>(m_strip.blocks.front().span.from); }
    double length() const {
        return std::max(1.0, static_cast<double>(m_strip.blocks.back().span.to) - from());
    }

    StateStrip m_strip{};
};

AlertTrialBox::AlertTrialBox(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_trial(document, session),
      m_head(new QLabel),
      m_result(new QLabel),
      m_more(new QLabel),
      m_strip(new TrialStrip) {
    setObjectName(QStringLiteral("alertTrial"));
    QVBoxLayout* column = layOutBelowForm(*this, *m_head, *m_result, *m_more);
    column->addWidget(m_head);
    column->addWidget(m_strip);
    column->addWidget(m_result);
    column->addWidget(m_more);
    connect(&m_trial, &AlertTrial::changed, this, &AlertTrialBox::refresh);
    refresh();
}

void AlertTrialBox::setNode(const NodeId& node) {
    const NodeKind* const kind = m_document.kindOf(node);
    m_node = kind != nullptr && kind->alerts ? node : NodeId();
    m_trial.setNode(m_wanted ? m_node : NodeId());
    refresh();
}

void AlertTrialBox::setWanted(bool wanted) {
    m_wanted = wanted;
    m_trial.setNode(m_wanted ? m_node : NodeId());
    refresh();
}

void AlertTrialBox::refresh() {
    setVisible(m_wanted && !m_node.empty());
    if (m_node.empty()) return;
    m_head->setText(tr("On the tape of the last run"));
    if (m_trial.report()) {
        showReport(*m_trial.report());
    } else {
        m_strip->set({});
        if (!m_trial.failure().ok()) {
            const Error& error = m_trial.failure().error();
            say(translated(error.message), translated(error.fix), true);
        } else if (m_trial.isTrying()) {
            say({}, tr("Trying the rule…"), false);
        } else {
            say({}, tr("Record a run, and see here how often this rule would have raised an alert on it."),
                false);
        }
    }
    m_strip->setEnabled(!m_trial.isTrying());
}

void AlertTrialBox::showReport(const AlertTrialReport& report) {
    StateStrip strip = stripOf(report.look, m_node, report.judged);
    const auto rule = std::find_if(report.look.rules.begin(), report.look.rules.end(),
                                   [this](const auto& each) { return each.rule.node == m_node; });
    if (strip.blocks.empty() || rule == report.look.rules.end()) {
        m_strip->set({});
        return say({}, tr("No row of the tape came to this rule."), false);
    }
    Millis raised = 0;
    for (const StateStrip::Block& block : strip.blocks) {
        if (block.span.sign == RuleSign::Raised) raised += block.span.to - block.span.from;
    }
    // Of more alerts than are kept only their number is known.
    const bool known = rule->forgotten == kMinTimestamp && report.look.left == 0;
    const QString words = known && raised > 0
                              ? tr("%1, %2 in all").arg(alertsText(rule->raised), wholeAgeText(raised))
                              : alertsText(rule->raised);
    QStringList more;
    if (rule->spared > 0) {
        more << tr("%1 spared by “for %2”").arg(countText(rule->spared), lastingText(rule->rule.hold));
    }
    if (!report.whole) more << tr("Only the beginning of the tape: it is too long to be tried to its end.");
    if (m_trial.isTrying()) more << tr("Trying the rule…");
    strip.title = QString::fromStdString(rule->rule.title);
    m_strip->set(std::move(strip));
    m_strip->setAccessibleName(words);
    say(words, more.join(QLatin1Char('\n')), false);
}

void AlertTrialBox::say(const QString& words, const QString& more, bool warns) {
    m_result->setText(shownText(words));
    m_result->setVisible(!words.isEmpty());
    m_more->setText(shownLines(more, kTipLength));
    m_more->setVisible(!more.isEmpty());
    const QString role = warns ? QStringLiteral("warn") : QStringLiteral("strong");
    if (m_result->property("role").toString() == role) return;
    m_result->setProperty("role", role);
    Theme::repolish(m_result);
}

void AlertTrialBox::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
