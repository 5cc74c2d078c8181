// Expressions of any size: wide ones are read, typed and computed in time that grows with their length, deep
// ones are refused with a place; neither ever needs more stack than a thread has.
#include <time.h>

#include <QThread>
#include <QtTest/QtTest>
#include <functional>

#include "core/sql/aggregates/aggregates.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

// Enough to overflow a stack by recursion, also where a sanitizer makes all of it slow.
constexpr auto kMany = static_cast<int>(rw::test::affordableCases(100'000, 20'000));

std::string repeated(const std::string& part, int times) {
    std::string text;
    text.reserve(part.size() * static_cast<std::size_t>(times));
    for (int i = 0; i < times; ++i) text += part;
    return text;
}

/// Of this program: what others take of the processors meanwhile is not counted.
double processorSeconds() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// Runs `body` on a stack of 8 MB, as a program's main thread has one.
void onOrdinaryStack(std::function<void()> body) {
    class Worker : public QThread {
     public:
        explicit Worker(std::function<void()> work) : m_work(std::move(work)) {}
        void run() override { m_work(); }

     private:
        std::function<void()> m_work;
    };
    Worker worker(std::move(body));
    worker.setStackSize(8 << 20);
    worker.start();
    worker.wait();
}

}  // namespace

class TestLargeExpressions : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Twice the terms take about twice the time: four times as many far less than sixteen times it.
    void longChainsAreComputed_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("more");
        QTest::addColumn<QStringList>("values");
        const auto row = [](const char* name, const char* first, const char* more,
                            const QStringList& values) { QTest::newRow(name) << first << more << values; };
        row("AND", "a >= 0", " AND a < 3", {"true", "true", "false", "NULL"});
        row("OR", "a = 5", " OR a = 3", {"false", "false", "true", "NULL"});
        row("AND of OR", "(a = 1 OR a = 3)", " AND (a > 1 OR a = 1)", {"true", "false", "true", "NULL"});
        row("AND in brackets", "(a > 0 AND a < 9)", " AND a <> 1", {"false", "true", "true", "NULL"});
    }
    void longChainsAreComputed() {
        QFETCH(QString, first);
        QFETCH(QString, more);
        QFETCH(QStringList, values);
        const Batch batch = table({{"a INT", {"1", "2", "3", "NULL"}}});
        QStringList computed;
        const auto seconds = [&](int terms) {
            const std::string text = first.toStdString() + repeated(more.toStdString(), terms);
            const double before = processorSeconds();
            onOrdinaryStack([&] { computed = results(text, batch); });
            return processorSeconds() - before;
        };
        const double few = seconds(kMany / 4);
        QCOMPARE(computed, values);
        const double many = seconds(kMany);
        QCOMPARE(computed, values);
        QVERIFY2(many < 10 * few + 0.1, qPrintable(QString("%1 s, then %2 s").arg(few).arg(many)));
    }

    void longListsAreComputed() {
        const Batch batch = table({{"a INT", {"1", "2"}}, {"x DOUBLE", {"1", "7"}}});
        std::string numbers = "2";
        for (int i = 0; i < kMany; ++i) numbers += ", " + std::to_string(i + 10);
        onOrdinaryStack([&] {
            QCOMPARE(results("a IN (" + numbers + ")", batch), (QStringList{"false", "true"}));
            QCOMPARE(results("x NOT IN (" + numbers + ")", batch), (QStringList{"true", "true"}));
            const QString largest = QString::number(kMany + 9);
            QCOMPARE(results("GREATEST(" + numbers + ")", batch), (QStringList{largest, largest}));
            QCOMPARE(results("COALESCE(NULL" + repeated(", NULL", kMany) + ", a)", batch),
                     (QStringList{"1", "2"}));
            QCOMPARE(results("CASE" + repeated(" WHEN a = 7 THEN 1", kMany) + " ELSE a END", batch),
                     (QStringList{"1", "2"}));
        });
    }

    void deepOnesAreRefusedWithAPlace_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("middle");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* before, const char* middle, const char* after) {
            QTest::newRow(before) << before << middle << after;
        };
        row("(", "a", ")");
        row("a + ", "a", "");
        row("a || ", "'x'", "");
        row("a - (", "a", ")");
        row("NOT ", "a", "");
        row("- ", "a", "");
        row("a = 1 AND (a = 2 OR (", "TRUE", "))");
        row("ABS(", "a", ")");
        row("COALESCE(a, ", "a", ")");
        row("CASE WHEN a = 1 THEN ", "a", " END");
        row("CASE ", "a", " WHEN 1 THEN 2 END");
        row("CAST(", "a", " AS INT)");
        row("a IN (1, ", "a", ")");
        row("a BETWEEN 1 AND ", "a", "");
        row("EXTRACT(DAY FROM ", "a", ")");
        row("TRIM(BOTH 'x' FROM ", "a", ")");
        row("SUBSTRING(", "a", " FROM 1)");
        row("POSITION('x' IN ", "a", ")");
        row("a LIKE ", "a", "");
        row("a IS DISTINCT FROM ", "a", "");
        row("SUM(a) FILTER (WHERE ", "a", ")");
        row("FLOOR(", "a", " TO DAY)");
    }
    void deepOnesAreRefusedWithAPlace() {
        QFETCH(QString, before);
        QFETCH(QString, middle);
        QFETCH(QString, after);
        const std::string text = repeated(before.toStdString(), kMany) + middle.toStdString() +
                                 repeated(after.toStdString(), kMany);
        std::optional<SqlError> error;
        onOrdinaryStack([&] {
            auto parsed = parseExpression(text);
            if (auto* const wrong = std::get_if<SqlError>(&parsed)) error = std::move(*wrong);
        });
        QVERIFY(error.has_value());
        QVERIFY2(english(error->message).find("200 levels") != std::string::npos,
                 english(error->message).c_str());
        QVERIFY(!english(error->fix).empty());
        const auto part = static_cast<std::size_t>(before.toUtf8().size());
        const std::size_t level = error->position / part;
        const bool fromTheLeft = before.startsWith("a ") && after.isEmpty();  // the whole is the deepest
        QVERIFY2(fromTheLeft ? level == 0 : level >= 40 && level <= 201, qPrintable(QString::number(level)));
    }

    /// An expression at the limit is typed and computed on the same stack.
    void theDeepestAreComputed_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("times");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* before, const char* after, int times, const char* value) {
            QTest::newRow(before) << before << after << times << value;
        };
        row("a + (", ")", 97, "98");
        row("COALESCE(NULL, ", ")", 195, "1");
        row("CASE WHEN a = 2 THEN 0 ELSE ", " END", 195, "1");
        row("CASE a WHEN 2 THEN 0 ELSE ", " END", 195, "1");
        row("NULLIF(", ", 7)", 195, "1");
    }
    void theDeepestAreComputed() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(int, times);
        QFETCH(QString, value);
        const Batch batch = table({{"a INT", {"1"}}});
        const auto computed = [&](int levels) {
            QStringList values;
            const std::string text =
                repeated(before.toStdString(), levels) + "a" + repeated(after.toStdString(), levels);
            onOrdinaryStack([&] { values = results(text, batch); });
            return values;
        };
        QCOMPARE(computed(times), QStringList(value));
        QVERIFY2(computed(times + 6).front().contains("200 levels"), "a little deeper must be refused");
    }
};

QTEST_APPLESS_MAIN(TestLargeExpressions)
#include "test_large_expressions.moc"
