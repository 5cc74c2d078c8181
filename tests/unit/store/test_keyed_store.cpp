// Stores of values by key against std::map: whatever is called, in whatever order, with any memory, on a disk
// that is full for a while; and files that were damaged.
#include <QDir>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <rapidcheck.h>

#include <cerrno>
#include <map>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>

#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"
#include "tests/support/random_cases.h"
#include "tests/unit/store/tried_store.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Few, so that they are met again: of three key groups, many of one hash, one of them empty.
Key keyOf(unsigned number) {
    const std::uint64_t hash = (std::uint64_t{number % 3} * 127) << 56 | (number % 7 == 0 ? 5 : number / 2);
    return {hash, number % 11 == 0 ? std::string() : std::to_string(number % 40)};
}

std::string valueOf(unsigned number, unsigned size) {
    return std::string(size, static_cast<char>('a' + number % 26)) + std::to_string(number);
}

/// Ascending keys, some or many.
std::vector<Key> someKeys(unsigned number, unsigned many) {
    std::map<Key, int> sorted;
    for (unsigned i = 0; i < many; ++i) sorted[keyOf(number + i * (number % 5 + 1))] = 0;
    std::vector<Key> keys;
    for (const auto& each : sorted) keys.push_back(each.first);
    return keys;
}

/// A call, as a case of RapidCheck has it: what, and two numbers.
using Call = std::tuple<unsigned, unsigned, unsigned>;

bool holds(const Make& make, const std::vector<Call>& calls) {
    Tried tried(make);
    std::vector<std::pair<std::unique_ptr<StoreSnapshot>, Content>> kept;
    bool full = false;
    for (const auto& [what, number, more] : calls) {
        const std::vector<Key> keys = someKeys(number % 200, more % 30);
        switch (what % 9) {
            case 0:
            case 1: {
                // Some are of many sections, some erase.
                const unsigned size = number % 13 == 0 ? 40'000 : more % 50;
                std::vector<std::optional<std::string>> values;
                for (unsigned i = 0; i < keys.size(); ++i) {
                    values.emplace_back(valueOf(number + i, size));
                    if ((number + i) % 6 == 0) values.back() = std::nullopt;
                }
                tried.put(keys, values);
                break;
            }
            case 2:
                tried.erase(keys);
                break;
            case 3:
                tried.store->setMemory(number % 3 == 0 ? 0 : number * 100U % 100'000);
                break;
            case 4: {
                const Status worked = tried.store->work(more % 4 == 0 ? 10'000'000 : 1 + more);
                if (!worked.ok() && !full) return false;
                break;
            }
            case 5: {
                auto snapshot = tried.store->snapshot();
                if (!snapshot.ok()) return false;
                kept.emplace_back(*std::move(snapshot), tried.model);
                break;
            }
            case 6:
                if (!kept.empty())
                    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(number % kept.size()));
                break;
            case 7:
                full = number % 2 == 0;
                tried.full(full);
                break;
            default:
                if (!tried.gives(keys)) return false;
        }
    }
    if (!tried.givesAll()) return false;
    const auto keep = [&kept] {
        for (const auto& [snapshot, content] : kept) {
            for (const int keyGroup : {0, 1, 127, 254}) {
                if (rowsOf(snapshot->scan(keyGroup), keyGroup) != groupOf(content, keyGroup)) return false;
            }
        }
        return true;
    };
    if (!keep()) return false;
    tried.full(false);
    tried.store->setMemory(0);
    tried.workToTheEnd();
    if (!keep() || !tried.givesAll() || tried.store->size().rows != tried.model.size()) return false;
    tried.store.reset();
    if (!keep()) return false;
    kept.clear();
    return tried.disk->contents().empty();  // no file outlives its state
}

}  // namespace

class TestKeyedStore : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { tryCases(suites::KeyedStores); }

    void isAsAMap() {
        for (const auto& [name, make] : stores()) {
            QVERIFY2(
                rc::check(std::string(name) + " is as a map",
                          [&make = make](const std::vector<Call>& calls) { RC_ASSERT(holds(make, calls)); }),
                name);
        }
    }

    void aScanOfManyRowsComesInPieces() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            for (unsigned from = 0; from < 40'000; from += 4'000) {
                std::vector<Key> keys;
                for (unsigned i = from; i < from + 4'000; ++i) keys.emplace_back(i * 64, std::to_string(i));
                tried.put(keys, std::vector<std::optional<std::string>>(keys.size(), std::string(20, 'v')));
                tried.workToTheEnd();
            }
            QVERIFY(tried.givesAll());
            QCOMPARE(tried.store->size().rows, std::uint64_t{40'000});
            QVERIFY(tried.store->size().files > 40'000 * 20);
            QVERIFY(tried.store->size().memory < 200'000);
            StoreRows rows;
            const auto scan = tried.store->scan(0);
            int pieces = 0;
            for (bool more = true; more; ++pieces) {
                more = *(*scan)->next(rows);
                QVERIFY(rows.bytes() < 200'000);
            }
            QVERIFY(pieces > 10);
        }
    }

    void aSnapshotIsReadOnAnotherThread() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            const auto putAll = [&tried](const std::string& value) {
                std::vector<Key> keys;
                for (unsigned i = 0; i < 2'000; ++i) keys.emplace_back(i, std::to_string(i));
                tried.put(keys, std::vector<std::optional<std::string>>(keys.size(), value));
            };
            putAll("first");
            tried.workToTheEnd();
            putAll("second");
            auto snapshot = *tried.store->snapshot();
            const Content expected = tried.model;
            std::optional<Content> found;
            std::thread reader(
                [&found, snapshot = std::move(snapshot)] { found = rowsOf(snapshot->scan(0), 0); });
            putAll("third");
            tried.workToTheEnd();
            reader.join();
            QVERIFY(found == expected);
            QVERIFY(tried.givesAll());
        }
    }

    void aDamagedFileIsAnErrorAndNeverAValue_data() {
        QTest::addColumn<int>("damage");
        QTest::newRow("cut") << 0;
        QTest::newRow("flipped") << 1;
        QTest::newRow("gone") << 2;
        QTest::newRow("empty") << 3;
    }
    void aDamagedFileIsAnErrorAndNeverAValue() {
        QFETCH(int, damage);
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            const std::vector<Key> keys{{1, "a"}, {2, "b"}};
            tried.put(keys, {std::string("one"), std::string("two")});
            tried.workToTheEnd();
            const auto snapshot = tried.store->snapshot();
            const auto files = tried.disk->contents();
            QVERIFY(!files.empty());
            for (auto [path, bytes] : files) {
                if (damage == 0) bytes.pop_back();
                if (damage == 1) bytes.back() = static_cast<char>(bytes.back() ^ 1);
                if (damage == 3) bytes.clear();
                if (damage == 2) {
                    tried.disk->remove(path);
                } else {
                    tried.disk->put(path, bytes);
                }
            }
            StoreValues values;
            const Status got = tried.store->get(viewsOf(keys), values);
            QVERIFY(!got.ok());
            QCOMPARE(got.error().code, ErrorCode::Io);  // a run is restarted from its checkpoint then
            QVERIFY(!got.error().fix.empty());
            QVERIFY(!rowsOf(tried.store->scan(0), 0).has_value());
            QVERIFY(!rowsOf((*snapshot)->scan(0), 0).has_value());
            // Nor do other rows of the key group hide it.
            tried.put({{3, "c"}}, {std::string("three")});
            QVERIFY(!tried.store->work(1'000'000).ok());
        }
    }

    void aFullDiskLosesNothing_data() {
        QTest::addColumn<QString>("call");
        QTest::newRow("create") << "create";
        QTest::newRow("write") << "write";
        QTest::newRow("close") << "close";
    }
    void aFullDiskLosesNothing() {
        QFETCH(QString, call);
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            tried.put({{1, "a"}, {2, "b"}}, {std::string("one"), std::string("two")});
            tried.workToTheEnd();
            tried.put({{2, "b"}, {3, "c"}}, {std::nullopt, std::string(600'000, 'x')});
            const auto before = tried.disk->contents();
            tried.disk->fails = [&call](const std::string& what, const std::string&) {
                return call == QString::fromStdString(what) ? ENOSPC : 0;
            };
            const Status worked = tried.store->work(10'000'000);
            QVERIFY(!worked.ok());
            QCOMPARE(worked.error().code, ErrorCode::Io);
            QCOMPARE(tried.disk->contents(), before);
            QVERIFY(tried.givesAll());
            tried.full(false);
            tried.workToTheEnd();
            QVERIFY(tried.givesAll());
        }
    }

    void aRowOf16MiBIsAsOthers() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            const std::string large(std::size_t{16} << 20, 'k');
            tried.put({{1, "a"}, {1, large}, {2, "b"}}, {std::string("1"), large + "v", std::string("2")});
            QVERIFY(tried.givesAll());
            tried.workToTheEnd();
            QVERIFY(tried.givesAll());
        }
    }

    void filesOfADiskAreGoneWithTheStore() {
        for (const auto& [name, make] : stores()) {
            const QTemporaryDir top;
            const auto folder =
                SpillFolder::open(systemOutputFiles(), *systemFiles(), top.path().toStdString());
            QVERIFY(folder.ok());
            const auto filesThere = [&top] { return QDir(top.path()).entryList(QDir::Files).size(); };
            auto store = make(*folder);
            const std::vector<Key> keys{{1, "a"}, {std::uint64_t{200} << 56, "b"}};
            StoreValues values;
            values.reset(2);
            values.set(0, "one");
            values.set(1, {});
            QVERIFY(store->put(viewsOf(keys), values).ok());
            QVERIFY(store->work(1'000'000).ok());
            QVERIFY(filesThere() > 0);
            QVERIFY(store->get(viewsOf(keys), values).ok());
            QVERIFY(values.at(0) == "one");
            QVERIFY(values.at(1) == std::string_view());
            store.reset();
            QCOMPARE(filesThere(), 0);
        }
    }
};

QTEST_APPLESS_MAIN(TestKeyedStore)
#include "test_keyed_store.moc"
