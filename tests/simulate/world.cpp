#include "tests/simulate/world.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <sstream>

#include "core/connect/sqlite/file.h"
#include "core/store/spill_folder.h"
#include "tests/support/connected_node.h"

namespace rw::simulated {

World::World(std::uint64_t seed, const SunkPipeline& sunk)
    : disk(seed), outputs(outputsOf(disk)), m_files(filesOf(disk)), m_vfs(disk, clock) {
    disk.makeFolder(kFolder);
    for (const auto& [path, content] : sunk.files) disk.put(path, content);
    broker.before = broker.after = [this](const std::string& call) -> Status {
        if (disk.askBroker(call) == 0) return {};
        return {ErrorCode::Io, RW_TEXT("simulate", "The broker does not answer.")};
    };
    test::FakeBroker::use(&broker);
}

World::~World() {
    test::FakeBroker::use(nullptr);
}

RunOptions World::options(std::uint64_t seed) const {
    RunOptions made;
    made.executor = ExecutorKind::Seeded;
    made.seed = seed;
    made.clock = clock;
    made.files = m_files;
    made.outputs = outputs;
    made.connections = test::greeterConnections(kGreeter);
    return made;
}

Status World::spillBeyond(std::uint64_t bytes, RunOptions& options) const {
    RW_TRY_ASSIGN(options.spill, SpillFolder::open(outputs, *m_files, std::string(kFolder) + "/state"));
    options.stateMemory = bytes;
    return {};
}

void World::addTables(const std::string& path, Outputs& all) const {
    SQLite::Database database(path, SQLite::OPEN_READWRITE, 0, SqliteVfs::name());
    std::vector<std::string> tables;
    {
        SQLite::Statement found(database, "SELECT name FROM sqlite_master WHERE type = 'table'");
        while (found.executeStep()) tables.push_back(found.getColumn(0).getString());
    }
    for (const std::string& table : tables) {
        if (isOwnTable(table) || table.starts_with("sqlite_")) continue;
        std::vector<std::string>& rows = all[table];
        SQLite::Statement query(database, "SELECT * FROM " + sqliteName(table));
        while (query.executeStep()) {
            std::string row;
            for (int i = 0; i < query.getColumnCount(); ++i) {
                const SQLite::Column cell = query.getColumn(i);
                row += (i > 0 ? " | " : "") + (cell.isNull() ? std::string("NULL") : cell.getString());
            }
            rows.push_back(std::move(row));
        }
    }
}

Outputs World::outputRows() {
    Outputs all;
    for (const std::string& path : disk.paths()) {
        if (path.ends_with("/a.sqlite") || path.ends_with("/b.sqlite")) addTables(path, all);
        const bool isWritten =
            path.ends_with(std::string(kWritten) + "csv") || path.ends_with(std::string(kWritten) + "ndjson");
        if (!isWritten) continue;
        std::istringstream lines(disk.find(path)->now);
        for (std::string line; std::getline(lines, line);) all[path].push_back(line);
        // A row that was cut off is none.
        if (!disk.find(path)->now.ends_with('\n')) all[path].push_back("(no line end)");
    }
    for (const std::string& topic : broker.topics()) all["topic " + topic] = broker.committed(topic);
    for (auto& [name, rows] : all) {
        if (name != kWatched) std::sort(rows.begin(), rows.end());
    }
    return all;
}

}  // namespace rw::simulated
