#include "tests/simulate/read_files.h"

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "tests/simulate/watched_table.h"
#include "tests/support/child.h"

namespace rw::simulated {

namespace {

constexpr const char* kItems = "items.sqlite";
constexpr const char* kWatchedFile = "watched.sqlite";
constexpr const char* kPart = "part.rill";
constexpr const char* kPartText = R"rill({"rill": 1, "nodes": [
  {"id": "in", "type": "subflow_input", "params": {"columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"]}},
  {"id": "all", "type": "filter", "params": {"condition": "v IS NULL OR v >= 0"}},
  {"id": "rows", "type": "subflow_output"}],
 "wires": [{"from": "in", "to": "all"}, {"from": "all", "to": "rows"}]})rill";

/// Gone with the program.
class ReadFiles {
 public:
    ReadFiles() {
        std::ofstream(path(kPart)) << kPartText;
        std::ofstream(path(kItems), std::ios::binary) << itemsDatabase();
        std::ofstream(path(kWatchedFile), std::ios::binary) << watchedDatabase();
    }
    std::string path(const char* name) const { return (m_scratch.path() / name).string(); }

 private:
    const testing::ScratchFolder m_scratch{"simulate"};
};

const ReadFiles& readFiles() {
    static const ReadFiles kFiles;
    return kFiles;
}

}  // namespace

std::string itemsDatabase() {
    return databaseOf(
        "CREATE TABLE items (number INTEGER, name TEXT);"
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99) "
        "INSERT INTO items SELECT i / 2, 'item ' || i FROM n WHERE i % 7 > 2");
}

std::string databaseOf(const char* statements) {
    SQLite::Database made(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    made.exec(statements);
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(made.getHandle(), "main", &size, 0);
    const std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return text;
}

std::string itemsFile() {
    return readFiles().path(kItems);
}

std::string watchedFile() {
    return readFiles().path(kWatchedFile);
}

std::string partFile() {
    return readFiles().path(kPart);
}

}  // namespace rw::simulated
