#include "widgets/connections/connection_steps.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/translated.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

using Outcome = ConnectionStep::Outcome;

struct StepSign {
    QStringView icon;
    ColorRole role;
};

StepSign signOf(Outcome outcome) {
    switch (outcome) {
        case Outcome::Done:
            return {u"check", ColorRole::Ok};
        case Outcome::Warning:
            return {u"warning", ColorRole::Warn};
        case Outcome::Failed:
            break;
    }
    return {u"error", ColorRole::Error};
}

QString tookText(Millis millis) {
    return translated(figures::took(static_cast<double>(millis) / 1000));
}

}  // namespace

ConnectionSteps::ConnectionSteps(SecretSource secrets, ConnectionTesters testers, QWidget* parent)
    : QWidget(parent),
      m_secrets(std::move(secrets)),
      m_testers(std::move(testers)),
      m_button(new QPushButton(this)),
      m_state(new QLabel(this)),
      m_list(new QWidget(this)),
      m_answer(new HintBox(this)) {
    m_button->setObjectName(QStringLiteral("try_connection"));
    m_list->setObjectName(QStringLiteral("connection_steps"));
    m_state->setProperty("role", "caption");
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::kGrid);
    line->addWidget(m_button);
    line->addWidget(m_state, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    column->addLayout(line);
    column->addWidget(m_list);
    column->addWidget(m_answer);
    m_answer->setObjectName(QStringLiteral("connection_failure"));
    connect(m_button, &QPushButton::clicked, this, &ConnectionSteps::press);
    connect(m_answer, &HintBox::actionTriggered, this, [this] {
        const ConnectionStep* const failure = m_last ? m_last->report.failure() : nullptr;
        if (failure != nullptr) Q_EMIT mendRequested(QString::fromStdString(failure->field));
    });
    refresh();
}

void ConnectionSteps::setConnection(const std::optional<Connection>& connection, const TestedState* last) {
    if (connection != m_connection) {
        cancel();
        m_connection = connection;
    }
    m_last.reset();
    if (last != nullptr && connection && last->connection == *connection) m_last = *last;
    refresh();
}

void ConnectionSteps::press() {
    if (m_test.isWaiting()) {
        cancel();
        refresh();
    } else if (m_connection) {
        start();
    }
}

void ConnectionSteps::start() {
    m_last.reset();
    const auto test = [connection = *m_connection, secrets = m_secrets,
                       testers = m_testers](const Latest::Question& question) {
        TestedState state;
        state.connection = connection;
        state.report = testConnection(connection, secrets, testers, question.flag());
        state.at = QDateTime::currentDateTime();
        return state;
    };
    m_test.ask(m_worker, test, [this](TestedState state) { take(std::move(state)); });
    refresh();
}

/// A test that is blocked, by a keyring that waits for its user, does not block the next one.
void ConnectionSteps::cancel() {
    if (!m_test.isWaiting()) return;
    m_test.drop();
    m_worker.abandon();
}

void ConnectionSteps::take(TestedState state) {
    m_last = std::move(state);
    refresh();
    QAccessibleEvent heard(m_answer, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
    Q_EMIT tested(*m_last);
}

void ConnectionSteps::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

void ConnectionSteps::refresh() {
    m_button->setText(m_test.isWaiting() ? tr("Cancel") : m_last ? tr("Test again") : tr("Test connection"));
    m_button->setEnabled(m_connection.has_value());
    if (m_test.isWaiting()) {
        m_state->setText(tr("Asking “%1” …").arg(shownText(QString::fromStdString(m_connection->name))));
    } else if (m_last) {
        const QString at = m_last->at.toString(QStringLiteral("HH:mm:ss"));
        const QString version = shownText(QString::fromStdString(m_last->report.version));
        m_state->setText(version.isEmpty() ? tr("Tested at %1").arg(at)
                                           : tr("Tested at %1: %2").arg(at, version));
    } else {
        m_state->clear();
    }
    showSteps();
    const ConnectionStep* const failure = m_last ? m_last->report.failure() : nullptr;
    if (failure != nullptr) showFailure(*failure);
    m_answer->setVisible(failure != nullptr);
    // Where the keyboard is.
    m_button->setAccessibleDescription(failure != nullptr ? m_answer->accessibleName() + QLatin1Char(' ') +
                                                                m_answer->accessibleDescription()
                                       : m_last ? outcomeOf(m_last->report)
                                                : m_state->text());
}

/// With a link to what mends it, where that is known.
void ConnectionSteps::showFailure(const ConnectionStep& failure) {
    const ConnectionKind* const kind = connectionKind(m_last->connection.kind);
    const ConnectionFieldSpec* const field =
        kind != nullptr ? connectionField(*kind, failure.field) : nullptr;
    const ConnectionSecretSpec* const secret =
        kind != nullptr ? connectionSecret(*kind, failure.field) : nullptr;
    QStringList links;
    if (field != nullptr && field->type == ConnectionFieldSpec::Type::File) {
        links << tr("Choose a file for “%1”").arg(translated(field->label));
    } else if (field != nullptr || secret != nullptr) {
        links << tr("Change “%1”").arg(translated(field != nullptr ? field->label : secret->label));
    }
    m_answer->set(HintBox::Kind::Error, translated(failure.detail), translated(failure.mend), links);
}

void ConnectionSteps::showSteps() {
    qDeleteAll(m_list->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    delete m_rows;
    m_rows = new QGridLayout(m_list);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(metrics::kGrid);
    m_rows->setVerticalSpacing(metrics::kStep);
    m_rows->setColumnStretch(2, 1);
    m_list->setVisible(m_last && !m_last->report.steps.empty());
    if (!m_last) return;
    int row = 0;
    for (const ConnectionStep& step : m_last->report.steps) addStep(step, row++);
}

void ConnectionSteps::addStep(const ConnectionStep& step, int row) {
    const StepSign sign = signOf(step.outcome);
    auto* icon = new QLabel;
    icon->setPixmap(Theme::of(this).icon(sign.icon, sign.role).pixmap(metrics::kIconSmall));
    icon->setAccessibleName(step.outcome == Outcome::Done      ? tr("Done")
                            : step.outcome == Outcome::Warning ? tr("Warning")
                                                               : tr("Failed"));
    auto* name = new QLabel(translated(step.name));
    auto* detail = new QLabel(step.outcome == Outcome::Failed ? QString() : translated(step.detail));
    detail->setProperty("role", "dim");
    detail->setWordWrap(true);
    auto* took = new QLabel(step.outcome == Outcome::Warning ? QString() : tookText(step.took));
    took->setProperty("role", "caption");
    m_rows->addWidget(icon, row, 0, Qt::AlignTop);
    m_rows->addWidget(name, row, 1, Qt::AlignTop);
    m_rows->addWidget(detail, row, 2);
    m_rows->addWidget(took, row, 3, Qt::AlignTop | Qt::AlignRight);
}

QString outcomeOf(const ConnectionReport& report) {
    if (const ConnectionStep* failure = report.failure())
        return ConnectionSteps::tr("Failed: %1").arg(translated(failure->name));
    if (report.latency < 0) return ConnectionSteps::tr("Not tried");
    return ConnectionSteps::tr("Answers in %1").arg(tookText(report.latency));
}

}  // namespace rw::ui
