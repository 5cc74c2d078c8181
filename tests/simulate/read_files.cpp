#include "tests/simulate/read_files.h"

#include <SQLiteCpp/Database.h>

#include <filesystem>
#include <fstream>

#include "tests/support/child.h"

namespace rw::simulated {

namespace {

constexpr const char* kItems = "items.sqlite";
constexpr const char* kPart = "part.rill";

/// Written once, before the first run; gone with the program.
const std::filesystem::path& folder() {
    static const testing::ScratchFolder kScratch("simulate");
    static const bool kWritten = [] {
        SQLite::Database items((kScratch.path() / kItems).string(),
                               SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        items.exec("CREATE TABLE items (number INTEGER, name TEXT)");
        items.exec(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99) "
            "INSERT INTO items SELECT i / 2, 'item ' || i FROM n WHERE i % 7 > 2");
        std::ofstream(kScratch.path() / kPart)
            << R"({"rill": 1, "nodes": [
  {"id": "in", "type": "subflow_input", "params": {"columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"]
    }
},
  {"id": "all", "type": "filter", "params": {"condition": "v IS NULL OR v >= 0"}},
  {"id": "rows", "type": "subflow_output"}],
 "wires": [{"from": "in", "to": "all"}, {"from": "all", "to": "rows"}]
})";
        return true;
}
();
(void)kWritten;
return kScratch.path();
}

}  // namespace

std::string itemsFile() {
    return (folder() / kItems).string();
}

std::string partFile() {
    return (folder() / kPart).string();
}

}  // namespace rw::simulated
