// A statement that SQLite has prepared, and its end.
#pragma once
#include <sqlite3.h>

#include <memory>

namespace rw {

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

}  // namespace rw
