// Bytes into a file, a pipe or standard output.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/output_files.h"

namespace rw {

/// The means that a run gives to its sinks; null: the machine's.
struct OutputMeans {
    std::shared_ptr<OutputFiles> files{};
    std::shared_ptr<Clock> clock{};
    std::function<bool()> stopping{};
};

/// Collects the text written to `buffer()` and passes it on in large pieces. Errors name the file.
/// Single-threaded.
///
/// A regular file is either staged (written as `.NAME.rill-new` beside it, with the permission bits of the
/// file that is there, synced by prepare() and renamed by commit(), which syncs the folder: after a loss of
/// power it is the old file or the new one) or written in place, from the first flush() on; then it is not
/// synced. Files beside it that a killed run has left stay until the first flush(), too: a run that does not
/// begin removes nothing from which another could resume. A symbolic link stays, and the file that it leads
/// to is replaced; other hard links keep the old bytes.
///
/// A file written in place that another program empties meanwhile, as rotating a log does, goes on at its
/// beginning, with a note; shortening it otherwise is an error. Where a flush() fails, as on a full disk, the
/// file ends with what the one before has written.
///
/// Pipes, devices and standard output are always written in place. A FIFO waits for its reader as a shell's
/// `>` does, but in flush(), not in open(), and no longer than until `stopping`: bytes that are not taken
/// within half a second then are given up, with a note.
class FileOutput {
 public:
    enum class Placing { InPlace, Staged };
    /// `path` as people see it, “-” for standard output.
    explicit FileOutput(std::string path, Placing placing = Placing::InPlace, OutputMeans means = {});
    ~FileOutput();  ///< aborts without commit()
    FileOutput(const FileOutput&) = delete;
    FileOutput& operator=(const FileOutput&) = delete;

    /// Makes sure that the file can be written and that no other program writes it. Empties and removes
    /// nothing yet.
    Status open();
    /// The first bytes of every file, also of one that is made again because it was removed meanwhile.
    void setHead(std::string head) { m_head = std::move(head); }
    /// Append here, then call flushIfLarge().
    std::string& buffer() { return m_buffer; }
    Status flushIfLarge();
    Status flush();
    /// Flushes so that the rows can be seen; a staged file, which no program follows, ten times a second only.
    Status show();
    Status prepare();  ///< everything that can fail
    Status commit();
    void abort();
    Status close();  ///< prepare() and commit()
    /// Output was visible to others, and abort() did not take it back.
    bool hasVisibleOutput() const { return m_began && m_staging.empty(); }
    std::vector<Text> takeNotes();

 private:
    bool isReplaceable() const;
    Status openReplaceable();
    Status createStaged();
    Status openOther();
    Status begin();
    Status findAgain();
    Status goOnInEmptied(std::uint64_t size);
    Status write(std::string_view text);
    Status passOn(std::string_view text);
    bool writable();
    bool patienceEnds();

    const std::string m_path;
    const Placing m_placing;
    const std::shared_ptr<OutputFiles> m_files;
    const std::shared_ptr<Clock> m_clock;
    const std::function<bool()> m_stopping;
    std::unique_ptr<OutputClaim> m_claim;
    std::unique_ptr<OutputFile> m_file;  ///< null before the first flush() where another's is staged
    std::string m_target, m_staging;     ///< absolute paths; empty: not a regular file
    std::string m_head, m_buffer;
    std::vector<Text> m_notes;
    bool m_began = false;   ///< something was written, and the old content is gone (in place)
    bool m_broken = false;  ///< an error was returned: nothing more is tried
    bool m_prepared = false, m_closed = false;
    std::int64_t m_showsAgainAt = 0;          ///< steady milliseconds; of the staged file
    std::uint64_t m_size = 0;                 ///< bytes of the file when it was written last; of regular ones
    std::size_t m_lost = 0;                   ///< bytes that no reader took
    std::optional<std::int64_t> m_stoppedAt;  ///< steady milliseconds
};

/// Whether files can be made in the folder of `path`; an error that says why not. On the machine, or in the
/// files of a run.
Status checkOutputFolder(const std::string& path);
Status checkOutputFolder(const OutputFiles& files, const std::string& path);

}  // namespace rw
