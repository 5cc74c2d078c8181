// Queries that are saved in a pipeline: their file, their order, and files that have something else there.
#include <QtTest/QtTest>

#include "core/pipeline/json/json.h"
#include "core/pipeline/json/saved_queries.h"

using namespace rw;

namespace {

Pipeline loaded(const std::string& text) {
    const Result<Loaded> found = loadPipeline(text);
    if (!found.ok()) qFatal("%s", english(found.error()).c_str());
    if (!found->warnings.empty()) qFatal("%s", english(found->warnings.front().message).c_str());
    return found->pipeline;
}

std::string wrong(const std::string& queries) {
    const Result<Loaded> found = loadPipeline(R"({ "rill": 1, "queries": )" + queries + " }");
    return found.ok() ? "" : english(found.error());
}

}  // namespace

class TestSavedQueries : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void queriesAreSavedAndReadAgain() {
        Pipeline pipeline = loaded(R"({ "rill": 1 })");
        const std::string before = savePipeline(pipeline);
        saveQuery(pipeline, {"Busiest shops", "SELECT shop\nFROM orders"});
        saveQuery(pipeline, {"Newest", "SELECT * FROM live.orders"});
        const std::string text = savePipeline(pipeline);
        const Pipeline again = loaded(text);
        QCOMPARE(savePipeline(again), text);
        const std::vector<SavedQuery> queries = savedQueries(again);
        QCOMPARE(queries.size(), std::size_t{2});
        QVERIFY((queries[0] == SavedQuery{"Busiest shops", "SELECT shop\nFROM orders"}));
        removeQuery(pipeline, "Busiest shops");
        removeQuery(pipeline, "Newest");
        QCOMPARE(savePipeline(pipeline), before);
    }

    void aNameHasOneQueryAndKeepsItsPlace() {
        Pipeline pipeline;
        for (const char* name : {"a", "b", "c"}) saveQuery(pipeline, {name, "SELECT 1"});
        saveQuery(pipeline, {"a", "SELECT 2"});
        QVERIFY((savedQueries(pipeline).front() == SavedQuery{"a", "SELECT 2"}));
        renameQuery(pipeline, "b", "c");
        const std::vector<SavedQuery> left{{"a", "SELECT 2"}, {"c", "SELECT 1"}};
        QCOMPARE(savedQueries(pipeline), left);
        renameQuery(pipeline, "missing", "d");
        removeQuery(pipeline, "missing");
        QCOMPARE(savedQueries(pipeline), left);
    }

    /// Bytes of a file do not depend on what came first, the queries or the keys of a later version.
    void keysOfALaterVersionStay() {
        const Result<Loaded> found = loadPipeline(R"({ "rill": 1, "later": 7 })");
        QVERIFY(found.ok());
        Pipeline pipeline = found->pipeline;
        saveQuery(pipeline, {"a", "SELECT 1"});
        const std::string text = savePipeline(pipeline);
        const Result<Loaded> again = loadPipeline(text);
        QVERIFY(again.ok());
        QCOMPARE(savePipeline(again->pipeline), text);
        QCOMPARE(again->warnings.size(), std::size_t{1});
    }

    void somethingElseIsRefused() {
        QCOMPARE(wrong("[]"), "queries must be an object, { … }.");
        QCOMPARE(wrong(R"({ "a": 1 })"), "queries.a must be text, \"…\".");
        QCOMPARE(wrong(R"({ "": "SELECT 1" })"), "A name in queries must have 1 to 500 characters.");
        QVERIFY(
            wrong("{ \"a\": \"" + std::string(kMaxQueryText + 1, 'x') + "\" }").find("20001 characters") !=
            std::string::npos);
        QCOMPARE(wrong("{}"), "");
    }

    /// Pipelines that a program makes may have anything there.
    void anotherValueIsNoQuery() {
        Pipeline pipeline;
        pipeline.unknown[kQueriesKey] = 7;
        QVERIFY(savedQueries(pipeline).empty());
        QCOMPARE(withoutQueries(pipeline).size(), std::size_t{1});
        saveQuery(pipeline, {"a", "SELECT 1"});
        QCOMPARE(savedQueries(pipeline).size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestSavedQueries)
#include "test_saved_queries.moc"
