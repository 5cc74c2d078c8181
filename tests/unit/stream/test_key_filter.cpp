// A filter of keys never denies one that is there, and denies nearly all others while there are few.
#include <QtTest>

#include <memory>

#include "core/data/value.h"
#include "core/stream/joins/key_filter.h"
#include "core/stream/keys/key_hash.h"

using namespace rw;

namespace {

std::vector<std::uint64_t> hashesOf(std::int64_t first, std::int64_t count) {
    ColumnBuilder numbers(Type::of(TypeId::Bigint));
    for (std::int64_t i = 0; i < count; ++i) numbers.append(first + i);
    const ColumnRef column = numbers.finish();
    const Column* const keys[] = {column.get()};
    std::vector<std::uint64_t> hashes;
    hashKeys(keys, column->size(), hashes);
    return hashes;
}

}  // namespace

class TestKeyFilter : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void letsKeysThroughThatAreThere() {
        const auto filter = std::make_unique<KeyFilter>();
        const std::vector<std::uint64_t> there = hashesOf(0, 1'000), others = hashesOf(1'000'000, 10'000);
        for (const std::uint64_t hash : there) filter->add(hash);
        for (const std::uint64_t hash : there) QVERIFY(filter->mayHave(hash));
        std::size_t through = 0;
        for (const std::uint64_t hash : others) through += filter->mayHave(hash) ? 1 : 0;
        QVERIFY2(through < 400, qPrintable(QString::number(through)));
        filter->clear();
        for (const std::uint64_t hash : there) QVERIFY(!filter->mayHave(hash));
    }
};

QTEST_APPLESS_MAIN(TestKeyFilter)
#include "test_key_filter.moc"
