// Locks on outputs: a run keeps others off its outputs while it goes on.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/base/output_files.h"

namespace rw {

/// A claim on a file, or on a part of it, against the other runs of this user, in this process or another.
/// Ends with its owner, also when the process is killed: it is in lock files in the user's runtime folder
/// ($XDG_RUNTIME_DIR, /run/user/UID, else a private folder under /tmp), whose locks the kernel frees. The
/// file itself is never opened: closing any descriptor of a database would drop the locks that SQLite has on
/// it.
///
/// A file is known by its path with links followed and, where it is there, by its identity (fileMark()), so
/// that other spellings, links and hard links are the same file.
class OutputLock final : public OutputClaim {
 public:
    OutputLock() = default;
    ~OutputLock() override { release(); }
    OutputLock(const OutputLock&) = delete;
    OutputLock& operator=(const OutputLock&) = delete;

    /// As OutputFiles::claim(), once. An error names the process that has it.
    Status acquire(const std::string& path, const std::string& part, Mode mode);
    /// As OutputFiles::claimFolder(), once: by a lock file in the folder itself. unguarded(): its disk has no
    /// locks, or no file can be made in it.
    Status acquireFolder(const std::string& folder);
    /// Whether a run has claimed it now; also true where that can't be known. Asks the kernel for its locks and
    /// takes none, not even for a moment: the question keeps no run out.
    static bool isHeld(const std::string& path, const std::string& part);
    /// There is no folder for lock files, or its disk has no locks.
    bool unguarded() const override { return m_unguarded; }

 private:
    void release();
    Status acquireFile(const std::string& lockFile, const std::string& path, Mode mode);

    struct Held {
        int fd;
        std::string file;
    };
    std::vector<Held> m_held;
    bool m_unguarded = false;
};

/// The identity of the file that `path` leads to, whatever its name: device and inode, and since an inode is
/// used again once its file is gone, the time at which the file was made and its generation, as far as the
/// file system has these. Empty: there is no file.
std::string fileMark(const std::string& path);

/// The note on an output whose lock is unguarded().
Text unguardedNote(const std::string& path);

}  // namespace rw
