// What was heard is kept for the next samples, by whom and of what; it goes when it is to be forgotten.
#include "core/listen/heard_store.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <filesystem>

#include "core/data/schema.h"
#include "tests/support/batch_of.h"

using namespace rw;

namespace {

HeardRows heardAt(Instant at, int rows) {
    HeardRows heard;
    heard.source.node = "live";
    heard.source.type = "kafka_source";
    auto schema = std::make_shared<Schema>();
    schema->fields.push_back({"n", Type::of(TypeId::Bigint)});
    heard.source.schema = schema;
    heard.source.several = true;
    heard.at = at;
    for (int row = 0; row < rows; ++row) {
        TapePiece piece;
        piece.partition = row % 2 == 0 ? "t/0" : "t/1";
        piece.arrived = at;
        piece.rows.reject(0, RW_TEXT("test", "it is no number"), "x" + std::to_string(row));
        piece.rows.rowsRead = 1;
        heard.pieces.push_back(std::move(piece));
    }
    return heard;
}

struct StoreFixture {
    QTemporaryDir folder;
    std::string path = folder.path().toStdString() + "/heard";
    HeardStore store{path};
    HeardBy by(const std::string& key, const std::string& connection = "c", const std::string& file = "p") {
        return {key + std::string(32 - key.size(), '0'), {connection}, file};
    }
};

}  // namespace

class TestHeardStore : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatIsKeptIsFound() {
        StoreFixture fixture;
        const HeardBy by = fixture.by("a");
        QVERIFY(!fixture.store.has(by.key));
        QVERIFY(fixture.store.keep(by, heardAt(7, 3)).ok());
        const std::optional<HeardRows> heard = fixture.store.find(by.key);
        QVERIFY(heard.has_value());
        QCOMPARE(heard->at, Instant{7});
        QCOMPARE(heard->count(), std::size_t{3});
        const SourceSample sample = sampleOf(*heard);
        QCOMPARE(sample.rows, std::size_t{3});
        QVERIFY(sample.several);
        QCOMPARE(sample.pieces.at(1).partition, 1);
        QCOMPARE(sample.pieces.at(2).partition, 0);
        QCOMPARE(sample.pieces.at(1).events.at(0).name, std::string("t/1"));
        QVERIFY(sample.pieces.at(2).events.empty());
        // The newest counts.
        QVERIFY(fixture.store.keep(by, heardAt(8, 1)).ok());
        QCOMPARE(fixture.store.find(by.key)->at, Instant{8});
    }

    void onlyItsOwnerMayRead() {
        StoreFixture fixture;
        QVERIFY(fixture.store.keep(fixture.by("a"), heardAt(7, 1)).ok());
        namespace fs = std::filesystem;
        QVERIFY((fs::status(fixture.path).permissions() & fs::perms::others_all) == fs::perms::none);
        QVERIFY((fs::status(fixture.path).permissions() & fs::perms::group_all) == fs::perms::none);
        for (const fs::directory_entry& file : fs::directory_iterator(fixture.path))
            QVERIFY((file.status().permissions() & (fs::perms::others_all | fs::perms::group_all)) ==
                    fs::perms::none);
    }

    void itIsForgottenByConnectionAndByPipeline() {
        StoreFixture fixture;
        const HeardBy a = fixture.by("a", "one", "p"), b = fixture.by("b", "two", "p"),
                      c = fixture.by("c", "two", "q");
        for (const HeardBy& by : {a, b, c}) QVERIFY(fixture.store.keep(by, heardAt(7, 1)).ok());
        QCOMPARE(fixture.store.forgetConnection("one"), std::size_t{1});
        QVERIFY(!fixture.store.has(a.key) && fixture.store.has(b.key));
        QCOMPARE(fixture.store.forgetPipeline("./x/../q"), std::size_t{1});
        QVERIFY(fixture.store.has(b.key) && !fixture.store.has(c.key));
        QCOMPARE(fixture.store.forget(b.key), std::size_t{1});
        QCOMPARE(fixture.store.forgetAll(), std::size_t{0});
    }

    void allIsListedTheNewestFirst() {
        StoreFixture fixture;
        HeardBy by = fixture.by("a", "one", "/p/orders.rill");
        by.title = "Orders";
        by.connections.push_back("registry");
        QVERIFY(fixture.store.keep(by, heardAt(7, 3)).ok());
        QVERIFY(fixture.store.keep(fixture.by("b"), heardAt(9, 1)).ok());
        std::vector<KeptSource> all = fixture.store.all();
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY(all[0].at == 9 && all[1].at == 7);
        QCOMPARE(all[1].by.key, by.key);
        QCOMPARE(all[1].by.title, std::string("Orders"));
        QCOMPARE(all[1].by.pipeline, std::string("/p/orders.rill"));
        QCOMPARE(all[1].by.connections, by.connections);
        QCOMPARE(all[1].rows, std::uint64_t{3});
        QVERIFY(all[1].bytes > 0 && all[1].type == "kafka_source");
        // One that can't be read is listed, too: it takes room, and can be forgotten.
        for (const auto& file : std::filesystem::directory_iterator(fixture.path))
            std::filesystem::resize_file(file.path(), 40);
        all = fixture.store.all();
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY(all[0].type.empty() && all[0].bytes == 40);
        QCOMPARE(fixture.store.forget(all[0].by.key), std::size_t{1});
    }

    void moreThanAFileMayHaveIsNotKept() {
        StoreFixture fixture;
        HeardRows heard = heardAt(7, 1);
        heard.pieces.front().rows.bad.front().text = std::string(HeardStore::kMostBytes + 1, 'x');
        const Status kept = fixture.store.keep(fixture.by("a"), heard);
        QVERIFY(!kept.ok());
        QVERIFY(!fixture.store.has(fixture.by("a").key));
    }

    void theOldestGo() {
        StoreFixture fixture;
        for (std::size_t number = 0; number < HeardStore::kMost + 3; ++number)
            QVERIFY(fixture.store.keep(fixture.by(std::to_string(number) + "x"), heardAt(7, 1)).ok());
        QCOMPARE(fixture.store.forgetAll(), HeardStore::kMost);
    }

    void aBrokenFileIsNone() {
        StoreFixture fixture;
        const HeardBy by = fixture.by("a");
        QVERIFY(fixture.store.keep(by, heardAt(7, 2)).ok());
        for (const auto& file : std::filesystem::directory_iterator(fixture.path))
            std::filesystem::resize_file(file.path(), 40);
        QVERIFY(!fixture.store.find(by.key).has_value());
    }

    void aFolderThatCannotBeIsSaid() {
        StoreFixture fixture;
        QFile file(QString::fromStdString(fixture.path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Status kept = fixture.store.keep(fixture.by("a"), heardAt(7, 1));
        QVERIFY(!kept.ok() && !kept.error().fix.empty());
    }
};

QTEST_APPLESS_MAIN(TestHeardStore)
#include "test_heard_store.moc"
