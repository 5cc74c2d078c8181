// A location for checkpoints, the checkpoints written there, and the one that would be resumed.
#pragma once
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <memory>
#include <string>

#include "core/data/state_writer.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/simulated_clock.h"

namespace rw::test {

class Work {
 public:
    std::string path(const QString& name = QStringLiteral("c.sqlite")) const {
        return m_folder.filePath(name).toStdString();
    }
    CheckpointLocation location(const std::string& owner = {}) const { return {path(), owner, true}; }

 private:
    QTemporaryDir m_folder;
};

/// State of a source, and of a window in two instances; of one checkpoint unlike any other.
inline StateSnapshot snapshotOf(Epoch number, std::size_t groupBytes = 100) {
    StateSnapshot made;
    made.number = number;
    made.began = 77;
    StateWriter source;
    source.u64("position", number * 1000);
    made.states[{"src", 0}] = {source.finish()};
    for (int instance = 0; instance < 2; ++instance) {
        StateWriter window;
        for (int group = instance * 128; group < instance * 128 + 128; ++group) {
            // Group 5 changes from one to the next, the others stay.
            const std::string content(groupBytes, static_cast<char>('a' + group % 26));
            window.keyed("part", group, 1, [&](StateWriter& record) {
                record.bytes("keys", group == 5 ? std::to_string(number) + content : content);
            });
        }
        made.states[{"window", 0}].push_back(window.finish());
    }
    return made;
}

inline MakeContext context(const std::shared_ptr<OutputFiles>& outputs = nullptr) {
    MakeContext made;
    made.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    made.outputs = outputs;
    made.checkpoints = "line";
    return made;
}

inline CheckpointStoreOptions optionsOf(const CheckpointLocation& location,
                                        const std::string& lineage = "line") {
    CheckpointStoreOptions options;
    options.location = location;
    options.lineage = lineage;
    options.pipeline = {"text of it", {{"v", "1"}}, "/folder", "/folder/p.rill"};
    return options;
}

struct Open {
    std::unique_ptr<CheckpointStore> store{};
    Status status{};
};
inline Open opened(CheckpointStoreOptions options, const MakeContext& run = context()) {
    Open made;
    made.store = makeCheckpointStore(std::move(options));
    made.status = made.store->open(run);
    return made;
}

/// Writes the checkpoints `first` to `last`, each of which gets down.
inline void writeAll(const Work& work, Epoch first, Epoch last, std::size_t groupBytes = 100) {
    const Open open = opened(optionsOf(work.location()));
    QVERIFY(open.status.ok());
    for (Epoch number = first; number <= last; ++number)
        QVERIFY(open.store->write(snapshotOf(number, groupBytes)).ok());
    open.store->close();
}

inline std::string message(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

/// The number of the one that would be resumed, after a check that its states are those written; 0:
/// there is none, -1: an error, -2: they are not those written.
inline int newest(const CheckpointLocation& location, std::size_t groupBytes = 100) {
    const auto loaded = loadCheckpoint(location);
    if (!loaded.ok()) return -1;
    if (!*loaded) return 0;
    const StateSnapshot& found = (*loaded)->snapshot;
    return found.states == snapshotOf(found.number, groupBytes).states ? static_cast<int>(found.number) : -2;
}

}  // namespace rw::test
