#include "app/announcer.h"

#include <QAccessibleWidget>
#include <algorithm>
#include <utility>

#include "app/running/main_tool_bar.h"
#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/document/unfinished.h"
#include "widgets/session/pill_text.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

Announcer::Announcer(PipelineDocument& document, RunSession& session, QObject* parent, int pauseMillis)
    : QObject(parent), m_document(document), m_session(session) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMillis);
    connect(&m_pause, &QTimer::timeout, this, &Announcer::speak);
    connect(&m_session, &RunSession::stateChanged, this, &Announcer::onState);
    connect(&m_session, &RunSession::updated, this, &Announcer::onUpdate);
    connect(&m_session, &RunSession::refused, this, &Announcer::onRefused);
    connect(&m_session.alerts(), &AlertFeed::raised, this, &Announcer::onRaised);
    connect(&m_document, &PipelineDocument::validatedChanged, this, &Announcer::speakSoon);
}

void Announcer::onState() {
    // Another run is looked at: the place of that choice announces it.
    if (std::exchange(m_shown, m_session.shown()) != m_session.shown()) return;
    if (m_session.isAsBefore()) return;
    switch (m_session.state()) {
        case RunSession::State::Starting:
            m_heldAt.reset();  // held again, though at the same moment, is said again
            return;
        case RunSession::State::Stopping:
            return;  // they pass
        case RunSession::State::Running:
            m_state = tr("Running");
            break;
        case RunSession::State::Paused:
            m_state = tr("Paused");
            break;
        case RunSession::State::Stopped:
            m_state = !m_session.wasDeclined()            ? tr("Stopped")
                      : m_session.untypedSecret().empty() ? tr("Not run: you declined")
                                                          : tr("Not run: a secret was not typed");
            break;
        case RunSession::State::Finished:
            m_state = m_session.incompleteTape().empty() ? finishedPill(m_document, m_session, {}).words
                                                         : tr("Finished: the tape was incomplete");
            break;
        case RunSession::State::Failed:
            m_state = failedText(m_session, m_document);
            break;
    }
    speakSoon();
}

// Once, for all the nodes that wait.
void Announcer::onRefused() {
    const std::vector<Issue>& issues = m_document.issues();
    if (!waitsForOffers(issues)) return;
    const auto waits =
        std::find_if(issues.begin(), issues.end(), [](const Issue& issue) { return issue.offered; });
    QStringList words{translated(waits->message), translated(waits->fix)};
    words.removeAll(QString());
    m_state = words.join(u' ');
    speakSoon();
}

// A replay that is held, or goes on, is Running all the same.
void Announcer::onUpdate() {
    const std::optional<Instant> heldAt = m_session.replayHeldAt();
    if (std::exchange(m_heldAt, heldAt) == heldAt || m_session.state() != RunSession::State::Running) return;
    m_state = heldAt ? tr("The replay is held at %1").arg(eventTimeText(*heldAt)) : tr("Running");
    speakSoon();
}

void Announcer::onRaised(const std::vector<AlertBoard::Entry>& entries) {
    m_raised += entries.size();
    const Alert& last = entries.front().alert;
    const QString title = titleOf(m_document.pipeline(), outermost(last.node));
    m_alert = last.kind == AlertKind::NoData
                  ? tr("“%1” has no data").arg(title)
                  : tr("Alert of “%1”: %2").arg(title, shownText(QString::fromStdString(last.message)));
    speakSoon();
}

QString Announcer::newAlerts() {
    const std::size_t raised = std::exchange(m_raised, 0);
    if (raised <= 1) return std::exchange(m_alert, {});
    m_alert.clear();
    return translated(
        figures::counted(raised, RW_TEXT("alerts", "1 new alert"), RW_TEXT("alerts", "%1 new alerts")));
}

void Announcer::speakSoon() {
    if (!m_pause.isActive()) speak();
}

QString Announcer::newProblems() {
    if (!m_document.isValidated()) return {};
    std::set<std::string> problems;
    QStringList added;
    for (const Issue& issue : m_document.issues()) {
        if (issue.offered || (issue.missing && !m_session.wasRefused())) continue;  // still being built
        const std::string key = issue.node + '\n' + english(issue.message);
        if (!problems.insert(key).second || m_problems.contains(key)) continue;
        const Node* node = m_document.pipeline().find(issue.node);
        const QString message = translated(issue.message);
        added << (node ? tr("“%1”: %2").arg(titleOf(*node), message) : message);
    }
    m_problems = std::move(problems);
    return added.size() > 1 ? tr("%n new problem(s)", nullptr, static_cast<int>(added.size()))
                            : added.join(u' ');
}

void Announcer::speak() {
    QStringList words{std::exchange(m_state, {}), newAlerts(), newProblems()};
    words.removeAll(QString());
    if (words.isEmpty()) return;
    m_pause.start();
    Q_EMIT announced(words.join(QStringLiteral(". ")));
}

namespace {

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    auto* region = qobject_cast<LiveRegion*>(object);
    return region != nullptr ? new QAccessibleWidget(region, QAccessible::Notification) : nullptr;
}

}  // namespace

LiveRegion::LiveRegion(QWidget* parent) : QWidget(parent) {
    QAccessible::installFactory(makeAccessible);
    setFixedSize(1, 1);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void LiveRegion::announce(const QString& words) {
    setAccessibleName(words);
    QAccessibleEvent appeared(this, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&appeared);
}

}  // namespace rw::ui
