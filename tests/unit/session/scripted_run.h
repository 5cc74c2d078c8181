// A run on a cluster with the behaviour that a test sets.
#pragma once
#include <QSemaphore>
#include <QtTest/QtTest>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cluster/cluster_run.h"

namespace rw::ui {

/// The reports of a run, and the requests to it. Outlives it.
struct Script {
    ClusterStatus look{};
    std::optional<Deployment> remembered{};
    std::map<NodeId, std::shared_ptr<LiveView>> views{};
    ClusterRequest request{};
    int cancelled = 0;
    std::string savepointFolder = "-";
    QSemaphore amended{};          ///< one for each time
    QSemaphore* mayEnd = nullptr;  ///< a request is under way until then
    std::atomic<bool> gone = false;
    std::atomic<bool> goneByGui = false;

    void say(ClusterState state) {
        look.state = state;
        ++look.version;
    }
    void amend(const std::function<void(Deployment&)>& change) {
        const std::lock_guard lock(m_mutex);
        m_amendments.push_back(change);
        amended.release();
    }
    /// The record, after all amendments.
    Deployment record() const {
        Deployment out = remembered.value_or(Deployment{});
        const std::lock_guard lock(m_mutex);
        for (const auto& change : m_amendments) change(out);
        return out;
    }

 private:
    mutable std::mutex m_mutex{};
    std::vector<std::function<void(Deployment&)>> m_amendments{};
};

struct Picture : LiveView {
    std::atomic<std::uint64_t> drawn = 1;
    std::uint64_t version() const override { return drawn; }
    std::uint64_t rows() const override { return 0; }
};

class ScriptedRun : public ClusterRun {
 public:
    explicit ScriptedRun(std::shared_ptr<Script> script) : m_script(std::move(script)) {}
    ~ScriptedRun() override {
        if (m_script->mayEnd != nullptr) m_script->mayEnd->acquire();
        m_script->goneByGui = QThread::currentThread() == QCoreApplication::instance()->thread();
        m_script->gone = true;
    }
    ClusterStatus look() const override { return m_script->look; }
    std::shared_ptr<LiveView> view(const NodeId& node) const override {
        const auto found = m_script->views.find(node);
        return found != m_script->views.end() ? found->second : nullptr;
    }
    std::optional<Deployment> deployment() const override { return m_script->remembered; }
    void cancel() override {
        ++m_script->cancelled;
        m_script->say(ClusterState::Stopped);
    }
    void stop(const std::string& folder) override {
        m_script->savepointFolder = folder;
        m_script->say(ClusterState::Stopping);
    }
    void amend(const std::function<void(Deployment&)>& change) override { m_script->amend(change); }

 private:
    std::shared_ptr<Script> m_script;
};

inline Target flinkNamed(const std::string& name) {
    Target target;
    target.name = name;
    target.flink.gateway = "http://127.0.0.1:1";
    target.flink.jobManager = "http://127.0.0.1:2";
    return target;
}

inline Issue issueAt(const NodeId& node) {
    Issue issue;
    issue.message = RW_TEXT("test", "Column “prize” not found");
    issue.node = node;
    return issue;
}

}  // namespace rw::ui
