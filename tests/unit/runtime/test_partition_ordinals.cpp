// Ordinals of partitions go by their names, in any order of discovery, and there is room for many.
#include <QtTest>

#include <algorithm>
#include <random>

#include "core/runtime/partition_ordinals.h"

using namespace rw;

namespace {

std::string numbered(const char* prefix, int number) {
    return fmt::format("{}{:06}", prefix, number);
}

/// Whether all of `names`, in this order, get ordinals in the order of their names that stay as they are.
bool inOrder(const std::vector<std::string>& names) {
    PartitionOrdinals ordinals;
    std::map<std::string, std::int64_t> given;
    for (const std::string& name : names) {
        const auto ordinal = ordinals.of(name);
        if (!ordinal.ok()) return false;
        given[name] = *ordinal;
    }
    std::int64_t last = 0;
    return std::all_of(given.begin(), given.end(), [&](const auto& entry) {
        const bool rises = entry.second > last;
        last = entry.second;
        const auto again = ordinals.of(entry.first);
        return rises && again.ok() && *again == entry.second;
    });
}

}  // namespace

class TestPartitionOrdinals : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void anyOrder() {
        std::mt19937 random(1);
        for (int round = 0; round < 200; ++round) {
            std::vector<std::string> names;
            for (int i = 0; i < 200; ++i) names.push_back(numbered("p", i));
            std::shuffle(names.begin(), names.end(), random);
            QVERIFY(inOrder(names));
        }
    }

    void upAndDownAtTheEnds() {
        std::vector<std::string> up, down;
        for (int i = 0; i < 20'000; ++i) up.push_back(numbered("p", i));
        down.assign(up.rbegin(), up.rend());
        QVERIFY(inOrder(up));
        QVERIFY(inOrder(down));
    }

    void upAndDownBetweenTwo() {
        std::vector<std::string> up{"a", "z"}, down{"a", "z"};
        for (int i = 0; i < 250; ++i) {
            up.push_back(numbered("p", i));
            down.push_back(numbered("p", 1'000 - i));
        }
        QVERIFY(inOrder(up));
        QVERIFY(inOrder(down));
    }

    void withoutRoomItSaysSo() {
        PartitionOrdinals ordinals;
        ordinals.put("a", 7);
        ordinals.put("b", 8);
        QVERIFY(!ordinals.of("aa").ok());
        QVERIFY(ordinals.of("c").ok());
    }
};

QTEST_GUILESS_MAIN(TestPartitionOrdinals)
#include "test_partition_ordinals.moc"
