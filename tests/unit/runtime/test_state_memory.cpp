// Runs whose windows, groups, keys of first rows, and rows that wait to be joined or sorted, may keep little
// state in memory: the same rows, with any number of tasks; and files of state that fail.
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <string_view>

#include "core/runtime/planning/state_share.h"
#include "core/store/spill_folder.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::uint64_t kBytes = 300'000;

/// 60 000 rows of 20 000 keys, of 17 hours, go through the node, which is the second.
Pipeline through(Node tested, const QTemporaryDir& folder) {
    const Json columns = {"a BIGINT = i % 20000",
                          "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-01-01 00:00:00')"};
    Pipeline pipeline;
    const NodeId id = tested.id;
    pipeline.nodes = {node("source", "generator",
                           {{"columns", columns}, {"rows", 60'000}, {"rate", 0}, {"event_time", "ts"}}),
                      std::move(tested),
                      node("result", "csv_sink", {{"path", folder.filePath("out.csv").toStdString()}})};
    pipeline.wires = {wire("source", id.c_str()), wire(id.c_str(), "result")};
    return pipeline;
}

/// Counts them in windows of eight hours, of which there are three.
Pipeline windows(const QTemporaryDir& folder) {
    return through(
        node("windows", "window_aggregate",
             {{"window", "tumble"}, {"size", "8h"}, {"keys", {"a"}}, {"aggregates", {"COUNT(*) AS n"}}}),
        folder);
}

/// The first row of each key.
Pipeline firstRows(const QTemporaryDir& folder) {
    return through(node("first", "deduplicate", {{"keys", {"a"}}}), folder);
}

/// Totals of each key: changes.
Pipeline groups(const QTemporaryDir& folder) {
    return through(node("groups", "group_aggregate",
                        {{"keys", {"a"}}, {"aggregates", {"COUNT(*) AS n", "LAST_VALUE(ts) AS last"}}}),
                   folder);
}

/// Each row with those of its key in windows of eight hours.
Pipeline joined(const QTemporaryDir& folder) {
    Pipeline pipeline =
        through(node("joined", "window_join",
                     {{"window", "tumble"}, {"size", "8h"}, {"on", "left.a = right.a"}, {"kind", "full"}}),
                folder);
    pipeline.wires = {wire("joined", "result")};
    for (const char* const side : {"left", "right"})
        pipeline.wires.push_back({{"source", "out"}, {"joined", side}, Json::object()});
    return pipeline;
}

/// All of them, which wait until the end: the watermark is a day behind.
Pipeline sorted(const QTemporaryDir& folder) {
    Pipeline pipeline = through(node("sorted", "sort", Json::object()), folder);
    pipeline.nodes.front().params["watermark_delay"] = "1d";
    return pipeline;
}

Pipeline pipelineOf(const QString& name, const QTemporaryDir& folder) {
    if (name == QStringLiteral("first rows")) return firstRows(folder);
    if (name == QStringLiteral("groups")) return groups(folder);
    if (name == QStringLiteral("join")) return joined(folder);
    return name == QStringLiteral("sort") ? sorted(folder) : windows(folder);
}

QByteArrayList rowsOf(const QTemporaryDir& folder) {
    QFile file(folder.filePath("out.csv"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QByteArrayList rows = file.readAll().split('\n');
    std::sort(rows.begin(), rows.end());
    return rows;
}

/// … or the table that they add up to, where they are changes.
QByteArrayList tableOf(const QTemporaryDir& folder) {
    const QByteArrayList rows = rowsOf(folder);
    const auto header = std::find_if(rows.begin(), rows.end(),
                                     [](const QByteArray& row) { return row.split(',').contains("op"); });
    if (header == rows.end()) return rows;
    const auto op = header->split(',').indexOf("op");
    QMap<QByteArray, int> counts;
    for (const QByteArray& row : rows) {
        QByteArrayList cells = row.split(',');
        if (row == *header || cells.size() <= op) continue;
        const QByteArray kind = cells.takeAt(op);
        counts[cells.join(',')] += kind == "+I" || kind == "+U" ? 1 : -1;
    }
    QByteArrayList table;
    for (auto row = counts.cbegin(); row != counts.cend(); ++row) {
        for (int i = 0; i < row.value(); ++i) table.append(row.key());
    }
    return table;
}

RunOptions optionsOn(const std::shared_ptr<MemoryOutputs>& disk) {
    RunOptions options;
    options.stateMemory = kBytes;
    options.spill = *SpillFolder::open(disk, MemoryFiles(), "/state");
    return options;
}

/// Counts the files that are made on it.
std::shared_ptr<MemoryOutputs> countingDisk(std::atomic<int>& files) {
    auto disk = std::make_shared<MemoryOutputs>();
    disk->fails = [&files](const std::string& what, const std::string&) {
        files += what == "create" ? 1 : 0;
        return 0;
    };
    return disk;
}

/// How many files a run with one task for each node makes that may keep so many bytes; −1: it fails.
int filesWith(const Pipeline& pipeline, std::uint64_t bytes) {
    std::atomic<int> files{0};
    RunOptions options = optionsOn(countingDisk(files));
    options.stateMemory = bytes;
    options.executor = ExecutorKind::Seeded;
    const auto run = runToEnd(planOf(pipeline, 1), options);
    return run && run->status().ok() ? files.load() : -1;
}

}  // namespace

class TestStateMemory : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsAreThoseOfARunInMemory_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("parallelism");
        QTest::addColumn<bool>("seeded");
        for (const char* const name : {"windows", "first rows", "groups", "join", "sort"}) {
            QTest::addRow("%s, one task", name) << name << 1 << false;
            if (std::string_view(name) == "sort") continue;  // it has one, whatever the rest has
            QTest::addRow("%s, three tasks", name) << name << 3 << false;
            QTest::addRow("%s, three tasks on one thread", name) << name << 3 << true;
        }
    }
    void rowsAreThoseOfARunInMemory() {
        QFETCH(QString, name);
        QFETCH(int, parallelism);
        QFETCH(bool, seeded);
        const QTemporaryDir folder;
        const Pipeline tested = pipelineOf(name, folder);
        QVERIFY(runToEnd(planOf(tested, parallelism))->status().ok());
        const QByteArrayList expected = tableOf(folder);
        QVERIFY2(expected.size() >= 20'000, QByteArray::number(expected.size()).constData());
        std::atomic<int> files{0};
        const auto disk = countingDisk(files);
        RunOptions options = optionsOn(disk);
        if (seeded) options.executor = ExecutorKind::Seeded;
        QVERIFY(runToEnd(planOf(tested, parallelism), options)->status().ok());
        QVERIFY(tableOf(folder) == expected);
        QVERIFY2(files >= parallelism, std::to_string(files).c_str());
        QVERIFY(disk->contents().empty());
    }

    void aRunTellsWhatIsInFiles() {
        const Json columns = {"a BIGINT = i % 20000", "ts TIMESTAMP(3) = TIMESTAMP '2024-01-01 00:00:00'"};
        const QTemporaryDir folder;
        Pipeline pipeline = windows(folder);
        // Its window stays open: it never has a later row.
        pipeline.nodes.front().params =
            Json{{"columns", columns}, {"rows", 0}, {"rate", 0}, {"event_time", "ts"}};
        const auto run = Run::start(planOf(pipeline, 2), optionsOn(std::make_shared<MemoryOutputs>()));
        QVERIFY(run.ok());
        const auto told = [&run] { return (*run)->metrics().nodes["windows"]; };
        QTRY_VERIFY(told().stateSpilled > kBytes / 2);
        const NodeMetrics now = told();
        QVERIFY2(now.memoryForState >= now.stateBytes + now.stateSpilled,
                 std::to_string(now.memoryForState).c_str());
        QVERIFY(now.memoryForState <= 2 * (now.stateBytes + now.stateSpilled));
        QCOMPARE((*run)->metrics().nodes["source"].memoryForState, std::uint64_t{0});
        (*run)->stop(StopMode::Discard);
        (*run)->wait();
    }

    void aRunTellsHowManyKeysWereInMemory_data() {
        QTest::addColumn<QString>("name");
        QTest::addRow("first rows") << "first rows";
        QTest::addRow("groups") << "groups";
    }
    void aRunTellsHowManyKeysWereInMemory() {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        Pipeline pipeline = pipelineOf(name, folder);
        pipeline.nodes.front().params["rows"] = 0;
        const NodeId tested = pipeline.nodes[1].id;
        const auto run = Run::start(planOf(pipeline, 1), optionsOn(std::make_shared<MemoryOutputs>()));
        QVERIFY(run.ok());
        std::optional<double> rate;
        const auto told = [&] { return (rate = (*run)->metrics().nodes[tested].stateHitRate).has_value(); };
        QTRY_VERIFY_WITH_TIMEOUT(told(), 120'000);
        QVERIFY2(*rate >= 0 && *rate <= 1, std::to_string(*rate).c_str());
        (*run)->stop(StopMode::Discard);
        (*run)->wait();
    }

    void inMemoryNothingIsTold() {
        const QTemporaryDir folder;
        const auto run = runToEnd(planOf(windows(folder)));
        QVERIFY(run && run->status().ok());
        const NodeMetrics told = run->metrics().nodes["windows"];
        QCOMPARE(told.stateSpilled, std::uint64_t{0});
        QCOMPARE(told.memoryForState, std::uint64_t{0});
        QVERIFY(!told.stateHitRate);
    }

    void allTasksOfWindowsShareTheMemory() {
        const QTemporaryDir folder;
        const auto plan = planOf(windows(folder), 3);
        QCOMPARE(shareOfMemory(900, *plan), std::uint64_t{150});
        QCOMPARE(moreMemory(900), std::uint64_t{450});
        QCOMPARE(memoryFor({300, 300, 300}, *plan), std::uint64_t{900});
        QCOMPARE(memoryFor({900, 0, 0}, *plan), std::uint64_t{1'350});  // a share, and half of all
        QCOMPARE(memoryFor({0, 0, 0}, *plan), std::uint64_t{0});
        QCOMPARE(shareOfMemory(2, *plan), std::uint64_t{1});  // 0 would be no bound
        QCOMPARE(shareOfMemory(0, *plan), std::uint64_t{0});
        Pipeline none = windows(folder);
        none.nodes[1] = node("windows", "filter", {{"condition", "a > 0"}});
        QCOMPARE(shareOfMemory(900, *planOf(none, 3)), std::uint64_t{450});
    }

    void oneNodeMayKeepWhatAnotherDoesNot() {
        const QTemporaryDir folder;
        Pipeline pipeline = windows(folder);
        pipeline.nodes.push_back(
            node("few", "window_aggregate",
                 {{"window", "tumble"}, {"size", "8h"}, {"keys", {"a"}}, {"aggregates", {"SUM(a) AS s"}}}));
        pipeline.nodes.push_back(node("small", "filter", {{"condition", "a < 100"}}));
        pipeline.nodes.push_back(
            node("few_result", "csv_sink", {{"path", folder.filePath("few.csv").toStdString()}}));
        for (const auto& [from, to] : {std::pair("source", "small"), {"small", "few"}, {"few", "few_result"}})
            pipeline.wires.push_back(wire(from, to));
        // The smallest budget with which the large node alone needs no files: all that it keeps.
        std::uint64_t least = 1, most = 32'000'000;
        while (most - least > most / 50) {
            const std::uint64_t middle = least + (most - least) / 2;
            (filesWith(windows(folder), middle) > 0 ? least : most) = middle;
        }
        // Of halves for each the large one would need twice as much.
        QVERIFY(filesWith(pipeline, least) > 0);
        QCOMPARE(filesWith(pipeline, most / 2 * 3), 0);
    }

    void withoutAFolderAllIsInMemory() {
        const QTemporaryDir folder;
        RunOptions options;
        options.stateMemory = 1;
        QVERIFY(runToEnd(planOf(windows(folder)), options)->status().ok());
        QVERIFY(rowsOf(folder).size() > 20'000);
    }

    void aFullDiskEndsTheRun() {
        const QTemporaryDir folder;
        const auto disk = std::make_shared<MemoryOutputs>();
        disk->fails = [](const std::string& what, const std::string&) {
            return what == "write" ? ENOSPC : 0;
        };
        const auto run = runToEnd(planOf(windows(folder)), optionsOn(disk));
        QVERIFY(run && !run->status().ok());
        QCOMPARE(run->status().error().code, ErrorCode::Io);
        QCOMPARE(run->status().error().node, std::string("windows"));
        QVERIFY(rowsOf(folder).empty());
    }

    void whereNobodyAskedAFullDiskKeepsStateInMemory_data() {
        QTest::addColumn<QString>("window");
        QTest::newRow("tumble") << R"({"window": "tumble", "size": "8h"})";
        QTest::newRow("session") << R"({"window": "session", "gap": "8h"})";
    }
    void whereNobodyAskedAFullDiskKeepsStateInMemory() {
        QFETCH(QString, window);
        const QTemporaryDir folder;
        Pipeline pipeline = windows(folder);
        pipeline.nodes[1].params.erase("size");
        pipeline.nodes[1].params.update(Json::parse(window.toStdString()));
        QVERIFY(runToEnd(planOf(pipeline))->status().ok());
        const QByteArrayList expected = rowsOf(folder);
        QVERIFY(expected.size() > 20'000);
        const auto disk = std::make_shared<MemoryOutputs>();
        std::atomic<int> tries{0};
        disk->fails = [&tries](const std::string& what, const std::string&) {
            return what == "write" && ++tries > 3 ? ENOSPC : 0;
        };
        RunOptions options = optionsOn(disk);
        SpillFolderOptions unasked;
        unasked.optional = true;
        options.spill = *SpillFolder::open(disk, MemoryFiles(), "/unasked", unasked);
        const auto run = runToEnd(planOf(pipeline), options);
        QVERIFY2(run->status().ok(), run->status().ok() ? "" : english(run->status().error()).c_str());
        QVERIFY(tries > 3);
        QVERIFY(rowsOf(folder) == expected);
        std::string notes;
        for (const RunNote& note : run->takeNotes()) notes += note.node + ": " + english(note.text) + "\n";
        QVERIFY2(notes.find("windows: State stays in memory") != std::string::npos, notes.c_str());
    }

    void aDamagedFileEndsTheRun() {
        const QTemporaryDir folder;
        const auto disk = std::make_shared<MemoryOutputs>();
        disk->fails = [raw = disk.get()](const std::string& what, const std::string& path) {
            if (what != "close") return 0;
            std::string content = raw->contents().at(path);
            char& byte = content[content.size() / 2];
            byte = static_cast<char>(byte ^ 1);
            raw->put(path, content);
            return 0;
        };
        const auto run = runToEnd(planOf(windows(folder)), optionsOn(disk));
        QVERIFY(run && !run->status().ok());
        QCOMPARE(run->status().error().code, ErrorCode::Io);
        QCOMPARE(run->status().error().node, std::string("windows"));
        QVERIFY(rowsOf(folder).empty());
    }
};

QTEST_GUILESS_MAIN(TestStateMemory)
#include "test_state_memory.moc"
