// The simulated disk as SQLite sees it.
#pragma once
#include <sqlite3.h>

#include <memory>
#include <string>

#include "core/base/time.h"
#include "tests/simulate/disk.h"

namespace rw::simulated {

/// A VFS called name(), SQLite's default for as long as it exists: code that passes the seams of the engine by
/// does not reach the machine either. One at a time. SQLite's own random numbers start again, from the
/// disk's.
///
/// Locks are kept between the connections of this program; those of others are played by Disk::fate, which
/// says EBUSY to Call::Lock. The index of a log (-shm) is in memory and goes with its last connection.
class SqliteVfs {
 public:
    SqliteVfs(Disk& disk, std::shared_ptr<Clock> clock);
    ~SqliteVfs();
    SqliteVfs(const SqliteVfs&) = delete;
    SqliteVfs& operator=(const SqliteVfs&) = delete;

    static const char* name() { return "simulated"; }

    class Inside;

 private:
    std::unique_ptr<Inside> m_inside;
    sqlite3_vfs m_vfs{};
};

}  // namespace rw::simulated
