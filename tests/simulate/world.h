// A machine of its own: disk, clock, SQLite.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/runtime/run.h"
#include "tests/simulate/disk.h"
#include "tests/simulate/disk_files.h"
#include "tests/simulate/sqlite_vfs.h"
#include "tests/simulate/sunk_pipeline.h"
#include "tests/support/fake_broker.h"
#include "tests/support/simulated_clock.h"

namespace rw::simulated {

/// One at a time.
class World {
 public:
    /// With the files that the pipeline reads.
    World(std::uint64_t seed, const SunkPipeline& sunk);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    Disk disk;
    test::FakeBroker broker{};  ///< outlives every kill, and loses nothing
    const std::shared_ptr<test::SimulatedClock> clock =
        std::make_shared<test::SimulatedClock>(1'700'000'000'000);
    const std::shared_ptr<OutputFiles> outputs;

    /// Of a run in this world, on one thread.
    RunOptions options(std::uint64_t seed) const;
    /// Has that run keep no more than `bytes` of the state of windows in memory, and the rest on this disk.
    Status spillBeyond(std::uint64_t bytes, RunOptions& options) const;
    /// The rows of all tables but those of the program, of all files that pipelines write, and of all topics,
    /// sorted, but for the table kWatched, whose order is promised. Throws SQLite::Exception.
    Outputs outputRows();

 private:
    void addTables(const std::string& path, Outputs& all) const;

    const std::shared_ptr<const Files> m_files;
    const SqliteVfs m_vfs;
};

}  // namespace rw::simulated
