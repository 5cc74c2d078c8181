#include "widgets/clusters/connection_test.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "widgets/document/translated.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

ConnectionTest::ConnectionTest(SecretSource secrets, QWidget* parent)
    : QWidget(parent),
      m_secrets(std::move(secrets)),
      m_button(new QPushButton(this)),
      m_state(new QLabel(this)),
      m_answer(new HintBox(this)) {
    m_button->setObjectName(QStringLiteral("test_connection"));
    m_state->setProperty("role", "caption");
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::kGrid);
    line->addWidget(m_button);
    line->addWidget(m_state, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    column->addLayout(line);
    column->addWidget(m_answer);
    connect(m_button, &QPushButton::clicked, this, &ConnectionTest::press);
    refresh();
}

void ConnectionTest::setTarget(const std::optional<Target>& target) {
    if (target == m_target) return;
    cancel();
    m_target = target;
    m_report.reset();
    refresh();
}

void ConnectionTest::press() {
    if (m_test.isWaiting()) {
        cancel();
        refresh();
    } else if (m_target) {
        start();
    }
}

void ConnectionTest::start() {
    m_report.reset();
    const auto test = [target = *m_target, secrets = m_secrets](const Latest::Question& question) {
        return checkTarget(target, secrets, question.flag());
    };
    m_test.ask(m_worker, test, [this](const Result<TargetReport>& report) { take(report); });
    refresh();
}

/// A test that is blocked, by a keyring that waits for its user, does not block the next one.
void ConnectionTest::cancel() {
    if (!m_test.isWaiting()) return;
    m_test.drop();
    m_worker.abandon();
}

void ConnectionTest::take(const Result<TargetReport>& report) {
    m_report = report;
    refresh();
    QAccessibleEvent heard(m_answer, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
}

void ConnectionTest::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

void ConnectionTest::refresh() {
    m_button->setText(m_test.isWaiting() ? tr("Cancel") : tr("Test connection"));
    m_button->setEnabled(m_target.has_value());
    m_state->setText(m_test.isWaiting()
                         ? tr("Asking “%1” …").arg(shownText(QString::fromStdString(m_target->name)))
                         : QString());
    m_answer->setVisible(m_report.has_value());
    if (m_report) describe(*m_report);
    // Where the keyboard is.
    m_button->setAccessibleDescription(m_report ? m_answer->accessibleName() + QLatin1Char(' ') +
                                                      m_answer->accessibleDescription()
                                                : m_state->text());
}

void ConnectionTest::describe(const Result<TargetReport>& report) {
    if (report.ok()) return describe(*report);
    const Error& error = report.error();
    m_answer->set(HintBox::Kind::Error, translated(error.message), translated(error.fix));
}

void ConnectionTest::describe(const TargetReport& report) {
    QStringList words;
    if (report.room)
        words << tr("Slots: %1, of them free: %2; TaskManagers: %3.")
                     .arg(report.room->allSlots)
                     .arg(report.room->freeSlots)
                     .arg(report.room->taskManagers);
    for (const Text& warning : report.warnings) words << translated(warning);
    m_answer->set(report.warnings.empty() ? HintBox::Kind::Info : HintBox::Kind::Warn,
                  translated(report.title), words.join(QLatin1Char(' ')));
}

}  // namespace rw::ui
