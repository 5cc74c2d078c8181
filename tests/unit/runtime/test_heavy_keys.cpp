// The sketch of heavy keys: a key with many rows is named with about its share, for any number of keys, in
// any rhythm; and old keys are forgotten.
#include <QtTest>
#include <cmath>
#include <map>
#include <random>

#include "core/runtime/metrics/heavy_keys.h"
#include "core/stream/keys/key_hash.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kKeyed = schemaOf({{"v", Type::of(TypeId::Bigint)}, {"k", Type::of(TypeId::Bigint)}});
constexpr int kKeyColumn[] = {1};

Batch batchOfKeys(const std::vector<std::int64_t>& keys) {
    ColumnBuilder values(Type::of(TypeId::Bigint)), column(Type::of(TypeId::Bigint));
    for (const std::int64_t key : keys) {
        values.append(std::int64_t{0});
        column.append(key);
    }
    Batch batch;
    batch.schema = kKeyed;
    batch.columns = {values.finish(), column.finish()};
    batch.rows = keys.size();
    return batch;
}

void look(HeavyKeys& sketch, const Batch& batch) {
    std::vector<std::uint64_t> hashes;
    hashKeys(batch, kKeyColumn, hashes);
    sketch.sample(batch, kKeyColumn, hashes);
}

/// Looks at batches of keys that next() gives.
template <class Next>
void feed(HeavyKeys& sketch, int batches, int rows, Next&& next) {
    for (int i = 0; i < batches; ++i) {
        std::vector<std::int64_t> keys;
        for (int row = 0; row < rows; ++row) keys.push_back(next());
        look(sketch, batchOfKeys(keys));
    }
}

double shareOf(const HeavyKeys& sketch, const std::string& key) {
    for (const HeavyKey& heavy : sketch.heaviest()) {
        if (heavy.key == key) return heavy.share;
    }
    return 0;
}

}  // namespace

class TestHeavyKeys : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void heavyKeysAreNamedAmongManyOthers_data() {
        QTest::addColumn<int>("rows");
        QTest::newRow("small batches") << 7;
        QTest::newRow("batches that are looked at whole") << 256;
        QTest::newRow("large batches") << 4096;
    }

    void heavyKeysAreNamedAmongManyOthers() {
        QFETCH(int, rows);
        std::mt19937 random(static_cast<unsigned>(rows));
        HeavyKeys sketch;
        feed(sketch, 60'000 / rows + 20, rows, [&]() -> std::int64_t {
            const auto draw = static_cast<unsigned>(random() % 100);
            if (draw < 40) return 1;
            if (draw < 55) return 2;
            return static_cast<std::int64_t>(random());  // hardly ever the same
        });
        const std::vector<HeavyKey> heaviest = sketch.heaviest();
        QVERIFY(heaviest.size() >= 2 && heaviest.size() <= HeavyKeys::kMost);
        QCOMPARE(heaviest[0].key, std::string("k=1"));
        QCOMPARE(heaviest[1].key, std::string("k=2"));
        QVERIFY2(std::abs(heaviest[0].share - 0.40) < 0.05, qPrintable(QString::number(heaviest[0].share)));
        QVERIFY2(std::abs(heaviest[1].share - 0.15) < 0.05, qPrintable(QString::number(heaviest[1].share)));
        for (std::size_t i = 2; i < heaviest.size(); ++i) QVERIFY(heaviest[i].share < 0.05);
    }

    /// Keys come in turn, in steps that a sample with a step of its own would keep to.
    void keysInTurnAreAllTheSame() {
        for (const int keys : {2, 4, 16, 32, 50}) {
            HeavyKeys sketch;
            std::int64_t next = 0;
            feed(sketch, 40, 4096, [&] { return next++ % keys; });
            for (const HeavyKey& heavy : sketch.heaviest()) {
                QVERIFY2(heavy.share < 1.0 / keys + 0.06,
                         qPrintable(QStringLiteral("%1 of %2 keys: %3")
                                        .arg(QString::fromStdString(heavy.key))
                                        .arg(keys)
                                        .arg(heavy.share)));
            }
        }
    }

    void aLargeBatchCountsAsWhatItIs() {
        HeavyKeys sketch;
        for (int i = 0; i < 200; ++i) {
            look(sketch, batchOfKeys(std::vector<std::int64_t>(4096, 1)));
            look(sketch, batchOfKeys(std::vector<std::int64_t>(256, 2)));
        }
        QVERIFY2(std::abs(shareOf(sketch, "k=1") - 4096.0 / 4352) < 0.03,
                 qPrintable(QString::number(shareOf(sketch, "k=1"))));
    }

    void whatWasIsForgotten() {
        HeavyKeys sketch;
        feed(sketch, 300, 256, [] { return std::int64_t{1}; });
        QVERIFY(shareOf(sketch, "k=1") > 0.99);
        feed(sketch, 1000, 256, [] { return std::int64_t{2}; });
        QVERIFY2(shareOf(sketch, "k=2") > 0.9, qPrintable(QString::number(shareOf(sketch, "k=2"))));
    }

    void keysOfSeveralColumnsAndNulls() {
        HeavyKeys sketch;
        const SchemaRef schema =
            schemaOf({{"country", Type::of(TypeId::String)}, {"city", Type::of(TypeId::String)}});
        const Batch batch = batchOf(schema, Rows(8, {std::string("AT"), std::monostate{}}));
        constexpr int kBoth[] = {0, 1};
        std::vector<std::uint64_t> hashes;
        hashKeys(batch, kBoth, hashes);
        sketch.sample(batch, kBoth, hashes);
        QCOMPARE(sketch.heaviest().size(), std::size_t{1});
        QCOMPARE(sketch.heaviest()[0].key, std::string("country=AT, city=NULL"));
        QCOMPARE(sketch.heaviest()[0].share, 1.0);
    }

    void anEmptySketchNamesNone() { QVERIFY(HeavyKeys().heaviest().empty()); }

    /// The first batch of a sender, so that a short run shows something; then one in 64, evenly.
    void oneBatchInSixtyFour() {
        QVERIFY(HeavyKeys::samples(0));
        int sampled = 0;
        std::map<std::uint64_t, int> byRest;
        for (std::uint64_t batch = 0; batch < 64'000; ++batch) {
            if (!HeavyKeys::samples(batch)) continue;
            ++sampled;
            ++byRest[batch % 8];
        }
        QVERIFY2(sampled > 950 && sampled < 1050, qPrintable(QString::number(sampled)));
        QCOMPARE(byRest.size(), std::size_t{8});
        for (const auto& [rest, count] : byRest) QVERIFY(count > 80);
    }
};

QTEST_APPLESS_MAIN(TestHeavyKeys)
#include "test_heavy_keys.moc"
