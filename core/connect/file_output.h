// Bytes into a file, a pipe or standard output.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/connect/output_lock.h"

namespace rw {

/// Collects what is written in `buffer()` and passes it on in large pieces. Errors name the file.
/// Single-threaded.
///
/// A regular file is either staged (written as `.NAME.rill-new` beside it, with the permission bits of the
/// file that is there, synced by prepare() and renamed by commit(), which syncs the folder: after a loss of
/// power it is the old file or the new one) or written in place, from the first flush() on; then it is not
/// synced. A symbolic link stays, what it leads to is replaced; other hard links keep the old bytes.
///
/// Pipes, devices and standard output are always written in place. A FIFO waits for its reader as a shell's
/// `>` does, but in flush(), not in open(), and no longer than until `stopping`: what is not taken within
/// half a second then is given up, with a note.
class FileOutput {
 public:
    enum class Placing { InPlace, Staged };
    using Stopping = std::function<bool()>;

    /// `path` as people see it, “-” for standard output.
    explicit FileOutput(
        std::string path, Placing placing = Placing::InPlace, Stopping stopping = [] { return false; });
    ~FileOutput();  ///< aborts what was not committed
    FileOutput(const FileOutput&) = delete;
    FileOutput& operator=(const FileOutput&) = delete;

    /// Makes sure that the file can be written and that nobody else writes it. Empties nothing yet.
    Status open();
    /// What every file begins with, also one that has to be made anew because it was removed meanwhile.
    void setHead(std::string head) { m_head = std::move(head); }
    /// Append here, then call flushIfLarge().
    std::string& buffer() { return m_buffer; }
    Status flushIfLarge();
    Status flush();
    Status prepare();  ///< everything that can fail
    Status commit();
    void abort();
    Status close();  ///< prepare() and commit()
    std::vector<Text> takeNotes();

 private:
    Status openReplaceable();
    Status openStaging(const std::string& staging);
    Status openOther();
    Status failed(int code) const;
    Status begin();
    Status findAgain();
    Status write(std::string_view text);
    bool connect();
    bool writable();
    bool patienceEnds();
    void closeFile();

    const std::string m_path;
    Placing m_placing;
    const Stopping m_stopping;
    OutputLock m_lock;
    std::string m_target, m_staging;  ///< where it lies; empty: not a regular file
    std::string m_head, m_buffer;
    std::vector<Text> m_notes;
    int m_fd = -1;
    bool m_began = false;   ///< something was written, and what was there before is gone (in place)
    bool m_waits = false;   ///< a pipe or device, whose other side may be slow
    bool m_ours = false;    ///< the descriptor is ours and does not block
    bool m_broken = false;  ///< an error was returned: nothing more is tried
    bool m_prepared = false, m_closed = false;
    off_t m_written = 0, m_begun = 0;  ///< staged: bytes, and those that are on their way to the disk
    std::size_t m_lost = 0;            ///< bytes that nobody took
    std::optional<std::chrono::steady_clock::time_point> m_stoppedAt;
};

/// Whether files can be made in the folder of `path`; an error that says why not.
Status checkOutputFolder(const std::string& path);

}  // namespace rw
