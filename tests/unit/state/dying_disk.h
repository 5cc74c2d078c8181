// A disk to which nothing comes any more, as when the program is killed, or that is full.
#pragma once
#include <sqlite3.h>

namespace rw::test {

/// A VFS called “dying”, as long as it exists; one at a time, one thread. SQLite's writes to databases and
/// logs go through it.
class DyingDisk {
 public:
    /// So many writes still get through; less than 0: all.
    static inline int left = -1;
    /// The result of later ones.
    static inline int code = SQLITE_IOERR_WRITE;
    static inline int writes = 0;  ///< that were tried

    DyingDisk() : m_vfs(*usual()) {
        left = -1;
        writes = 0;
        code = SQLITE_IOERR_WRITE;
        m_vfs.zName = "dying";
        m_vfs.xOpen = open;
        m_vfs.xDelete = remove;
        sqlite3_vfs_register(&m_vfs, 0);
    }
    ~DyingDisk() { sqlite3_vfs_unregister(&m_vfs); }
    DyingDisk(const DyingDisk&) = delete;
    DyingDisk& operator=(const DyingDisk&) = delete;

 private:
    enum Kind { Database, Log };
    static sqlite3_vfs* usual() { return sqlite3_vfs_find("unix"); }
    static bool dead() { return left == 0; }
    /// SQLite locks databases, but no logs: the two have methods of their own.
    template <Kind kind>
    struct Methods {
        static inline const sqlite3_io_methods* usual = nullptr;
        static inline sqlite3_io_methods dying{};
        static void take(sqlite3_file* file) {
            usual = file->pMethods;
            dying = *usual;
            dying.xWrite = write;
            dying.xTruncate = truncate;
            dying.xSync = sync;
            file->pMethods = &dying;
        }
        static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
            ++writes;
            if (dead()) return code;
            if (left > 0) --left;
            return usual->xWrite(file, bytes, size, at);
        }
        static int truncate(sqlite3_file* file, sqlite3_int64 size) {
            return dead() ? code : usual->xTruncate(file, size);
        }
        static int sync(sqlite3_file* file, int flags) { return dead() ? code : usual->xSync(file, flags); }
    };
    static int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* outFlags) {
        const int result = usual()->xOpen(usual(), name, file, flags, outFlags);
        if (result != SQLITE_OK) return result;
        if ((flags & SQLITE_OPEN_MAIN_DB) != 0) Methods<Database>::take(file);
        if ((flags & SQLITE_OPEN_WAL) != 0) Methods<Log>::take(file);
        return result;
    }
    static int remove(sqlite3_vfs*, const char* name, int syncs) {
        return dead() ? code : usual()->xDelete(usual(), name, syncs);
    }
    sqlite3_vfs m_vfs;
};

}  // namespace rw::test
