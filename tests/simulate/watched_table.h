// The table that is changed while runs look rows up in it.
#pragma once
#include <string>

namespace rw::simulated {

/// As another program changes it: each time all of its rows, durably and in one transaction. Each number from
/// 0 to 49 is there once, with the version of the table beside it, and twice that. Single-threaded, and only
/// while a World with its file is alive.
class WatchedTable {
 public:
    /// The next version, unless somebody is reading the table. Throws SQLite::Exception.
    void change();
    int version() const { return m_version; }

 private:
    int m_version = 0;
};

/// Its version 0.
std::string watchedDatabase();

}  // namespace rw::simulated
