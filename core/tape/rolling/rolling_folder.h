// The folder of a tape that rolls: of one run, as long as somebody looks at it.
#pragma once
#include <memory>
#include <string>

#include "core/base/status.h"

namespace rw {

/// Goes with all that is in it. A lock in it, which the kernel frees, says that its program lives.
class RollingFolder {
 public:
    /// A new one in `parent`, which only this user may look into. Those there whose programs have ended go.
    /// Waits for the disk.
    static Result<std::shared_ptr<const RollingFolder>> make(const std::string& parent);
    ~RollingFolder();
    RollingFolder(const RollingFolder&) = delete;
    RollingFolder& operator=(const RollingFolder&) = delete;

    const std::string& path() const { return m_path; }

 private:
    RollingFolder(std::string path, int lock) : m_path(std::move(path)), m_lock(lock) {}
    const std::string m_path;
    const int m_lock;  ///< open file
};

/// Drops the folders in `parent` that no program has any more.
void dropLeftRollingFolders(const std::string& parent);

}  // namespace rw
