// The use of a checkpoint after an edit: also one of a subflow's file, and of the time column of a
// source.
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/state/resume_plan.h"

using namespace rw;

namespace {

const Catalogue& allKinds() {
    static const Catalogue kAll = builtin();
    return kAll;
}

/// A folder with a pipeline and the file of its subflow.
class Folder {
 public:
    Folder() { writePart("COUNT(*) AS n"); }
    void writePart(const std::string& aggregate) const {
        std::ofstream(path() + "/part.rill") << R"json({"rill":1,"nodes":[
                {"id":"rows","type":"subflow_input","params":{"columns":["k INT"]}},
                {"id":"sums","type":"group_aggregate","params":{"keys":["k"],"aggregates":[")json"
                                             << aggregate << R"json("]}},
                {"id":"found","type":"subflow_output"}],
                "wires":[{"from":"rows","to":"sums"},{"from":"sums","to":"found"}]})json";
    }
    std::string path() const { return m_folder.path().toStdString(); }
    ValidateOptions options() const {
        ValidateOptions made;
        made.folder = path();
        made.file = path() + "/p.rill";
        return made;
    }

 private:
    QTemporaryDir m_folder;
};

Pipeline loadedFrom(const std::string& text) {
    const Result<Loaded> loaded = loadPipeline(text);
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    return loaded->pipeline;
}

Pipeline withPart() {
    return loadedFrom(R"json({"rill":1,"nodes":[
        {"id":"numbers","type":"rows","params":{"columns":["k INT"],"rows":[[1],[2]]}},
        {"id":"part","type":"subflow","params":{"file":"part.rill"}},
        {"id":"out","type":"table_view"}],
        "wires":[{"from":"numbers","to":"part.rows"},{"from":"part.found","to":"out"}]})json");
}

Pipeline timed(const std::string& column) {
    return loadedFrom(R"json({"rill":1,"nodes":[
        {"id":"src","type":"csv_source","params":{"path":"in.csv","event_time":")json" +
                      column +
                      R"json(",
            "columns":["a TIMESTAMP(3)","b TIMESTAMP(3)"]}},
        {"id":"out","type":"table_view"}],
        "wires":[{"from":"src","to":"out"}]})json");
}

LoadedCheckpoint checkpointOf(const Pipeline& pipeline, const ValidateOptions& options,
                              const std::vector<NodeId>& nodes) {
    LoadedCheckpoint made;
    made.pipeline = checkpointedPipeline(pipeline, options, allKinds());
    made.snapshot.number = 7;
    for (const NodeId& id : nodes) made.snapshot.states[{id, 0}] = {"state of " + id};
    return made;
}

Resumable fittedTo(const LoadedCheckpoint& checkpoint, const Pipeline& pipeline,
                   const ValidateOptions& options) {
    Result<Resumable> found = resumable(checkpoint, checkpointedPipeline(pipeline, options, allKinds()),
                                        {pipeline, options}, allKinds());
    if (!found.ok()) qFatal("%s", english(found.error()).c_str());
    return *std::move(found);
}

}  // namespace

class TestResumable : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatACheckpointSaysComesBack() {
        const Folder folder;
        const CheckpointedPipeline now = checkpointedPipeline(withPart(), folder.options(), allKinds());
        QVERIFY(!now.inside.empty());
        const Result<CheckpointedPipeline> back = loadPipelineOf(savePipelineOf(now));
        QVERIFY(back.ok() && *back == now);
        const Result<Pipeline> pipeline = asPipeline(now);
        QVERIFY(pipeline.ok() && pipeline->find("part/sums") != nullptr &&
                pipeline->find("numbers") != nullptr);
    }

    void anUneditedSubflowKeepsWhatItHas() {
        const Folder folder;
        const LoadedCheckpoint before =
            checkpointOf(withPart(), folder.options(), {"numbers", "part/sums", "out"});
        const Resumable found = fittedTo(before, withPart(), folder.options());
        QVERIFY(!found.edited && !found.forecast.anythingLost);
        QVERIFY(found.snapshot.states == before.snapshot.states);
        // Another node moves: the nodes inside are as before.
        Pipeline moved = withPart();
        moved.nodes[0].title = "Numbers";
        const Resumable kept = fittedTo(before, moved, folder.options());
        QVERIFY(kept.edited && !kept.forecast.anythingLost);
        QVERIFY(kept.snapshot.states.contains({"part/sums", 0}));
    }

    void anEditedSubflowFileIsAnEdit() {
        const Folder folder;
        const LoadedCheckpoint before =
            checkpointOf(withPart(), folder.options(), {"numbers", "part/sums", "out"});
        folder.writePart("MAX(k) AS n");
        const Resumable found = fittedTo(before, withPart(), folder.options());
        QVERIFY(found.edited && found.forecast.anythingLost);
        QVERIFY(found.forecast.nodes.at("part/sums").fate == StateFate::StartsAnew);
        QVERIFY(!found.snapshot.states.contains({"part/sums", 0}));
        QVERIFY(found.snapshot.states.contains({"numbers", 0}));
    }

    void anotherEventTimeBeginsAnew() {
        const Folder folder;
        ValidateOptions options = folder.options();
        options.files = false;
        const LoadedCheckpoint before = checkpointOf(timed("a"), options, {"src", "out"});
        QVERIFY(fittedTo(before, timed("a"), options).snapshot.timesAnew.empty());
        const Resumable found = fittedTo(before, timed("b"), options);
        QVERIFY(found.edited && found.snapshot.timesAnew == std::set<NodeId>{"src"});
        QVERIFY(found.snapshot.states.contains({"src", 0}));
    }
};

QTEST_APPLESS_MAIN(TestResumable)
#include "test_resumable.moc"
