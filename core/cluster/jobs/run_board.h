// The state of a run on a cluster, to be shown and recorded: written by its threads, copied by all.
#pragma once
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "core/cluster/deployment_store.h"

namespace rw {

class RunBoard {
 public:
    explicit RunBoard(DeploymentStore store) : m_store(std::move(store)) {}

    ClusterStatus look() const;
    std::optional<Deployment> deployment() const;

    /// `change` gets the picture to change; under a lock.
    template <class Change>
    void change(Change&& change) {
        const std::lock_guard lock(m_mutex);
        change(m_look);
        ++m_look.version;
    }
    /// Something to tell a person; the same again right behind itself is not.
    void note(Text text);

    /// The record from here on, which is saved at once, merged with changes that other programs have written.
    /// A failure to save is noted. One thread alone.
    void remember(Deployment deployment);
    /// Changes the record, if there is one, and saves it. The same thread.
    template <class Change>
    void update(Change&& change) {
        std::optional<Deployment> changed = deployment();
        if (!changed) return;
        change(*changed);
        remember(std::move(*changed));
    }
    /// Saves a record that could not be saved before: a disk may have room again. As remember().
    void saveAgain();
    /// Changes the record, and all that are remembered from now on. Any thread; waits for a disk.
    void amend(std::function<void(Deployment&)> change);

 private:
    void save();

    mutable std::mutex m_mutex{};
    ClusterStatus m_look{};
    std::optional<Deployment> m_deployment{};
    std::uint64_t m_edits = 0;  ///< of the record
    std::vector<std::function<void(Deployment&)>> m_amendments{};
    std::mutex m_writing{};  ///< the newest record is the one that is written last
    bool m_unsaved = false;  ///< the record; guarded by m_writing
    const DeploymentStore m_store;
};

}  // namespace rw
