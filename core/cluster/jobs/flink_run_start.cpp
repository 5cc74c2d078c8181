// From a pipeline to a job: the program, the planner's word on it, the start.
#include <algorithm>
#include <filesystem>

#include "core/cluster/flink/flink_refusal.h"
#include "core/cluster/flink/flink_target.h"
#include "core/cluster/jobs/flink_lost_start.h"
#include "core/cluster/jobs/flink_planned.h"
#include "core/cluster/jobs/flink_resume.h"
#include "core/cluster/jobs/flink_run.h"
#include "core/cluster/jobs/flink_source_check.h"

namespace rw {

namespace {

/// With the values of this run, so that its record does not depend on how it was started.
Pipeline withValuesOf(Pipeline pipeline, const std::map<std::string, std::string>& values) {
    for (Variable& variable : pipeline.variables) {
        const auto value = values.find(variable.name);
        if (value != values.end()) variable.value = value->second;
    }
    return pipeline;
}

std::string absolutePath(const std::string& file) {
    std::error_code failed;
    const auto whole = std::filesystem::absolute(file, failed);
    return file.empty() || failed ? file : whole.lexically_normal().string();
}

Status wasCancelled() {
    return {ErrorCode::Cancelled, RW_TEXT("cluster", "The request was cancelled.")};
}

}  // namespace

Status FlinkRun::findServers() {
    const Target& target = m_request.target;
    if (target.engine != Engine::Flink || !m_request.catalogue)
        return {ErrorCode::Internal, RW_TEXT("cluster", "“%1” is no Flink.").with(target.name)};
    RW_TRY(usableTarget(target));
    RW_TRY_ASSIGN(m_gateway, gatewayOf(target, m_request.secrets));
    RW_TRY_ASSIGN(m_jobManager, jobManagerOf(target, m_request.secrets));
    return {};
}

bool FlinkRun::start() {
    m_pipeline = withValuesOf(std::move(m_request.pipeline), m_request.validate.variables);
    ProgramOptions options;
    options.validate = m_request.validate;
    options.folder = m_request.target.folder;
    options.connections = connectionsOf(m_request);
    Translation verdicts;
    Result<FlinkProgram> program = flinkProgram(m_pipeline, *m_request.catalogue, options, &verdicts);
    if (!program.ok()) {
        refuse(
            flinkRefusals(m_pipeline, *m_request.catalogue, m_request.validate, verdicts, program.status()));
        return false;
    }
    m_program = std::move(*program);
    const bool hasCharts = !m_program.charts.empty();
    if (!chartsWanted()) m_program.charts.clear();
    if (m_program.inserts.empty() && m_program.charts.empty()) {
        refuse({nothingForFlink(hasCharts)});
        return false;
    }
    const auto stopped = [this] {
        const std::lock_guard lock(m_mutex);
        return m_wants.any();
    };
    const Result<bool> chosen = chooseOutputs(options);
    if (!chosen.ok()) giveUpStart(chosen.status());
    if (!chosen.ok() || !*chosen) return false;
    std::vector<Issue> misread =
        checkFlinkSources(m_pipeline, *m_request.catalogue,
                          {m_request.validate, m_request.target.folder, stopped, m_request.files,
                           m_request.trust});
    if (stopped()) {
        giveUpStart(wasCancelled());
        return false;
    }
    if (!misread.empty()) {
        refuse(std::move(misread));
        return false;
    }
    const std::unique_ptr<FlinkSession> session = FlinkSession::unopened(m_gateway);
    const ClientGate::Entry atGateway(m_gate, session->http());
    const Result<bool> goesOn = check(*session);
    // Jobs of INSERTs outlive their session.
    m_gate.resume();
    static_cast<void>(session->close());
    if (goesOn.ok()) return *goesOn;
    giveUpStart(goesOn.status());
    return false;
}

Result<bool> FlinkRun::check(FlinkSession& session) {
    RW_TRY(session.begin(m_program.settings));
    RW_TRY_ASSIGN(FlinkCheck checked, checkOnFlink(session, m_program, m_pipeline));
    m_board.change([&](ClusterStatus& look) { look.answered = m_clock->now(); });
    if (!checked.issues.empty()) {
        refuse(std::move(checked.issues));
        return false;
    }
    m_board.change(
        [&](ClusterStatus& look) { look.graph = std::make_shared<const FlinkGraph>(checked.graph); });
    if (m_request.checkOnly) {
        conclude(ClusterState::Finished);
        return false;
    }
    const Status fed = makeFeed(m_request.validate);
    if (m_program.inserts.empty()) {
        RW_TRY(fed);
        if (!enterSubmitting()) return wasCancelled();
        m_alone = true;
        m_gate.allow(true);
        return true;
    }
    return giveIn(session, checked);
}

/// False: it is refused.
Result<bool> FlinkRun::plan(FlinkSession& session, const FlinkCheck& checked, const FlinkResume& resume,
                            PlannedProgram& planned) {
    const FlinkLayout layout(m_pipeline, *m_request.catalogue, checked.graph, m_program.sinks(),
                             m_request.validate);
    const PlanRequest request{m_request.target.flink.planFolder, m_pipeline, checked.graph, layout, resume,
                              m_request.allowLostState};
    RW_TRY_ASSIGN(planned, planOnFlink(session, m_program, request));
    for (const Text& note : planned.notes) m_board.note(note);
    if (planned.issues.empty()) return true;
    refuse(std::move(planned.issues));
    return false;
}

Result<bool> FlinkRun::giveIn(FlinkSession& session, const FlinkCheck& checked) {
    FlinkResume resume = resumeOnFlink(m_request, m_pipeline, checked.graph);
    for (const Text& note : resume.notes) m_board.note(note);
    if (!resume.issues.empty()) {
        refuse(std::move(resume.issues));
        return false;
    }
    PlannedProgram planned;
    if (resume.planned) {
        RW_TRY_ASSIGN(const bool usable, plan(session, checked, resume, planned));
        if (!usable) return false;
    }
    OutputsAside aside;
    if (const Status taken = aside.take(m_toReplace); !taken.ok()) {
        refuse({issueOf(taken.error())});
        return false;
    }
    FlinkLostStart lost(m_jobManager, m_pipeline.name);
    const ClientGate::Entry atJobs(m_gate, lost.http());
    lost.lookBefore();
    if (!enterSubmitting()) return wasCancelled();
    const ClientGate::Entry atJobManager(m_gate, session.endJobsAt(m_jobManager));
    StartOptions options;
    options.savepoint = m_request.savepoint;
    options.allowLostState = m_request.allowLostState;
    if (resume.planned) options.planned = &planned;
    options.whenLost = [&](const Status& why) -> Result<std::string> {
        FlinkLostStart::Found found = lost.find();
        m_board.note(std::move(found.told));
        if (found.job.empty()) return why;
        return std::move(found.job);
    };
    Result<Deployment> started = startOnFlink(session, m_program, checked, m_pipeline, options);
    m_gate.allow(true);
    if (started.ok()) aside.drop();
    for (const std::string& folder : aside.putBack())
        m_board.note(RW_TEXT("cluster", "The results of before lie in “%1”.").with(folder));
    if (!started.ok()) {
        if (!resume.planned || started.error().code != ErrorCode::Invalid) return started.status();
        refuse({issueOf(started.error())});
        return false;
    }
    Deployment deployment = std::move(*started);
    deployment.target = m_request.target.name;
    deployment.file = absolutePath(m_request.validate.file);
    if (deployment.started == 0) deployment.started = m_clock->now();
    takeUp(deployment, m_request.validate);
    return true;
}

bool FlinkRun::enterSubmitting() {
    const std::lock_guard lock(m_mutex);
    if (m_wants.any()) return false;
    m_phase = Phase::Given;
    // From here on a request that is ended could leave a job behind without a record.
    m_gate.allow(false);
    m_board.change([](ClusterStatus& look) { look.state = ClusterState::Submitting; });
    return true;
}

void FlinkRun::giveUpStart(const Status& why) {
    bool stopped = false;
    {
        const std::lock_guard lock(m_mutex);
        stopped = m_wants.any() && m_phase == Phase::Checking;
    }
    if (stopped) {
        conclude(ClusterState::Stopped);
    } else {
        conclude(ClusterState::Failed, why);
    }
}

void FlinkRun::takeUp(const Deployment& deployment, const ValidateOptions& validating) {
    m_job = deployment.job;
    m_graph = deployment.graph;
    if (!m_graph.empty()) {
        m_layout.emplace(deployment.pipeline, *m_request.catalogue, m_graph, deployment.sinks, validating);
        m_counters.emplace(m_job, m_graph);
    }
    m_board.remember(deployment);
    m_board.change([&](ClusterStatus& look) {
        look.job = deployment.job;
        look.started = deployment.started;
    });
}

void FlinkRun::takeUpAgain(const Deployment& deployment) {
    m_pipeline = deployment.pipeline;
    // Of a job that the cluster once did not know any answer is news.
    m_word = deployment.ended == 0 ? deployment.state : std::string();
    ProgramOptions options;
    options.validate = m_request.validate;
    options.validate.variables.clear();  // the record has its values
    if (options.validate.folder.empty() && !deployment.file.empty())
        options.validate.folder = std::filesystem::path(deployment.file).parent_path().string();
    options.folder = m_request.target.folder;
    options.connections = connectionsOf(m_request);
    takeUp(deployment, options.validate);
    if (!chartsWanted()) return;
    Result<FlinkProgram> program = flinkProgram(m_pipeline, *m_request.catalogue, options);
    if (program.ok()) {
        m_program = std::move(*program);
        static_cast<void>(makeFeed(options.validate));
    } else {
        m_board.change([&](ClusterStatus& look) { look.chartTrouble = program.status(); });
    }
}

Status FlinkRun::makeFeed(const ValidateOptions& options) {
    if (m_program.charts.empty()) return {};
    m_feedOptions = options;
    Result<std::shared_ptr<ChartFeed>> feed = newFeed();
    if (!feed.ok()) {
        m_board.change([&](ClusterStatus& look) { look.chartTrouble = feed.status(); });
        return feed.status();
    }
    show(std::move(*feed));
    return {};
}

Result<std::shared_ptr<ChartFeed>> FlinkRun::newFeed() const {
    RW_TRY_ASSIGN(std::unique_ptr<ChartFeed> feed,
                  ChartFeed::make(m_pipeline, *m_request.catalogue, m_feedOptions, m_program.charts));
    return std::shared_ptr<ChartFeed>(std::move(feed));
}

void FlinkRun::show(std::shared_ptr<ChartFeed> feed) {
    const std::lock_guard lock(m_mutex);
    m_feed = std::move(feed);
}

}  // namespace rw
