// The checkpoints of runs of Spark on this computer: their folders, whether a run uses one now, and removing
// those of a run.
#pragma once
#include <string>
#include <utility>

#include "core/base/status.h"
#include "core/cluster/deployment.h"

namespace rw {

/// Where runs have their programs and checkpoints: a folder of the DeploymentStore's in `deployments`.
std::string sparkRunsFolder(const std::string& deployments);

/// One run at a time has a checkpoint: two would each tell the other that its batches are done. The lock is
/// held by a descriptor, also by that of a program that was started with it; it ends with the last of them.
class CheckpointLock {
 public:
    /// Never waits. An error: a run of any program on this computer holds it, or the disk is full.
    static Result<CheckpointLock> take(const std::string& deployments, const std::string& checkpoint);
    /// Whether a run holds it; takes nothing.
    static bool isTaken(const std::string& deployments, const std::string& checkpoint);

    CheckpointLock(CheckpointLock&& other) noexcept;
    CheckpointLock& operator=(CheckpointLock&&) = delete;
    ~CheckpointLock();  ///< lets go of it; a program that holds it goes on holding it
    int descriptor() const { return m_fd; }

 private:
    CheckpointLock(int fd, std::string path) : m_fd(fd), m_path(std::move(path)) {}
    int m_fd;
    std::string m_path;
};

/// An error when there is none on this computer, or something else: Spark would start from the beginning
/// there, without an error. Success for addresses, as hdfs://…, which only the program can look at.
Status usableCheckpoint(const std::string& checkpoint);

/// Removes that run's checkpoint in the folder of runs, unless a run holds it. Checkpoints elsewhere, as in
/// the folder of a cluster, stay.
void dropCheckpoints(const std::string& deployments, const Deployment& run);

}  // namespace rw
