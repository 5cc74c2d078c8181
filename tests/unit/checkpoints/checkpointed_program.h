// The program as far as checkpoints go: a saved document whose runs do not end by themselves, in a folder of
// its own, its runs, and the list of their checkpoints.
#pragma once
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "core/nodes/catalogue.h"
#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

/// For the file of checkpoints: none gets a name from then on.
inline constexpr const char* kNoSavepoints =
    "CREATE TRIGGER no_savepoints BEFORE UPDATE OF name ON _rill_checkpoints WHEN NEW.name IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'no names'); END";

/// Endless numbers, counted by their last digit, into the SQLite table “counts” of out.sqlite. A checkpoint
/// every 50 ms.
struct CheckpointedProgram {
    explicit CheckpointedProgram(int rows = 0) {
        source = document.addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", rows}, {"rate", 2000}}}, {});
        counted = document.addNode(
            {"group_aggregate", Json{{"keys", {"n"}}, {"aggregates", {"COUNT(*) AS c"}}}}, {300, 0});
        sink = document.addNode(
            {"sqlite_sink", Json{{"database", "out.sqlite"}, {"table", "counts"}, {"mode", "upsert"}}},
            {600, 0});
        document.connectPorts({source, "out"}, {counted, "in"});
        document.connectPorts({counted, "out"}, {sink, "in"});
        setEvery("50ms");
    }
    ~CheckpointedProgram() {
        session.stop();
        (void)QTest::qWaitFor([this] { return !session.isActive(); }, 20'000);
    }
    /// Windows of an hour of event time, two seconds of a run, into the table “windows”.
    NodeId addWindows() {
        const NodeId windows =
            document.addNode({"window_aggregate",
                              Json{{"window", "tumble"}, {"size", "1h"}, {"aggregates", {"COUNT(*) AS n"}}},
                              {}},
                             {300, 200});
        document.setParam(
            source, "columns",
            {"n BIGINT = i", "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"});
        document.setParam(source, "event_time", "ts");
        const NodeId out = document.addNode(
            {"sqlite_sink", Json{{"database", "out.sqlite"}, {"table", "windows"}, {"mode", "append"}}, {}},
            {600, 200});
        document.connectPorts({source, "out"}, {windows, "in"});
        document.connectPorts({windows, "out"}, {out, "in"});
        return windows;
    }
    void setEvery(const char* every) {
        Settings settings = document.pipeline().settings;
        settings.unknown["checkpoint_every"] = every;
        document.setSettings(settings);
    }
    bool save() { return document.saveAs(folder.filePath(QStringLiteral("p.rill"))).ok() && validated(); }
    bool validated() {
        return QTest::qWaitFor([this] { return document.isValidated(); }, 20'000);
    }
    bool awaitTaken(std::uint64_t least) {
        return QTest::qWaitFor([&] { return session.snapshot().metrics.checkpoints.taken >= least; }, 20'000);
    }
    /// Starts it, waits for some checkpoints, stops it and waits until they are listed.
    bool runAndStop() {
        session.start();
        // Until then the figures are those of the run before.
        const auto runs = [this] { return session.state() == RunSession::State::Running; };
        return QTest::qWaitFor(runs, 20'000) && awaitTaken(2) && stop();
    }
    bool stop() {
        session.stop();
        return QTest::qWaitFor([this] { return !session.isActive() && newest() > 0; }, 20'000);
    }
    /// The number of the newest that is listed, as the run told of it; 0: there is none yet.
    Epoch newest() const {
        const SavedCheckpoint* saved = list.newest();
        return saved != nullptr && saved->number == session.snapshot().metrics.checkpoints.number
                   ? saved->number
                   : 0;
    }
    bool examine(const std::optional<SavedCheckpoint>& which = {}) {
        bool told = false;
        const auto connection =
            QObject::connect(&list, &CheckpointList::examined, [&](const ExaminedCheckpoint& answer) {
                found = answer;
                told = true;
            });
        list.examine(which);
        const bool came = QTest::qWaitFor([&] { return told; }, 20'000);
        QObject::disconnect(connection);
        return came;
    }
    CheckpointChoice choice(bool agreed = false) const {
        CheckpointChoice made;
        made.from = found.checkpoint;
        made.location = found.location;
        if (agreed) made.agreed = found.now.text;
        return made;
    }

    const QTemporaryDir folder{};
    const Catalogue kinds = builtin();
    PipelineDocument document{kinds};
    RunSession session{document};
    CheckpointList list{document, session};
    ExaminedCheckpoint found{};
    NodeId source, counted, sink;
};

}  // namespace rw::ui
