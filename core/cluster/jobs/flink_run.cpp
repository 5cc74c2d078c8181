#include "core/cluster/jobs/flink_run.h"

#include <algorithm>
#include <chrono>

namespace rw {

namespace {

constexpr Millis kLeaveRunWithin = 5'000;  ///< before a server that does not answer is left
constexpr Millis kForceEvery = 100;
constexpr Millis kShortestPoll = 10;

DeploymentStore storeOf(const ClusterRequest& request) {
    return request.deployments.empty() ? DeploymentStore() : DeploymentStore(request.deployments);
}

}  // namespace

bool isOver(ClusterState state) {
    switch (state) {
        case ClusterState::Finished:
        case ClusterState::Stopped:
        case ClusterState::Failed:
        case ClusterState::Refused:
        case ClusterState::Gone:
            return true;
        case ClusterState::Checking:
        case ClusterState::Submitting:
        case ClusterState::Starting:
        case ClusterState::Running:
        case ClusterState::Restarting:
        case ClusterState::Stopping:
            break;
    }
    return false;
}

std::unique_ptr<ClusterRun> deployToFlink(ClusterRequest request) {
    return std::make_unique<FlinkRun>(std::move(request), std::nullopt);
}

std::unique_ptr<ClusterRun> watchOnFlink(ClusterRequest request, Deployment deployment) {
    return std::make_unique<FlinkRun>(std::move(request), std::move(deployment));
}

FlinkRun::FlinkRun(ClusterRequest request, std::optional<Deployment> deployment)
    : m_request(std::move(request)), m_board(storeOf(m_request)) {
    m_request.pollEvery = std::max(m_request.pollEvery, kShortestPoll);
    m_fresh = !deployment;
    if (deployment) {
        m_phase = Phase::Given;
        m_board.change([&](ClusterStatus& look) {
            look.state = ClusterState::Starting;
            look.job = deployment->job;
            look.jobState = deployment->state;
            look.started = deployment->started;
        });
    }
    m_thread = std::thread([this, deployment = std::move(deployment)] {
        try {
            work(deployment);
        } catch (const std::exception& error) {
            conclude(ClusterState::Failed,
                     Status(ErrorCode::Internal,
                            RW_TEXT("run", "Something unforeseen happened: %1.").with(error.what()),
                            RW_TEXT("run", "Please report this with the pipeline.")));
        }
        const std::lock_guard lock(m_mutex);
        m_done = true;
        m_news.notify_all();
    });
}

FlinkRun::~FlinkRun() {
    {
        const auto isDone = [this] { return m_done; };
        std::unique_lock lock(m_mutex);
        m_wants.leave = true;
        m_dirty = true;
        m_gate.interrupt();
        if (m_charts) m_charts->end();
        m_news.notify_all();
        // A job that is being submitted is waited for: it is to be recorded.
        m_news.wait_for(lock, std::chrono::milliseconds(kLeaveRunWithin), isDone);
        while (!m_done) {
            lock.unlock();
            m_gate.force();
            lock.lock();
            m_news.wait_for(lock, std::chrono::milliseconds(kForceEvery), isDone);
        }
    }
    m_thread.join();
    m_charts.reset();
}

std::shared_ptr<LiveView> FlinkRun::view(const NodeId& node) const {
    const std::lock_guard lock(m_mutex);
    return m_feed ? m_feed->view(node) : nullptr;
}

void FlinkRun::cancel() {
    const std::lock_guard lock(m_mutex);
    if (m_phase == Phase::Over) {
        // The charts of a job that has finished may still be on their way.
        if (m_charts) m_charts->end();
        return;
    }
    m_dirty = true;
    m_news.notify_all();
    if (m_wants.cancel) return;
    m_wants.cancel = true;
    m_board.change([](ClusterStatus& look) { look.state = ClusterState::Stopping; });
    m_gate.interrupt();
}

void FlinkRun::stop(const std::string& savepointFolder) {
    const std::lock_guard lock(m_mutex);
    if (m_phase == Phase::Over || m_wants.cancel || m_wants.stop) return;
    m_wants.stop = true;
    m_wants.folder = savepointFolder;
    m_dirty = true;
    m_board.change([](ClusterStatus& look) { look.state = ClusterState::Stopping; });
    m_gate.interrupt();
    m_news.notify_all();
}

FlinkRun::Wants FlinkRun::takeWants() {
    const std::lock_guard lock(m_mutex);
    m_dirty = false;
    // Under the lock: a later request ends the calls that begin after this.
    m_gate.resume();
    return m_wants;
}

bool FlinkRun::wantsItsEnd() const {
    const std::lock_guard lock(m_mutex);
    return m_wants.cancel;
}

void FlinkRun::waitForNews(Millis millis) {
    std::unique_lock lock(m_mutex);
    const auto isNews = [this] { return m_dirty; };
    if (millis > 0) {
        m_news.wait_for(lock, std::chrono::milliseconds(millis), isNews);
    } else {
        m_news.wait(lock, isNews);
    }
}

void FlinkRun::show(ClusterState state, const std::string& word) {
    const std::lock_guard lock(m_mutex);
    if (m_wants.cancel || m_wants.stop) state = ClusterState::Stopping;
    m_board.change([&](ClusterStatus& look) {
        look.state = state;
        if (!word.empty()) look.jobState = word;
    });
}

void FlinkRun::conclude(ClusterState state, const Status& failure, Instant ended) {
    const std::lock_guard lock(m_mutex);
    m_phase = Phase::Over;
    m_board.change([&](ClusterStatus& look) {
        look.state = state;
        look.failure = failure;
        look.connectionProblem = {};
        look.ended = ended > 0 ? ended : m_clock->now();
    });
}

void FlinkRun::refuse(std::vector<Issue> issues) {
    m_board.change([&](ClusterStatus& look) { look.issues = std::move(issues); });
    conclude(ClusterState::Refused);
}

void FlinkRun::work(const std::optional<Deployment>& deployment) {
    if (!deployment) {
        const Status servers = findServers();
        if (!servers.ok()) return conclude(ClusterState::Failed, servers);
        if (start()) watch();
        return;
    }
    // The job runs whether we find its servers or not: a keyring may be locked.
    for (Status servers = findServers(); !servers.ok(); servers = findServers()) {
        m_board.change([&](ClusterStatus& look) { look.connectionProblem = servers; });
        waitForNews(0);
        if (takeWants().leave) return;
    }
    takeUpAgain(*deployment);
    watch();
}

}  // namespace rw
