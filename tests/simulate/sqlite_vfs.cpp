#include "tests/simulate/sqlite_vfs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <new>
#include <utility>
#include <vector>

namespace rw::simulated {

namespace {

struct OpenFile;

/// Shared by connections to one database.
struct Shared {
    std::vector<OpenFile*> open{};
    std::vector<std::unique_ptr<char[]>> regions{};  ///< of the index of its log
};

}  // namespace

class SqliteVfs::Inside {
 public:
    Inside(Disk& onDisk, std::shared_ptr<Clock> itsClock) : disk(onDisk), clock(std::move(itsClock)) {}

    Disk& disk;
    const std::shared_ptr<Clock> clock;
    std::map<std::uint64_t, Shared> shared{};  ///< by inode
};

namespace {

struct OpenFile {
    sqlite3_file base;  // SQLite's part comes first
    SqliteVfs::Inside* inside;
    DiskFileRef file;
    std::string path;
    bool goes;  ///< with its end
    int level;
    std::array<bool, SQLITE_SHM_NLOCK> sharedSlots, ownSlots;
    bool mapped;
};

OpenFile& of(sqlite3_file* file) {
    return *reinterpret_cast<OpenFile*>(file);
}

Disk& diskOf(sqlite3_file* file) {
    return of(file).inside->disk;
}

Shared& sharedOf(sqlite3_file* file) {
    return of(file).inside->shared[of(file).file->inode];
}

/// Whether `holds` is true of another connection to the database.
template <class Holds>
bool another(sqlite3_file* file, Holds holds) {
    const std::vector<OpenFile*>& all = sharedOf(file).open;
    return std::any_of(all.begin(), all.end(),
                       [&](const OpenFile* other) { return other != &of(file) && holds(*other); });
}

int closeFile(sqlite3_file* file) {
    OpenFile& open = of(file);
    Shared& shared = sharedOf(file);
    std::erase(shared.open, &open);
    if (shared.open.empty()) open.inside->shared.erase(open.file->inode);
    if (open.goes) (void)open.inside->disk.remove(open.path, false);
    open.~OpenFile();
    return SQLITE_OK;
}

int readFile(sqlite3_file* file, void* into, int amount, sqlite3_int64 at) {
    OpenFile& open = of(file);
    std::size_t done = 0;
    const auto size = static_cast<std::size_t>(amount);
    // As the VFS of Unix does: a short read is continued.
    while (done < size) {
        std::size_t bytes = size - done;
        const int code = diskOf(file).read(open.file, open.path, static_cast<std::uint64_t>(at) + done,
                                           static_cast<char*>(into) + done, bytes);
        if (code != 0) return SQLITE_IOERR_READ;
        if (bytes == 0) break;
        done += bytes;
    }
    if (done == size) return SQLITE_OK;
    std::memset(static_cast<char*>(into) + done, 0, size - done);
    return SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 at) {
    OpenFile& open = of(file);
    std::string_view left(static_cast<const char*>(bytes), static_cast<std::size_t>(amount));
    auto place = static_cast<std::uint64_t>(at);
    while (!left.empty()) {
        std::size_t taken = 0;
        const int code = diskOf(file).write(open.file, open.path, place, left, taken);
        if (code != 0) return code == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        if (taken == 0) return SQLITE_FULL;
        left.remove_prefix(taken);
        place += taken;
    }
    return SQLITE_OK;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    const int code = diskOf(file).truncate(of(file).file, of(file).path, static_cast<std::uint64_t>(size));
    return code == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int syncFile(sqlite3_file* file, int) {
    return diskOf(file).sync(of(file).file, of(file).path) == 0 ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int sizeOfFile(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(of(file).file->now.size());
    return SQLITE_OK;
}

// The locks of a database: one reserves, one alone waits for readers to end, one alone has it.
int lockFile(sqlite3_file* file, int wanted) {
    OpenFile& open = of(file);
    if (open.level >= wanted) return SQLITE_OK;
    if (wanted > SQLITE_LOCK_SHARED) {
        const int code = diskOf(file).lock(open.path);
        if (code != 0) return code == EBUSY ? SQLITE_BUSY : SQLITE_IOERR_LOCK;
    }
    const int bars = wanted == SQLITE_LOCK_SHARED ? SQLITE_LOCK_PENDING : SQLITE_LOCK_RESERVED;
    if (another(file, [bars](const OpenFile& other) { return other.level >= bars; })) return SQLITE_BUSY;
    if (wanted == SQLITE_LOCK_EXCLUSIVE) {
        open.level = SQLITE_LOCK_PENDING;
        if (another(file, [](const OpenFile& other) { return other.level >= SQLITE_LOCK_SHARED; }))
            return SQLITE_BUSY;
    }
    open.level = wanted;
    return SQLITE_OK;
}

int unlockFile(sqlite3_file* file, int level) {
    of(file).level = std::min(of(file).level, level);
    return SQLITE_OK;
}

int isReserved(sqlite3_file* file, int* reserved) {
    const auto holds = [](const OpenFile& other) { return other.level >= SQLITE_LOCK_RESERVED; };
    *reserved = of(file).level >= SQLITE_LOCK_RESERVED || another(file, holds) ? 1 : 0;
    return SQLITE_OK;
}

int control(sqlite3_file* file, int what, void* argument) {
    if (what != SQLITE_FCNTL_HAS_MOVED) return SQLITE_NOTFOUND;
    const bool there = diskOf(file).find(of(file).path) == of(file).file;
    *static_cast<int*>(argument) = there ? 0 : 1;
    return SQLITE_OK;
}

int sectorSize(sqlite3_file*) {
    return static_cast<int>(Disk::kSector);
}

/// As the VFS of Unix says unless it is told otherwise: a torn write leaves the bytes beside it.
int characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int mapIndex(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    std::vector<std::unique_ptr<char[]>>& regions = sharedOf(file).regions;
    const auto wanted = static_cast<std::size_t>(region);
    of(file).mapped = true;
    *out = nullptr;
    if (extend == 0 && wanted >= regions.size()) return SQLITE_OK;
    while (regions.size() <= wanted)
        regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    *out = regions[wanted].get();
    return SQLITE_OK;
}

int lockIndex(sqlite3_file* file, int offset, int count, int flags) {
    OpenFile& open = of(file);
    const auto begin = static_cast<std::size_t>(offset), end = begin + static_cast<std::size_t>(count);
    const bool shares = (flags & SQLITE_SHM_SHARED) != 0;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        for (std::size_t slot = begin; slot < end; ++slot)
            (shares ? open.sharedSlots : open.ownSlots)[slot] = false;
        return SQLITE_OK;
    }
    // Slot 0 is that of the writer.
    if (!shares && begin == 0) {
        const int code = diskOf(file).lock(open.path);
        if (code != 0) return code == EBUSY ? SQLITE_BUSY : SQLITE_IOERR_SHMLOCK;
    }
    for (std::size_t slot = begin; slot < end; ++slot) {
        const auto bars = [&](const OpenFile& other) {
            return other.ownSlots[slot] || (!shares && other.sharedSlots[slot]);
        };
        if (another(file, bars)) return SQLITE_BUSY;
    }
    for (std::size_t slot = begin; slot < end; ++slot)
        (shares ? open.sharedSlots : open.ownSlots)[slot] = true;
    return SQLITE_OK;
}

void indexBarrier(sqlite3_file*) {}

int unmapIndex(sqlite3_file* file, int) {
    of(file).mapped = false;
    of(file).sharedSlots.fill(false);
    of(file).ownSlots.fill(false);
    Shared& shared = sharedOf(file);
    const bool used = std::any_of(shared.open.begin(), shared.open.end(),
                                  [](const OpenFile* each) { return each->mapped; });
    if (!used) shared.regions.clear();
    return SQLITE_OK;
}

const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods kMethods = [] {
        sqlite3_io_methods made{};
        made.iVersion = 2;  // with the index of a log, without mapped pages
        made.xClose = closeFile;
        made.xRead = readFile;
        made.xWrite = writeFile;
        made.xTruncate = truncateFile;
        made.xSync = syncFile;
        made.xFileSize = sizeOfFile;
        made.xLock = lockFile;
        made.xUnlock = unlockFile;
        made.xCheckReservedLock = isReserved;
        made.xFileControl = control;
        made.xSectorSize = sectorSize;
        made.xDeviceCharacteristics = characteristics;
        made.xShmMap = mapIndex;
        made.xShmLock = lockIndex;
        made.xShmBarrier = indexBarrier;
        made.xShmUnmap = unmapIndex;
        return made;
    }();
    return kMethods;
}

SqliteVfs::Inside& insideOf(sqlite3_vfs* vfs) {
    return *static_cast<SqliteVfs::Inside*>(vfs->pAppData);
}

int openFile(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* outFlags) {
    file->pMethods = nullptr;
    SqliteVfs::Inside& inside = insideOf(vfs);
    const std::string path = name != nullptr ? name : "(temporary)";
    DiskFileRef found = std::make_shared<DiskFile>();
    if (name != nullptr) {
        const int code = inside.disk.open(path, (flags & SQLITE_OPEN_CREATE) != 0, found);
        if (code != 0) return code == ENOSPC ? SQLITE_FULL : SQLITE_CANTOPEN;
    }
    auto* open = new (file) OpenFile{};
    open->inside = &inside;
    open->file = std::move(found);
    open->path = path;
    open->goes = name != nullptr && (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    open->base.pMethods = &methods();
    inside.shared[open->file->inode].open.push_back(open);
    if (outFlags != nullptr) *outFlags = flags;
    return SQLITE_OK;
}

int removeFile(sqlite3_vfs* vfs, const char* name, int syncs) {
    const int code = insideOf(vfs).disk.remove(name, syncs != 0);
    if (code == ENOENT) return SQLITE_IOERR_DELETE_NOENT;
    return code == 0 ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int isThere(sqlite3_vfs* vfs, const char* name, int, int* there) {
    *there = insideOf(vfs).disk.find(name) ? 1 : 0;
    return SQLITE_OK;
}

int fullName(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

int randomBytes(sqlite3_vfs* vfs, int size, char* out) {
    for (int i = 0; i < size; ++i) out[i] = static_cast<char>(insideOf(vfs).disk.chance());
    return size;
}

int sleepFor(sqlite3_vfs* vfs, int micros) {
    insideOf(vfs).clock->sleep((micros + 999) / 1000);
    return micros;
}

/// Milliseconds since noon in Greenwich on the 24th of November, 4714 BC.
int timeNow(sqlite3_vfs* vfs, sqlite3_int64* now) {
    constexpr sqlite3_int64 kEpoch = 210'866'760'000'000;
    *now = kEpoch + insideOf(vfs).clock->now();
    return SQLITE_OK;
}

int dayNow(sqlite3_vfs* vfs, double* now) {
    sqlite3_int64 millis = 0;
    (void)timeNow(vfs, &millis);
    *now = static_cast<double>(millis) / 86'400'000.0;
    return SQLITE_OK;
}

int lastError(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

SqliteVfs::SqliteVfs(Disk& disk, std::shared_ptr<Clock> clock)
    : m_inside(std::make_unique<Inside>(disk, std::move(clock))) {
    m_vfs.iVersion = 2;
    m_vfs.szOsFile = sizeof(OpenFile);
    m_vfs.mxPathname = 512;
    m_vfs.zName = name();
    m_vfs.pAppData = m_inside.get();
    m_vfs.xOpen = openFile;
    m_vfs.xDelete = removeFile;
    m_vfs.xAccess = isThere;
    m_vfs.xFullPathname = fullName;
    m_vfs.xRandomness = randomBytes;
    m_vfs.xSleep = sleepFor;
    m_vfs.xCurrentTime = dayNow;
    m_vfs.xCurrentTimeInt64 = timeNow;
    m_vfs.xGetLastError = lastError;
    sqlite3_vfs_register(&m_vfs, 1);
    sqlite3_randomness(0, nullptr);  // it asks the disk when it next needs some
}

SqliteVfs::~SqliteVfs() {
    sqlite3_vfs_unregister(&m_vfs);
    sqlite3_randomness(0, nullptr);
}

}  // namespace rw::simulated
