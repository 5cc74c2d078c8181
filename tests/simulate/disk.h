// A disk that a test can kill: bytes written to it are only sure to be there once they were synced.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/files.h"

namespace rw::simulated {

/// The calls of a program to the disk.
enum class Call { Open, Read, Write, Truncate, Sync, Remove, Rename, Link, SyncFolder, Lock, Broker };
const char* nameOf(Call call);

/// A file, which lives on without a name for programs that have it open.
struct DiskFile {
    /// A change that the disk has taken and not yet put down.
    struct Change {
        std::uint64_t at = 0;  ///< of the first byte; of a cut the new size
        std::string bytes{};
        bool cuts = false;
    };
    std::uint64_t inode = 0;
    std::string now{};     ///< as programs see it
    std::string synced{};  ///< as the disk has it
    /// Its changes that were not synced. A sync that fails may lose some: they are neither here nor in `synced` then.
    std::vector<Change> unsynced{};
    bool moved = false;         ///< under another name, and no sync of a folder has come since
    std::int64_t modified = 0;  ///< counts the changes of the whole disk

    FileState state() const;
};
using DiskFileRef = std::shared_ptr<DiskFile>;

/// The state of the files when everything that runs is ended at once.
enum class Loss {
    Kill,   ///< of the program: its writes are there
    Power,  ///< changes that were not synced are there in part: some writes are, some not, of a large one some sectors
};

/// Single-threaded. Calls give an errno, 0: done. A failed call changes nothing, but for a write that is torn.
class Disk {
 public:
    /// Writes reach the disk in pieces of so many bytes, each of which is there or not.
    static constexpr std::size_t kSector = 512;

    /// `seed` decides which changes a loss of power takes.
    explicit Disk(std::uint64_t seed) : m_seed(seed) {}

    /// Asked before each call: an errno, 0 to let it be. `bytes`: how many are to be read or written; less of
    /// them is allowed, with 0 or with an errno.
    std::function<int(Call call, const std::string& path, std::size_t& bytes)> fate =
        [](Call, const std::string&, std::size_t&) { return 0; };

    /// Nothing gets through any more: every call gives EIO and changes nothing.
    void die() { m_dead = true; }
    bool dead() const { return m_dead; }
    /// All that ran has ended, and the disk is there again.
    void restart(Loss loss);

    // By name
    DiskFileRef find(const std::string& path) const;
    int open(const std::string& path, bool create, DiskFileRef& file);
    /// `durably`: the name is gone also after a loss of power.
    int remove(const std::string& path, bool durably);
    /// After a loss of power it may still have its old name, until syncFolder().
    int rename(const std::string& from, const std::string& to);
    /// After a loss of power the name may be gone, until a sync.
    int link(const std::string& from, const std::string& to);
    /// Names that were given and taken in any folder outlive a loss of power.
    int syncFolder(const std::string& path);
    std::vector<std::string> paths() const;
    /// A file that is there from the start, for good.
    void put(const std::string& path, std::string content);
    void makeFolder(const std::string& path);
    bool isFolder(const std::string& path) const;

    // Of an open file; `path` is for `fate` alone
    int read(const DiskFileRef& file, const std::string& path, std::uint64_t at, char* into,
             std::size_t& bytes);
    int write(const DiskFileRef& file, const std::string& path, std::uint64_t at, std::string_view bytes,
              std::size_t& taken);
    int truncate(const DiskFileRef& file, const std::string& path, std::uint64_t size);
    /// The content outlives a loss of power, and so do all names that were given and taken so far (ext4 and
    /// XFS write those down in order), but of files that were renamed. Where it fails pages are lost: later
    /// syncs succeed without them, and programs see them until the power is lost.
    int sync(const DiskFileRef& file, const std::string& path);
    /// SQLite asks for a lock.
    int lock(const std::string& path);
    /// A program is about to ask the broker for something, or to get its answer: a trouble that ends a program
    /// ends it there, too.
    int askBroker(const std::string& what);
    /// All files as they are, for a trial that is to leave no trace.
    struct Saved {
        std::map<std::string, DiskFileRef> names{}, syncedNames{};
        std::vector<std::pair<DiskFileRef, DiskFile>> files{};
    };
    Saved save() const;
    void putBack(const Saved& saved);

    /// Counts of events on files so far.
    struct Tally {
        int torn = 0;       ///< lost some of their unsynced changes with the power, and kept others
        int lostPages = 0;  ///< lost some in a sync that failed
        int movedBack = 0;  ///< had their old name again
    };
    const Tally& tally() const { return m_tally; }
    /// Bytes that all files take.
    std::uint64_t used() const;
    /// The next of the numbers that the seed gives.
    std::uint64_t chance();

 private:
    int ask(Call call, const std::string& path, std::size_t& bytes);
    int ask(Call call, const std::string& path);
    void losePower();
    void losePages(DiskFile& file);
    void syncNames();
    /// Applies a part of a file's unsynced changes.
    void tear(DiskFile& file);

    const std::uint64_t m_seed;
    std::uint64_t m_drawn = 0;
    bool m_dead = false;
    std::map<std::string, DiskFileRef> m_names, m_syncedNames;
    std::map<std::string, bool> m_folders;
    std::uint64_t m_inodes = 0;
    std::int64_t m_changes = 0;
    Tally m_tally{};
};

}  // namespace rw::simulated
