// Workspaces that were used before: one for each thread that works at the same time.
#pragma once
#include <memory>
#include <mutex>
#include <vector>

namespace rw {

/// Safe from any thread.
template <class Workspace>
class WorkspacePool {
 public:
    struct Return {
        WorkspacePool* pool;
        void operator()(Workspace* used) const {
            std::unique_ptr<Workspace> back(used);
            const std::lock_guard lock(pool->m_mutex);
            pool->m_free.push_back(std::move(back));
        }
    };
    using Ref = std::unique_ptr<Workspace, Return>;  ///< comes back by itself; the pool must outlive it

    Ref take() {
        const std::lock_guard lock(m_mutex);
        std::unique_ptr<Workspace> taken =
            m_free.empty() ? std::make_unique<Workspace>() : std::move(m_free.back());
        if (!m_free.empty()) m_free.pop_back();
        return {taken.release(), Return{this}};
    }

 private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Workspace>> m_free;
};

}  // namespace rw
