// The SQLite sink while the pipeline is drawn: the rows and tables it takes, and what it makes of a total.
#include <SQLiteCpp/Database.h>

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <cmath>

#include "tests/unit/nodes/fixtures/attempted_sink.h"

using namespace rw;
using namespace rw::test;
using namespace rw::test::attempts;

class TestSqliteSink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsThatChangeNeedUpsert() {
        const Bound got = attempt("sqlite_sink",
                                  {{"database", "x.sqlite"}, {"table", "t"}, {"mode", "append"}}, updating());
        QVERIFY(!got.node);
        QVERIFY(holds(got.said(), "“Before” sends changing rows; “My sink” is set to “Append”."));
        QCOMPARE(english(got.issues[0].quickFixes.front().label), std::string("Use upsert"));
        QCOMPARE(got.issues[0].quickFixes.front().value, Json("upsert"));
        QVERIFY(
            attempt("sqlite_sink", {{"database", "x.sqlite"}, {"table", "t"}, {"mode", "upsert"}}, updating())
                .node);
    }

    void theKeyOfUpsertIsTheKeyOfTheRows() {
        Json params = {{"database", "x.sqlite"}, {"table", "t"}, {"mode", "upsert"}, {"key", {"n"}}};
        const Bound other = attempt("sqlite_sink", params, updating());
        QVERIFY(!other.node && holds(other.said(), "change by another key"));
        QCOMPARE(other.issues[0].quickFixes.front().value, Json({"name"}));
        QVERIFY(attempt("sqlite_sink", params).node);  // rows that stay as they are take any key
        params.erase("key");
        QVERIFY(holds(attempt("sqlite_sink", params).said(), "Upsert needs the columns"));
    }

    void upsertOfATotalNeedsNoKey() {
        StreamType total = updating();
        total.key.clear();
        Json params = {{"database", "x.sqlite"}, {"table", "t"}, {"mode", "upsert"}};
        const Bound got = attempt("sqlite_sink", params, total);
        QVERIFY2(got.node, got.said().c_str());
        params["key"] = {"name"};
        const Bound keyed = attempt("sqlite_sink", params, total);
        QVERIFY2(!keyed.node && holds(keyed.said(), "one row at most"), keyed.said().c_str());
        QCOMPARE(keyed.issues[0].quickFixes.front().value, Json::array());
    }

    void aTotalIsTheOneRowOfItsTable() {
        using enum RowKind;
        const QTemporaryDir folder;
        const std::string home = folder.path().toStdString();
        StreamType total = updating();
        total.key.clear();
        const Bound got = attempt(
            "sqlite_sink", {{"database", "x.sqlite"}, {"table", "t"}, {"mode", "upsert"}}, total, home);
        QVERIFY2(got.node, got.said().c_str());
        const auto table = [&](std::vector<RowKind> kinds) {
            MakeContext context;
            context.clock = systemClock();
            context.folder = home;
            const auto sink = std::get<std::unique_ptr<Sink>>(
                builtinKinds().find("sqlite_sink")->make(*got.node, context).value());
            Batch batch = rows();
            batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
            const bool written = sink->open().ok() && sink->onBatch(batch).ok() && sink->onEnd().ok() &&
                                 sink->prepare(1).ok() && sink->commit(1).ok();
            sink->close();
            SQLite::Database database(home + "/x.sqlite", SQLite::OPEN_READONLY);
            const char* names = "SELECT COALESCE(GROUP_CONCAT(name), 'none') FROM t";
            return written ? database.execAndGet(names).getString() : std::string("an error");
        };
        QCOMPARE(table({Insert, Insert}), std::string("b"));
        QCOMPARE(table({Insert, UpdateBefore}), std::string("a"));  // by a second run, too
        QCOMPARE(table({UpdateBefore, UpdateAfter}), std::string("b"));
        QCOMPARE(table({Insert, Delete}), std::string("none"));
    }

    void namesThatSqliteCannotHoldAreReported() {
        QVERIFY(holds(attempt("sqlite_sink", {{"database", "x.sqlite"}, {"table", "SQLite_x"}}).said(),
                      "belong to SQLite"));
        QVERIFY(holds(attempt("sqlite_sink", {{"database", "x.sqlite"}, {"table", "_Rill_x"}}).said(),
                      "belong to this program"));
        StreamType twins = stream();
        twins.schema = schemaOf({{"A", Type::of(TypeId::Int)}, {"a", Type::of(TypeId::Int)}});
        twins.eventTime = -1;
        QVERIFY(holds(attempt("sqlite_sink", {{"database", "x.sqlite"}, {"table", "t"}}, twins).said(),
                      "“A” and “a”"));
        QVERIFY(holds(attempt("sqlite_sink", {{"database", "-"}, {"table", "t"}}).said(), "standard output"));
        QVERIFY(holds(attempt("sqlite_sink", {{"database", "none/x.sqlite"}, {"table", "t"}}).said(),
                      "There is no folder"));
    }

    void anExistingTableIsLookedAtBeforeTheStart() {
        const QTemporaryDir folder;
        const std::string home = folder.path().toStdString();
        SQLite::Database(home + "/x.sqlite", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE t(other)");
        Json params = {{"database", "x.sqlite"}, {"table", "t"}, {"mode", "append"}};
        const Bound append = attempt("sqlite_sink", params, stream(), home);
        QVERIFY(!append.node && holds(append.said(), "lacks columns"));
        params["mode"] = "replace";
        const Bound replace = attempt("sqlite_sink", params, stream(), home);
        QVERIFY(replace.node);
        QCOMPARE(replace.issues.front().severity, Severity::Warning);
        QVERIFY2(holds(replace.said(), "“t”"), replace.said().c_str());
    }

    void theSqliteSinkMakesItsPipelinesFolder() {
        const QTemporaryDir folder;
        const std::string home = folder.filePath("new").toStdString();
        const Bound got = attempt("sqlite_sink", {{"database", "x.sqlite"}, {"table", "t"}}, stream(), home);
        QVERIFY2(got.node, got.said().c_str());
        MakeContext context;
        context.clock = systemClock();
        context.folder = home;
        const auto sink = std::get<std::unique_ptr<Sink>>(
            builtinKinds().find("sqlite_sink")->make(*got.node, context).value());
        QVERIFY(sink->blocking());
        QVERIFY(sink->open().ok());
        QVERIFY(sink->onBatch(batchOf(stream().schema, {{Value{}, Value{}, std::nan(""), Value{}}})).ok());
        QVERIFY(sink->onIdle().ok());
        QVERIFY(sink->onEnd().ok() && sink->prepare(1).ok() && sink->commit(1).ok());
        const std::vector<Text> notes = sink->takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY2(holds(english(notes[0]), "NaN"), english(notes[0]).c_str());
        SQLite::Database database(home + "/x.sqlite", SQLite::OPEN_READONLY);
        QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM t WHERE price IS NULL").getInt(), 1);
    }
};

QTEST_APPLESS_MAIN(TestSqliteSink)
#include "test_sqlite_sink.moc"
