// Where a run writes, behind a face: a test, or a simulated run, gives it files of its own.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/base/files.h"
#include "core/base/time.h"

namespace rw {

/// A file, pipe, device or standard output, open for writing. Single-threaded; its end closes it.
class OutputFile {
 public:
    virtual ~OutputFile() = default;
    /// A pipe or device, whose other side may be slow.
    virtual bool waits() const = 0;
    /// Waits for at most so long until write() takes something; false when it still takes nothing. In real
    /// time: only where waits().
    virtual bool awaitWritable(Millis most) = 0;
    /// How many of the bytes were taken, from the first on; 0: nothing now, ask again.
    virtual Result<std::size_t> write(std::string_view bytes) = 0;
    virtual Status clear() = 0;  ///< the file is empty, writing begins at its start
    /// Of a regular file the first `size` bytes stay, of which it has that many, and writing goes on behind
    /// them.
    virtual Status cut(std::uint64_t size) = 0;
    virtual Status sync() = 0;  ///< the bytes written so far outlive a loss of power
    virtual Result<FileState> state() const = 0;
    virtual Status close() = 0;
};

/// A lock that keeps others off a file, or a part of it, as long as it exists.
class OutputClaim {
 public:
    enum class Mode {
        Alone,  ///< no other writer
        Shared  ///< others may claim it Shared, too: rows are only added
    };
    virtual ~OutputClaim() = default;
    /// Runs of other programs are not noticed.
    virtual bool unguarded() const = 0;
};

/// Bytes on a disk.
struct DiskRoom {
    std::uint64_t free = 0;  ///< for this user
    std::uint64_t size = 0;  ///< of the whole disk
};

/// Errors are unwritable() ones: they say why, of the file that people know as `shown`. Safe from any thread.
class OutputFiles {
 public:
    virtual ~OutputFiles() = default;
    /// The file that writing to `path` makes or changes: absolute, links followed.
    virtual std::string target(const std::string& path) const = 0;
    /// ErrorCode::NotFound: there is nothing of that name.
    virtual Result<FileState> state(const std::string& path) const = 0;
    /// An error where something stands that may not be written.
    virtual Status mayWrite(const std::string& path, const std::string& shown) const = 0;
    /// A regular file that a run wrote, to be read again. ErrorCode::NotFound: there is none.
    virtual Result<std::unique_ptr<InputFile>> reading(const std::string& path) const = 0;
    virtual std::unique_ptr<OutputFile> standardOutput() = 0;
    /// The file that is there, or a new one; empties nothing. Never waits: a FIFO without reader takes nothing yet.
    virtual Result<std::unique_ptr<OutputFile>> open(const std::string& path, const std::string& shown) = 0;
    /// A file that was not there, with owner and permissions of `like` where that is there.
    virtual Result<std::unique_ptr<OutputFile>> create(const std::string& path, const std::string& like,
                                                       const std::string& shown) = 0;
    /// Atomic, also after a loss of power: `to` is then the old file or `from`. An error where the disk does
    /// not say that it has the new name: it may be there all the same.
    virtual Status rename(const std::string& from, const std::string& to, const std::string& shown) = 0;
    /// The names in the folder of `path` outlive a loss of power from here on: that of a rename whose error was
    /// only that the disk had not said so.
    virtual Status syncFolder(const std::string& path, const std::string& shown) = 0;
    /// `to`, which was not there, becomes another name of the file `from`, or a copy of it on a disk that has
    /// no such names, or that is another one. It does not outlive a loss of power before it was synced. After
    /// an error `to` is not there.
    virtual Status link(const std::string& from, const std::string& to, const std::string& shown) {
        return copy(from, to, shown);
    }
    virtual void remove(const std::string& path) = 0;      ///< where it is there and may be removed
    virtual void makeFolder(const std::string& path) = 0;  ///< where it can be; open() says it better
    /// Never waits. `part` names a part of the file (a table), empty: all of it; parts are claimed one by
    /// one. An error names the run that has it.
    virtual Result<std::unique_ptr<OutputClaim>> claim(const std::string& path, const std::string& part,
                                                       OutputClaim::Mode mode) = 0;
    /// The database at `path`, to be written through SQLite, or made.
    virtual Result<DatabaseFile> database(const std::string& path) const {
        return DatabaseFile{path, {}, {}, {}};
    }
    /// A folder that is there, for one run alone, by a lock in it: other users and computers that write to
    /// the same disk see it, too. As claim() in all else.
    virtual Result<std::unique_ptr<OutputClaim>> claimFolder(const std::string& path) {
        return claim(path, "folder", OutputClaim::Mode::Alone);
    }
    virtual void removeFolder(const std::string&) {}  ///< where it is there, and empty
    /// The paths of all that is in a folder; none where it can't be read.
    virtual std::vector<std::string> list(const std::string&) const { return {}; }
    /// Of the disk of a folder; nothing: it is not known, or has no end.
    virtual std::optional<DiskRoom> roomAt(const std::string&) const { return std::nullopt; }

 protected:
    /// As link() where it copies.
    Status copy(const std::string& from, const std::string& to, const std::string& shown);
};

/// The error for `why`, an errno, with its fix; “-” is standard output.
Status unwritable(std::error_code why, const std::string& shown);

}  // namespace rw
