// The deployments of a person: one file each, in the user's data folder, shared by window and command line.
#pragma once
#include <string>
#include <vector>

#include "core/base/own_folders.h"
#include "core/cluster/deployment.h"

namespace rw {

/// In the dataFolder().
inline std::string deploymentsPath() {
    return dataFolder() + "/deployments";
}

/// Any thread, any process: each call reads the disk again, and files are put in place whole. A writer of a
/// record waits for others, two seconds at most.
class DeploymentStore {
 public:
    explicit DeploymentStore(std::string folder = deploymentsPath()) : m_folder(std::move(folder)) {}

    /// Makes the folder. The record of the same job is replaced, but for facts that only others know of a job
    /// that outlives them: the savepoints that are there stay, and so does an end that the cluster has told.
    /// `kept`, when set, gets the record as written.
    Status save(const Deployment& deployment, Deployment* kept = nullptr) const;
    Status remove(const std::string& job) const;
    Result<Deployment> find(const std::string& job) const;
    /// Newest first; `unreadable`, when set, gets the names of files that are none of ours or broken.
    std::vector<Deployment> all(std::vector<std::string>* unreadable = nullptr) const;
    /// Those of a pipeline's file, newest first.
    std::vector<Deployment> of(const std::string& file) const;

 private:
    std::string pathOf(const std::string& job) const;
    std::string m_folder;
};

}  // namespace rw
