// A look at HDFS and HBase, and the test of a connection to HDFS.
#include "core/connect/hadoop/hadoop_browsers.h"

#include <QtTest/QtTest>

#include "tests/support/worlds/hbase_world.h"
#include "tests/support/worlds/hdfs_world.h"

using namespace rw;
using namespace rw::test;

namespace {

ConnectionBrowsers both() {
    return {{"webhdfs", webhdfsBrowser()}, {"hbase", hbaseBrowser()}};
}

NodeConnection only(const std::shared_ptr<const Connections>& all) {
    return NodeConnection(*all->named("here"), all);
}

std::string failure(const Status& status) {
    return status.ok() ? "none" : english(status.error());
}

}  // namespace

class TestHadoopBrowsers : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void foldersWithFilesAreListed() {
        HdfsWorld world;
        world.put("/data/orders/a.json", "{\"n\":1}\n");
        world.put("/data/orders/b.json", "{\"n\":2}\n{\"n\":3}\ncut");
        world.put("/data/.staging/x", "no\n");
        world.put("/top", "1\n");
        const auto found = browseConnection(only(world.connections("here")), both());
        QVERIFY2(found.ok(), failure(found.status()).c_str());
        QCOMPARE(found->size(), std::size_t{2});
        QCOMPARE((*found)[0].name, std::string("/"));
        QCOMPARE((*found)[1].name, std::string("/data/orders"));
        QCOMPARE((*found)[1].parts, std::int64_t{2});
        QVERIFY((*found)[1].isFolder);  // they are files, no partitions
        QCOMPARE((*found)[1].bytes, std::int64_t{27});
    }

    void theNewestFileIsLookedAt() {
        HdfsWorld world;
        world.put("/in/b.json", "{\"n\":2}\n");
        world.put("/in/a.json", "{\"n\":1}\n{\"n\":3}");
        world.put("/in/c.json", "");
        const NodeConnection connection = only(world.connections("here"));
        const auto seen = browseSubject(connection, "/in", both());
        QVERIFY2(seen.ok(), failure(seen.status()).c_str());
        QVERIFY(!seen->isTable && seen->isFile);
        QCOMPARE(seen->messages.size(), std::size_t{2});
        QCOMPARE(seen->messages[1].value.value_or("NULL"), std::string("{\"n\":3}"));
        QCOMPARE(seen->messages[1].offset, std::int64_t{8});
        const auto some = browseSubject(connection, "/in/b*", both());
        QVERIFY(some.ok());
        QCOMPARE(some->messages.size(), std::size_t{1});
        const auto none = browseSubject(connection, "/none", both());
        QVERIFY(!none.ok() && none.error().code == ErrorCode::NotFound);
    }

    void tablesAreListed() {
        HbaseWorld world("orders", {"cf"});
        const NodeConnection connection = only(world.connections("here"));
        const auto found = browseConnection(connection, both());
        QVERIFY2(found.ok(), failure(found.status()).c_str());
        QCOMPARE(found->size(), std::size_t{1});
        QCOMPARE(found->front().name, std::string("orders"));
        const auto seen = browseSubject(connection, "orders", both());
        QVERIFY(seen.ok() && seen->isTable);
        const auto none = browseSubject(connection, "none", both());
        QVERIFY(!none.ok() && none.error().code == ErrorCode::NotFound);
    }

    void aSilentServerIsNotWaitedForForEver() {
        HdfsWorld world;
        world.setFault([](const HdfsCall&) { return std::optional(FakeAnswer{{}, true, false}); });
        const auto found = browseConnection(only(world.connections("here")), both(), nullptr, {}, 300);
        QVERIFY(!found.ok());
        QVERIFY2(failure(found.status()).find("in time") != std::string::npos,
                 failure(found.status()).c_str());
    }

    void aConnectionIsTested() {
        HdfsWorld world;
        const ConnectionTesters testers{{"webhdfs", webhdfsTester()}};
        const auto report = [&] {
            const auto all = world.connections("here");
            return testConnection(*all->named("here"), environmentSecret, testers);
        };
        const ConnectionReport well = report();
        QVERIFY(well.failure() == nullptr && !well.warns());
        QCOMPARE(well.steps.size(), std::size_t{2});
        QVERIFY(english(well.steps[1].detail).find("/user/rill") != std::string::npos);
        world.setFault([](const HdfsCall&) {
            return std::optional(HdfsWorld::thrown("StandbyException", "Operation category READ"));
        });
        const ConnectionReport standby = report();
        QVERIFY(standby.failure() != nullptr);
        QVERIFY(english(standby.failure()->mend).find("active") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestHadoopBrowsers)
#include "test_hadoop_browsers.moc"
