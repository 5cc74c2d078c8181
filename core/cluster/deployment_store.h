// The deployments of a person: one file each, in the user's data folder, shared by window and command line.
#pragma once
#include <string>
#include <vector>

#include "core/cluster/deployment.h"

namespace rw {

/// $XDG_DATA_HOME/rillwright/deployments, or below ~/.local/share.
std::string deploymentsPath();

/// Any thread, any process: each call looks at the disk anew, files are put in place whole.
class DeploymentStore {
 public:
    explicit DeploymentStore(std::string folder = deploymentsPath()) : m_folder(std::move(folder)) {}

    /// Makes the folder. A deployment of the same job is replaced.
    Status save(const Deployment& deployment) const;
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
