// .rill files: the canonical text, both ways, and errors for files that are not pipelines.
#include <QtTest>

#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "core/pipeline/json/json.h"
#include "core/pipeline/limits.h"

using namespace rw;
namespace fs = std::filesystem;

namespace {

/// The example of the public contract, as it stands there.
constexpr const char* kContractExample = R"rill({
  "rill": 1,
  "name": "Bids per minute",
  "variables": { "folder": "data" },
  "settings": { "time_zone": "UTC", "parallelism": 0, "checkpoint_every": "10s" },
  "nodes": [
    { "id": "bids", "type": "csv_source", "title": "Bids", "at": [80, 120],
      "params": { "path": "${folder}/bids.csv", "columns": ["auction BIGINT", "price DOUBLE", "ts TIMESTAMP(3)"],
                  "event_time": "ts", "watermark_delay": "5s" } },
    { "id": "per_minute", "type": "window_aggregate", "at": [360, 120],
      "params": { "window": "tumble", "size": "1min", "keys": ["auction"],
                  "aggregates": ["COUNT(*) AS n", "MAX(price) AS best"] } },
    { "id": "out", "type": "csv_sink", "at": [640, 120], "params": { "path": "out.csv" } }
  ],
  "wires": [
    { "from": "bids", "to": "per_minute" },
    { "from": "per_minute.late", "to": "late_rows" }
  ],
  "dashboard": { "cards": [ { "node": "chart", "at": [0, 0], "size": [6, 4] } ] },
  "notes": [ { "text": "…", "at": [40, 20], "size": [240, 80] } ]
}
)rill";

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

std::string errorOf(const std::string& text) {
    const Result<Loaded> loaded = loadPipeline(text);
    return loaded.ok() ? "no error" : english(loaded.error());
}

}  // namespace

class TestJson : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void contractExampleRoundTrips() {
        const Result<Loaded> loaded = loadPipeline(kContractExample);
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : english(loaded.error()).c_str());
        QCOMPARE(shown(savePipeline(loaded->pipeline)), shown(kContractExample));
        QVERIFY(loaded->warnings.empty());
        const Pipeline& pipeline = loaded->pipeline;
        QCOMPARE(shown(pipeline.find("bids")->shownTitle()), QString("Bids"));
        QCOMPARE(shown(pipeline.wires[1].from.port), QString("late"));
        QCOMPARE(shown(pipeline.wires[1].to.port), QString("in"));
        QCOMPARE(pipeline.cards[0].width, 6);
    }

    void goldenPipelinesAreStable() {
        int seen = 0;
        for (const auto& entry : fs::directory_iterator(fs::path(RILLWRIGHT_SOURCE) / "tests/golden/cases")) {
            const Result<Loaded> first = loadPipelineFile((entry.path() / "pipeline.rill").string());
            QVERIFY2(first.ok(), entry.path().c_str());
            QVERIFY2(first->warnings.empty(), entry.path().c_str());
            const std::string saved = savePipeline(first->pipeline);
            const Result<Loaded> second = loadPipeline(saved);
            QVERIFY2(second.ok(), entry.path().c_str());
            QVERIFY(second->pipeline == first->pipeline);
            QCOMPARE(shown(savePipeline(second->pipeline)), shown(saved));
            ++seen;
        }
        QVERIFY(seen > 50);
    }

    void everyFieldSurvives() {
        Pipeline pipeline;
        pipeline.name = "quotes \" and \\ and 中文";
        pipeline.variables = {{"a", "1"}, {"b", ""}};
        pipeline.settings.timeZone = "Europe/Berlin";
        pipeline.settings.parallelism = 3;
        pipeline.settings.memoryLimit = "512 MB";
        pipeline.settings.stateMemory = "64 MB";
        pipeline.settings.unknown["checkpoint_every"] = "10s";
        Node node;
        node.id = "n";
        node.type = "rows";
        node.title = "Rows, by hand";
        node.at = {-12.5, 1e5};
        node.disabled = node.collapsed = true;
        node.params["rows"] = Json::parse(R"([["a", 1, null, 2.5, true], []])");
        node.params["deep"] = Json::parse(R"({"a": {"b": [{"c": [1, [2]]}]}, "e": {}, "f": []})");
        for (int i = 0; i < 40; ++i)
            node.params["columns"].push_back("column_" + std::to_string(i) + " STRING");
        node.unknown["later"] = 7;
        pipeline.nodes = {node};
        pipeline.wires = {{{"n", "rejected"}, {"m", "left"}, Json{{"colour", "red"}}}};
        pipeline.cards = {{"n", 1, 2, 3, 4, Json::object()}};
        for (int i = 0; i < 9; ++i)
            pipeline.notes.push_back({"line one\nline two", {1, 2}, {3, 4}, Json::object()});
        pipeline.unknown["future"] = Json::parse(R"({"x": [1, 2, {"y": null}]})");
        pipeline.unknownDashboard["theme"] = "dark";
        const std::string saved = savePipeline(pipeline);
        const Result<Loaded> loaded = loadPipeline(saved);
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : english(loaded.error()).c_str());
        QCOMPARE(shown(savePipeline(loaded->pipeline)), shown(saved));
        QVERIFY(loaded->pipeline == pipeline);
    }

    /// Beside their neighbours, and not at all while there are none.
    void sizesOfMemoryHaveTheirPlace() {
        const auto saved = [](const char* settings) {
            const Result<Loaded> loaded =
                loadPipeline(std::string("{\"rill\": 1, \"settings\": ") + settings + "}");
            return loaded.ok() && loaded->warnings.empty() ? shown(savePipeline(loaded->pipeline))
                                                           : QStringLiteral("not loaded");
        };
        const QString limited =
            saved(R"({ "state_memory": "1GB", "memory_limit": "2GB", "checkpoint_every": "10s", )"
                  R"("parallelism": 3 })");
        QVERIFY2(limited.simplified().contains(
                     QStringLiteral("\"parallelism\": 3, \"memory_limit\": \"2GB\", \"state_memory\": "
                                    "\"1GB\", \"checkpoint_every\": \"10s\"")),
                 qPrintable(limited));
        for (const char* none : {"{}", R"({ "memory_limit": "", "state_memory": "" })"})
            QVERIFY(!saved(none).contains(QStringLiteral("memory")));
        // validate() checks their values: the file of a user who mistyped one can be opened.
        for (const char* mistyped : {R"({ "memory_limit": "lots" })", R"({ "state_memory": "lots" })"})
            QVERIFY(saved(mistyped).contains(QStringLiteral("lots")));
    }

    /// Words of the contract though they are stored with unknown ones: they give no warning, and they stand
    /// in one order. validate() checks their values.
    void theSettingsOfCheckpointsHaveTheirPlace() {
        const Result<Loaded> loaded =
            loadPipeline(R"({"rill": 1, "settings": {"restart": "none", "later": 1, "checkpoints_kept": 5, )"
                         R"("checkpoint_every": "1s"}})");
        QVERIFY(loaded.ok());
        for (const Issue& warning : loaded->warnings)
            QVERIFY2(english(warning).find("later") != std::string::npos, english(warning).c_str());
        QCOMPARE(loaded->warnings.size(), std::size_t{1});
        const QString saved = shown(savePipeline(loaded->pipeline));
        QVERIFY2(saved.simplified().contains(
                     QStringLiteral("\"checkpoint_every\": \"1s\", \"checkpoints_kept\": 5, "
                                    "\"restart\": \"none\", \"later\": 1")),
                 qPrintable(saved));
        QVERIFY(!shown(savePipeline(Pipeline())).contains(QStringLiteral("checkpoint")));
        const Result<Loaded> wrong = loadPipeline(R"({"rill": 1, "settings": {"checkpoints_kept": "lots"}})");
        QVERIFY(wrong.ok());
        QVERIFY(shown(savePipeline(wrong->pipeline)).contains(QStringLiteral("\"lots\"")));
    }

    void anEmptiedDashboardStaysEmpty() {
        Pipeline pipeline;
        const std::string every = savePipeline(pipeline);
        QVERIFY(every.find("dashboard") == std::string::npos);
        pipeline.noCards = true;
        const std::string none = savePipeline(pipeline);
        for (const auto& [text, noCards] : {std::pair(every, false), std::pair(none, true)}) {
            const Result<Loaded> loaded = loadPipeline(text);
            QVERIFY(loaded.ok());
            QCOMPARE(loaded->pipeline.noCards, noCards);
            QCOMPARE(shown(savePipeline(loaded->pipeline)), shown(text));
        }
    }

    // Such files had an empty list when no card had been removed.
    void chartsHaveCardsInFilesOfBefore() {
        const Result<Loaded> before =
            loadPipeline(R"({"rill": 1, "dashboard": {"cards": [], "theme": "dark"}})");
        QVERIFY(before.ok());
        QVERIFY(!before->pipeline.noCards);
        QVERIFY(before->pipeline.unknownDashboard.contains("theme"));
        for (const bool noCards : {false, true}) {
            Pipeline pipeline = before->pipeline;
            pipeline.noCards = noCards;
            const Result<Loaded> loaded = loadPipeline(savePipeline(pipeline));
            QVERIFY(loaded.ok());
            QVERIFY(loaded->pipeline == pipeline);
        }
    }

    void wordsHaveALength_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<qulonglong>("most");
        QTest::addColumn<QString>("path");
        const auto row = [](const char* name, const char* path, std::size_t most, QString before,
                            QString after) {
            before.replace(u'\'', u'"');
            after.replace(u'\'', u'"');
            QTest::newRow(name) << before << after << static_cast<qulonglong>(most) << path;
        };
        row("title", "nodes[0].title", kMaxTitle,
            "{'rill': 1, 'nodes': [{'id': 'a', 'type': 'rows', 'title': '", "'}]}");
        row("type", "nodes[0].type", kMaxTitle, "{'rill': 1, 'nodes': [{'id': 'a', 'type': '", "'}]}");
        row("id", "nodes[0].id", kMaxId, "{'rill': 1, 'nodes': [{'type': 'rows', 'id': '", "'}]}");
        row("name", "name", kMaxTitle, "{'rill': 1, 'name': '", "'}");
        row("note", "notes[0].text", kMaxNote, "{'rill': 1, 'notes': [{'text': '", "'}]}");
    }

    void wordsHaveALength() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(qulonglong, most);
        QFETCH(QString, path);
        const auto file = [&](qulonglong length) {
            return (before + QString(static_cast<qsizetype>(length), u'x') + after).toStdString();
        };
        const Result<Loaded> longest = loadPipeline(file(most));
        QVERIFY2(longest.ok(), errorOf(file(most)).c_str());
        const std::string saved = savePipeline(longest->pipeline);
        QCOMPARE(shown(savePipeline(loadPipeline(saved)->pipeline)), shown(saved));
        const std::string error = errorOf(file(most + 1));
        QVERIFY2(shown(error).contains(path) && shown(error).contains(QString::number(most)), error.c_str());
        QVERIFY(errorOf(file(1'000'000)).size() < 200);
    }

    void charactersAreCountedNotBytes() {
        QCOMPARE(charactersOf("每核负载"), std::size_t{4});
        QCOMPARE(shown(firstCharacters("每核负载", 2)), QStringLiteral("每核"));
        QCOMPARE(shown(firstCharacters("ab", 2)), QStringLiteral("ab"));
    }

    void unknownKeysAreKeptAndTold() {
        const Result<Loaded> loaded = loadPipeline(
            R"({"rill":1,"nodes":[{"id":"a","type":"t","glow":1}],"wires":[],"extra":{"k":[]},"settings":{"mood":2}})");
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->warnings.size(), std::size_t{3});
        QString told;
        for (const Issue& issue : loaded->warnings) {
            QVERIFY(issue.severity == Severity::Warning);
            told += shown(english(issue)) + "\n";
        }
        for (const char* key : {"glow", "extra", "mood"}) QVERIFY2(told.contains(key), qPrintable(told));
        const std::string saved = savePipeline(loaded->pipeline);
        for (const char* key : {"\"glow\": 1", "\"extra\": { \"k\": [] }", "\"mood\": 2"}) {
            QVERIFY2(saved.find(key) != std::string::npos, key);
        }
    }

    void anyLayoutIsRead() {
        const Result<Loaded> loaded =
            loadPipeline("\xEF\xBB\xBF\r\n{\"nodes\":[{\"type\":\"t\",\"id\":\"a\"}],\t\"rill\":1}");
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->pipeline.nodes.size(), std::size_t{1});
    }

    void badFiles_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QByteArray& text, const char* says) {
            QTest::newRow(name) << text << QString(says);
        };
        row("empty", "", "The file is empty.");
        row("blank", " \n ", "The file is empty.");
        row("truncated", "{\"rill\": 1,\n\"nodes\": [", "ends too early, in line 2");
        row("truncated text", "{\"rill\": 1, \"name\": \"ab", "ends too early, in line 1");
        row("not JSON", "{\"rill\": 1,\n  oops}", "line 2, column 3, at “o”");
        row("two values", "{\"rill\": 1} {}", "line 1, column 13");
        row("a table", "id,name\n1,a\n", "This is not JSON");
        row("a list", "[]", "the key “rill” is missing");
        row("another object", "{\"a\": 1}", "the key “rill” is missing");
        row("newer", "{\"rill\": 2}", "written by a newer Rillwright: its format is version 2");
        row("version as text", "{\"rill\": \"1\"}", "rill must be a whole number");
        row("version zero", "{\"rill\": 0}", "rill must be a whole number");
        row("name", "{\"rill\": 1, \"name\": 5}", "name must be text");
        row("variables", "{\"rill\": 1, \"variables\": [1]}", "variables must be an object");
        row("variable", "{\"rill\": 1, \"variables\": {\"a\": 1}}", "variables.a must be text");
        row("parallelism", "{\"rill\": 1, \"settings\": {\"parallelism\": -1}}",
            "settings.parallelism must be");
        row("memory limit", "{\"rill\": 1, \"settings\": {\"memory_limit\": 2048}}",
            "settings.memory_limit must be text");
        row("state memory", "{\"rill\": 1, \"settings\": {\"state_memory\": 2048}}",
            "settings.state_memory must be text");
        row("nodes", "{\"rill\": 1, \"nodes\": {}}", "nodes must be a list");
        row("node", "{\"rill\": 1, \"nodes\": [3]}", "nodes[0] must be an object");
        row("no id", "{\"rill\": 1, \"nodes\": [{\"type\": \"t\"}]}", "nodes[0].id is missing");
        row("no type", "{\"rill\": 1, \"nodes\": [{\"id\": \"t\"}]}", "nodes[0].type is missing");
        row("bad id", "{\"rill\": 1, \"nodes\": [{\"id\": \"A b\", \"type\": \"t\"}]}",
            "nodes[0].id must start");
        row("same id",
            "{\"rill\": 1, \"nodes\": [{\"id\": \"a\", \"type\": \"t\"}, {\"id\": \"a\", \"type\": \"t\"}]}",
            "nodes[1].id: another node is already called “a”");
        row("place", "{\"rill\": 1, \"nodes\": [{\"id\": \"a\", \"type\": \"t\", \"at\": [1]}]}",
            "nodes[0].at must be two numbers");
        row("far place", "{\"rill\": 1, \"nodes\": [{\"id\": \"a\", \"type\": \"t\", \"at\": [1, 1e300]}]}",
            "nodes[0].at lies too far out");
        row("params", "{\"rill\": 1, \"nodes\": [{\"id\": \"a\", \"type\": \"t\", \"params\": []}]}",
            "nodes[0].params must be an object");
        row("disabled", "{\"rill\": 1, \"nodes\": [{\"id\": \"a\", \"type\": \"t\", \"disabled\": 1}]}",
            "nodes[0].disabled must be true or false");
        row("wire", "{\"rill\": 1, \"wires\": [{\"from\": \"a\"}]}", "wires[0].to is missing");
        row("wire end", "{\"rill\": 1, \"wires\": [{\"from\": \".a\", \"to\": \"b\"}]}",
            "wires[0].from must be");
        row("card", "{\"rill\": 1, \"dashboard\": {\"cards\": [{\"node\": \"a\", \"size\": [0, 1]}]}}",
            "dashboard.cards[0].size must be two numbers from 1");
        row("note", "{\"rill\": 1, \"notes\": [{\"text\": 1}]}", "notes[0].text must be text");
        row("key twice", "{\"rill\": 1,\n \"name\": \"a\", \"name\": \"b\"}",
            "The key \"name\" stands twice in one object: line 2, column 15");
        row("huge number", "{\"rill\": 1e999}", "A number is too large");
        row("not UTF-8", "{\"rill\": 1, \"name\": \"a\xff\"}", "The text is not UTF-8: line 1, column 23");
        row("NUL byte", QByteArray("{\"rill\": 1, \"name\": \"a\0\"}", 25), "NUL byte: line 1, column 23");
        row("NUL behind it", QByteArray("{\"rill\": 1}\0{}", 14), "NUL byte: line 1, column 12");
        row("NUL escape", "{\"rill\": 1, \"name\": \"a\\u0000\"}", "NUL character: line 1, column 23");
        row("lone surrogate", "{\"rill\": 1, \"name\": \"\\ud800\"}", "This is not JSON: line 1");
        row("deep", "{\"rill\": 1, \"x\": " + QByteArray(100'000, '[') + "}",
            "nested too deeply: line 1, column 81");
        row("deep objects", QByteArray("{\"a\":").repeated(100'000), "nested too deeply");
        row("100 MB", "{\"rill\": 1, \"name\": \"" + QByteArray(100 << 20, 'a') + "\"}",
            "The file has 100\u2009MiB");
    }
    void badFiles() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const QString error = shown(errorOf(text.toStdString()));
        QVERIFY2(error.contains(says), qPrintable(error));
        QVERIFY2(!error.contains("%") && error.size() < 300, qPrintable(error));
    }

    void everyCutOfAFileIsAnError() {
        const std::string whole(kContractExample);
        const std::size_t end = whole.rfind('}');
        for (std::size_t length = 0; length < end; ++length) {
            const Result<Loaded> loaded = loadPipeline(std::string_view(whole).substr(0, length));
            QVERIFY(!loaded.ok());
            QVERIFY(!english(loaded.error()).empty());
        }
    }

    void filesOnDisk() {
        QTemporaryDir dir;
        const std::string path = dir.filePath("a.rill").toStdString();
        Pipeline pipeline = loadPipeline(kContractExample)->pipeline;
        QVERIFY(savePipelineFile(pipeline, path).ok());
        QVERIFY(loadPipelineFile(path)->pipeline == pipeline);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden), QStringList{"a.rill"});

        // Through a link, with the mode that the file had.
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
        const std::string link = dir.filePath("link.rill").toStdString();
        fs::create_symlink("a.rill", link);
        pipeline.name = "changed";
        QVERIFY(savePipelineFile(pipeline, link).ok());
        QVERIFY(fs::is_symlink(link));
        QCOMPARE(shown(loadPipelineFile(path)->pipeline.name), QString("changed"));
        QVERIFY(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));

        QVERIFY(
            english(loadPipelineFile(dir.filePath("none").toStdString()).error()).find("There is no file") ==
            0);
        QVERIFY(english(loadPipelineFile(dir.path().toStdString()).error()).find("is a folder") !=
                std::string::npos);
        QVERIFY(english(savePipelineFile(pipeline, dir.path().toStdString()).error()).find("is a folder") !=
                std::string::npos);
        const Status nowhere = savePipelineFile(pipeline, dir.filePath("no/such/a.rill").toStdString());
        QVERIFY(english(nowhere.error()).find("does not exist") != std::string::npos);
    }

    void whatCantBeLoadedIsNotSaved() {
        QTemporaryDir dir;
        const std::string path = dir.filePath("a.rill").toStdString();
        Pipeline pipeline = loadPipeline(kContractExample)->pipeline;
        QVERIFY(savePipelineFile(pipeline, path).ok());
        Pipeline large = pipeline;
        large.nodes.front().params["text"] = std::string(std::size_t{17} << 20, 'x');
        const Status tooLarge = savePipelineFile(large, path);
        QVERIFY(english(tooLarge.error()).find("its file can have at most 16") != std::string::npos);
        Pipeline far = pipeline;
        far.nodes.front().at.x = 2 * kFarthest;
        QVERIFY(english(savePipelineFile(far, path).error()).find("too far out") != std::string::npos);
        QVERIFY(loadPipelineFile(path)->pipeline == pipeline);
    }

    // A branch of a Route whose name was just deleted.
    void aPortWithoutANameIsLoadedAgain() {
        Pipeline pipeline;
        pipeline.nodes = {{.id = "a", .type = "route", .title = {}, .at = {}},
                          {.id = "b", .type = "union", .title = {}, .at = {}}};
        pipeline.wires = {{{"a", ""}, {"b", "in"}}};
        const Result<Loaded> loaded = loadPipeline(savePipeline(pipeline));
        QVERIFY(loaded.ok() && loaded->pipeline == pipeline);
    }

    void aFailedWriteKeepsTheOldFile() {
        QTemporaryDir dir;
        const std::string path = dir.filePath("a.rill").toStdString();
        Pipeline pipeline = loadPipeline(kContractExample)->pipeline;
        QVERIFY(savePipelineFile(pipeline, path).ok());
        // No file may grow beyond 100 bytes: the write fails half way, as on a full disk.
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{100, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const Status status = savePipelineFile(Pipeline(pipeline), path);
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!status.ok());
        QVERIFY(english(status.error()).find(path) != std::string::npos);
        QVERIFY(loadPipelineFile(path)->pipeline == pipeline);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden), QStringList{"a.rill"});
    }
};

QTEST_APPLESS_MAIN(TestJson)
#include "test_json.moc"
