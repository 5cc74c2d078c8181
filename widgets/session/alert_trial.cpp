#include "widgets/session/alert_trial.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/time.h"
#include "core/launch/replay.h"
#include "core/pipeline/diff.h"
#include "core/runtime/planning/plan.h"
#include "core/runtime/run.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

constexpr Millis kLongestTrial = 20'000;  // a computer has other things to do
constexpr Millis kLookEvery = 50;
constexpr qint64 kFirstPartOfTape = 10'000;
constexpr int kTrialFarewell = 2'000;

/// The alert, and all that its rows come from.
Pipeline partBefore(const Pipeline& pipeline, const NodeId& alert) {
    std::set<NodeId> needed{alert};
    for (bool more = true; more;) {
        more = false;
        for (const Wire& wire : pipeline.wires) {
            if (needed.contains(wire.to.node)) more = needed.insert(wire.from.node).second || more;
        }
    }
    Pipeline part = pipeline;
    std::erase_if(part.nodes, [&needed](const Node& node) { return !needed.contains(node.id); });
    std::erase_if(part.wires, [&needed](const Wire& wire) { return !needed.contains(wire.to.node); });
    return part;
}

Status firstError(const std::vector<Issue>& issues) {
    const auto error = std::find_if(issues.begin(), issues.end(),
                                    [](const Issue& issue) { return issue.severity == Severity::Error; });
    if (error == issues.end()) return {ErrorCode::Invalid, RW_TEXT("alerts", "The rule has errors.")};
    return {ErrorCode::Invalid, error->message, error->fix};
}

}  // namespace

Result<AlertTrialReport> tryAlert(const AlertTrialRequest& request, const std::function<bool()>& cancelled) {
    RW_TRY_ASSIGN(TapeFileRef tape, openReplayable(request.tape));
    PlanOptions planning;
    planning.validate = request.validate;
    planning.validate.files = false;
    planning.parallelism = 1;  // the run goes on meanwhile
    const Planned planned =
        makePlan(partBefore(request.pipeline, request.alert), *request.catalogue, planning);
    if (!planned.plan) return firstError(planned.issues);
    RW_TRY(checkSources(*tape, *planned.plan));
    RunOptions options;
    options.alerts = std::make_shared<AlertBoard>();
    options.onlyCharts = true;
    options.isCancelled = cancelled;
    ReplayRequest replay{.path = request.tape};
    replay.opened = std::move(tape);
    RW_TRY_ASSIGN(const Replay player, replayTape(replay, *planned.plan, options));
    const std::shared_ptr<AlertBoard> board = options.alerts;
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(planned.plan, std::move(options)));
    const std::shared_ptr<Clock> clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + kLongestTrial;
    AlertTrialReport report;
    while (!run->waitFor(kLookEvery)) {
        if (cancelled()) return Status(ErrorCode::Cancelled, RW_TEXT("alerts", "The trial was given up."));
        report.whole = clock->steadyMillis() < until;
        if (report.whole) continue;
        run->stop(StopMode::Discard);
        run->wait();
    }
    if (report.whole) RW_TRY(run->status());
    report.look = board->look();
    report.judged = board->judgedOf(request.alert);
    return report;
}

AlertTrial::AlertTrial(const PipelineDocument& document, const RunSession& session, QObject* parent)
    : QObject(parent), m_document(document), m_session(session) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSettleMillis);
    connect(&m_soon, &QTimer::timeout, this, &AlertTrial::begin);
    connect(&document, &PipelineDocument::validatedChanged, this, &AlertTrial::look);
    connect(&session, &RunSession::stateChanged, this, &AlertTrial::look);
    connect(&session, &RunSession::tapeChanged, this, &AlertTrial::look);
    // The tape of a run that is recorded is tried as soon as there is something on it, then after edits.
    connect(&session, &RunSession::updated, this, [this] {
        const bool begun = m_session.startedAt().msecsTo(QDateTime::currentDateTime()) >= kFirstPartOfTape;
        if (m_tape.isEmpty() && begun && !m_soon.isActive() && !m_session.lastTape().isEmpty()) look();
    });
}

AlertTrial::~AlertTrial() {
    m_trial.drop();
    (void)m_worker.wait(kTrialFarewell);
}

void AlertTrial::setNode(const NodeId& node) {
    if (node == m_node) return;
    m_node = node;
    m_tape.clear();
    m_tried = {};
    m_report.reset();
    m_failure = {};
    m_trial.drop();
    m_soon.stop();
    look();
    Q_EMIT changed();
}

// A run that goes on has a longer tape with every moment: it is tried again when it is over.
void AlertTrial::look() {
    if (m_node.empty() || !m_document.isValidated() || m_document.node(m_node) == nullptr) return;
    const QString tape = m_session.lastTape();
    if (tape.isEmpty() && m_session.isActive()) return;  // what was tried before stays until there is another
    const bool over = !m_session.isActive() && m_session.endedAt().isValid();
    const bool same = tape == m_tape && runAlike(m_tried, partBefore(m_document.pipeline(), m_node));
    if (same && (!over || m_session.endedAt() == m_tapeEnded)) return;
    m_soon.start();
    Q_EMIT changed();
}

void AlertTrial::begin() {
    if (m_node.empty() || !m_document.isValidated() || m_document.node(m_node) == nullptr) return;
    m_trial.drop();
    m_tape = m_session.lastTape();
    m_tapeEnded = m_session.isActive() ? QDateTime() : m_session.endedAt();
    m_tried = partBefore(m_document.pipeline(), m_node);
    if (m_tape.isEmpty()) {
        m_report.reset();
        m_failure = {};
        return Q_EMIT changed();
    }
    AlertTrialRequest request{m_document.pipeline(), m_node, m_document.validateOptions(),
                              m_document.sharedCatalogue(), m_tape.toStdString()};
    auto work = [request = std::move(request)](const Latest::Question& question) {
        return tryAlert(request, [question] { return question.isDropped(); });
    };
    m_trial.ask(m_worker, std::move(work), [this](const Result<AlertTrialReport>& report) { take(report); });
    Q_EMIT changed();
}

void AlertTrial::take(const Result<AlertTrialReport>& report) {
    m_failure = report.status();
    m_report.reset();
    if (report.ok()) m_report = *report;
    Q_EMIT changed();
}

}  // namespace rw::ui
