// IN with a list of literals, and texts beside a literal: look-ups and comparisons as words against
// comparisons value by value.
#include <QtTest/QtTest>
#include <random>
#include <set>

#include "core/sql/functions/cuckoo_set.h"
#include "core/sql/functions/short_text.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

constexpr auto kCases = rw::test::affordableCases(300);

/// Texts around the sizes of 4, 8, 12 and 13 bytes, many of which share size, beginning or end.
std::string someText(std::mt19937_64& random) {
    static const std::size_t kSizes[] = {0, 1, 3, 4, 5, 8, 11, 12, 13, 14, 20};
    std::string text(kSizes[random() % std::size(kSizes)], 'a');
    if (!text.empty() && random() % 2 == 0) text[random() % text.size()] = 'b';
    return text;
}

std::string cellOf(const std::string& type, std::mt19937_64& random) {
    if (random() % 8 == 0) return "NULL";
    if (type == "STRING") return someText(random);
    static const char* const kNumbers[] = {"0", "-1", "1", "2147483647", "-2147483648", "7"};
    if (random() % 2 == 0) return kNumbers[random() % std::size(kNumbers)];
    return std::to_string(static_cast<int>(random() % 30));
}

std::string literalOf(const std::string& type, const std::string& cell) {
    return type == "STRING" && cell != "NULL" ? "'" + cell + "'" : cell;
}

Batch columnOf(const std::string& type, std::size_t rows, std::mt19937_64& random) {
    std::vector<std::string> cells;
    for (std::size_t row = 0; row < rows; ++row) cells.push_back(cellOf(type, random));
    return table({{"x " + type, cells}, {"y " + type, {cells.rbegin(), cells.rend()}}});
}

}  // namespace

class TestLiteralSets : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void integersAreFoundAndNoOthers() {
        std::mt19937_64 random(1);
        for (const std::size_t size : {1U, 2U, 3U, 7U, 64U, 1'000U, 5'000U}) {
            std::set<std::int64_t> model{0};
            const unsigned shift = static_cast<unsigned>(random() % 45);
            while (model.size() < size) model.insert(static_cast<std::int64_t>(random() >> shift));
            const std::vector<std::int64_t> keys(model.begin(), model.end());
            const CuckooSet<std::int64_t> set(keys, keys.front());
            const auto find = set.finder();
            for (const std::int64_t key : keys) {
                QVERIFY(find(key));
                for (const std::int64_t near : {key + 1, key - 1, key ^ (std::int64_t{1} << 40)})
                    QCOMPARE(find(near), model.count(near) == 1);
            }
        }
    }

    void noShortTextIsInAnEmptySet() {
        const CuckooSet<ShortText> none({}, ShortText());
        for (const char* const text : {"", "a", "twelve bytes", "more than twelve bytes"})
            QVERIFY(!none.finder()(ShortText(StringRef(std::string_view(text)))));
    }

    /// With the first seed the hash of twelve bytes that end like this is 0, for any beginning.
    void textsOfOneHashFindTheirPlaces() {
        std::vector<ShortText> keys;
        for (const char first : {'a', 'b', 'c', 'd'}) {
            const std::string text = std::string(4, first) + "\xdb\x28\xb4\xa0\xd1\x7e\x03\xe7";
            keys.emplace_back(StringRef(text));
            QCOMPARE(hashKey(keys.back(), 0), std::uint64_t{0});
        }
        const CuckooSet<ShortText> set({keys.begin(), keys.end() - 1}, ShortText());
        const auto find = set.finder();
        for (const ShortText& key : keys) QCOMPARE(find(key), !(key == keys.back()));
    }

    void listsAreAsComparisons_data() {
        QTest::addColumn<QString>("type");
        for (const char* const type : {"STRING", "INT", "BIGINT"}) QTest::newRow(type) << type;
    }
    void listsAreAsComparisons() {
        QFETCH(QString, type);
        const std::string of = type.toStdString();
        std::mt19937_64 random(2);
        for (std::uint64_t i = 0; i < kCases; ++i) {
            const Batch batch = columnOf(of, random() % 140, random);
            std::string list, comparisons;
            for (std::size_t n = 1 + random() % 9; n > 0; --n) {
                const std::string literal = literalOf(of, cellOf(of, random));
                list += (list.empty() ? "" : ", ") + literal;
                comparisons += (comparisons.empty() ? "x = " : " OR x = ") + literal;
            }
            QCOMPARE(results("x IN (" + list + ")", batch), results(comparisons, batch));
            QCOMPARE(results("x NOT IN (" + list + ")", batch), results("NOT (" + comparisons + ")", batch));
        }
    }

    /// A row that can't be computed stays one, also when NULL is in the list.
    void failedRowsStayFailed() {
        const Batch batch = table({{"b INT", {"0", "1", "2", "NULL"}}});
        const QString zero = "! Division by zero.";
        QCOMPARE(results("2 / b IN (1, 5, 6, 7)", batch), (QStringList{zero, "false", "true", "NULL"}));
        QCOMPARE(results("2 / b IN (1, 5, 6, NULL)", batch), (QStringList{zero, "NULL", "true", "NULL"}));
        QCOMPARE(results("2 / b IN (NULL, NULL, NULL, NULL)", batch),
                 (QStringList{zero, "NULL", "NULL", "NULL"}));
    }

    /// Beside a column the literal is not known to be short, so that the two ways can be told apart.
    void literalsAreAsColumns() {
        std::mt19937_64 random(3);
        for (std::uint64_t i = 0; i < kCases; ++i) {
            const Batch batch = columnOf("STRING", random() % 140, random);
            const std::string text = someText(random);
            std::vector<std::string> same(batch.rows, text);
            Batch beside = table({{"x STRING", same}, {"y STRING", same}});
            beside.columns[0] = batch.columns[0];
            for (const char* const op : {" = ", " <> "}) {
                const QStringList expected = results(std::string("x") + op + "y", beside);
                QCOMPARE(results(std::string("x") + op + "'" + text + "'", batch), expected);
                QCOMPARE(results("'" + text + "'" + op + "x", batch), expected);
                for (std::size_t row = 0; row < batch.rows; ++row) {
                    const std::string_view value = batch.columns[0]->string(row);
                    const QString holds = (value == text) == (op[1] == '=') ? "true" : "false";
                    QCOMPARE(expected[static_cast<int>(row)],
                             batch.columns[0]->isNull(row) ? QString("NULL") : holds);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestLiteralSets)
#include "test_literal_sets.moc"
