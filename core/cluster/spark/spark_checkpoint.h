// The checkpoints of runs of Spark on this computer: where they lie, whether a run has one just now, and what
// goes when a run is forgotten.
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
    /// Never waits. An error: a run has it, of whatever program on this computer; or the disk is full.
    static Result<CheckpointLock> take(const std::string& deployments, const std::string& checkpoint);
    /// Whether somebody has it; takes nothing.
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

/// An error when there is none on this computer, or something else: Spark would begin anew there, without a
/// word. Success for addresses, as hdfs://…, which only the program can look at.
Status usableCheckpoint(const std::string& checkpoint);

/// Removes what lies in the folder of runs for that one, unless a run has it. Checkpoints elsewhere, as in
/// the folder of a cluster, stay.
void dropCheckpoints(const std::string& deployments, const Deployment& run);

}  // namespace rw
