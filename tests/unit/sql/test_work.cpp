// The limits of expressions: the texts that they make at once, calls of literals that are left to the run,
// texts that are searched in linear time, and evaluations that are told to stop.
#include <QtTest/QtTest>

#include "core/sql/eval/slices.h"
#include "core/sql/functions/pattern_cost.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

BoundRef boundOf(const std::string& text, const Batch& batch) {
    return std::get<BoundRef>(bindText(text, scopeOf(batch)));
}

Batch texts(const std::vector<std::string>& cells) {
    return table({{"s STRING", cells}});
}

/// A row of two texts, which no literal is.
Batch pairOf(const std::string& s, const std::string& t) {
    return table({{"s STRING", {s}}, {"t STRING", {t}}});
}

}  // namespace

class TestWork : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void largeCallsOfLiteralsAreLeftToTheRun() {
        const Batch one = rowsOnly();
        for (const char* const text :
             {"REPEAT('x', 2000000000)", "REPEAT('x', 60000000)", "LPAD('a', 16000000, 'xy')",
              "REPLACE(REPEAT('a', 1000), 'a', REPEAT('b', 1000))",
              "CONCAT(REPEAT('a', 900), REPEAT('b', 900))"}) {
            QVERIFY2(boundOf(text, one)->kind == BoundExpr::Kind::Call, text);
        }
        for (const char* const text : {"REPEAT('x', 1000)", "REPEAT('', 2000000000)", "1 + 2 * 3",
                                       "CAST('7' AS INT)", "POSITION('b' IN 'abc')"}) {
            QVERIFY2(boundOf(text, one)->kind == BoundExpr::Kind::Literal, text);
        }
    }

    void manyCallsOfLiteralsAreLeftToo() {
        std::string text = "CHAR_LENGTH(REPEAT('x', 1000))";
        for (int i = 0; i < 8; ++i) text = "(" + text + " + " + text + ")";
        const BoundRef sum = boundOf(text, rowsOnly());
        QVERIFY(sum->kind == BoundExpr::Kind::Call);
        QCOMPARE(results(text, rowsOnly()), QStringList("256000"));
    }

    void emptyTextsRepeatedCostNothing() {
        QCOMPARE(results("REPEAT(s, 2147483647)", texts({"", "NULL"})), QStringList({"", "NULL"}));
    }

    /// Each of these compared every place with nearly all of the other text, or copied as often.
    void longTextsTakeLinearTime() {
        const std::string many(std::size_t{4} << 20, 'a');
        std::string nearlyHalf(std::size_t{2} << 20, 'a');
        nearlyHalf += 'b';
        const Batch batch = pairOf(many, nearlyHalf);
        QCOMPARE(results("POSITION(t IN s)", batch), QStringList("0"));
        QCOMPARE(results("CHAR_LENGTH(REPLACE(s, t, ''))", batch), QStringList("4194304"));
        QCOMPARE(results("SPLIT_INDEX(s, t, 1)", batch), QStringList("NULL"));
        QCOMPARE(results("s LIKE CONCAT('%', t, '%')", batch), QStringList("false"));
        QCOMPARE(results("s LIKE CONCAT('%', LEFT(s, 500), '_', 'b%')", batch), QStringList("false"));
    }

    /// At each of them RE2 looks for a b up to the end of the text.
    void matchesThatLookFarAreBounded() {
        const std::string many(std::size_t{1} << 20, 'a');
        const QString refused = results("REGEXP_REPLACE(s, 'a.*b|a', 'x')", texts({many})).front();
        QVERIFY2(refused.contains(QString("might take too long")), qPrintable(refused.left(200)));
        QCOMPARE(results("REGEXP_REPLACE(s, t, 'x')", pairOf(many, "a(.*b)?")).front().left(2),
                 QString("! "));
        const std::string some(std::size_t{1} << 14, 'a');
        QCOMPARE(results("CHAR_LENGTH(REGEXP_REPLACE(s, 'a.*b|a', 'xy'))", texts({some})),
                 QStringList("32768"));
        // Other patterns look no further than they match, and a few matches never look too often.
        QCOMPARE(results("CHAR_LENGTH(REGEXP_REPLACE(s, 'a', 'xy'))", texts({many})), QStringList("2097152"));
        QCOMPARE(results("CHAR_LENGTH(REGEXP_REPLACE(s, 'a+b|a+$', 'x'))", texts({many})), QStringList("1"));
        QCOMPARE(results("CHAR_LENGTH(REGEXP_REPLACE(s, '[0-9]+(\\.[0-9]+)?|a', 'xy'))", texts({many})),
                 QStringList("2097152"));
    }

    /// There may be a reason for each row of a batch, and slices do not make them fewer.
    void reasonsQuoteTheBeginningOfATextAlone() {
        const std::string many(std::size_t{1} << 20, 'x');
        for (const char* const text : {"CAST(s AS INT)", "REGEXP_EXTRACT('a', CONCAT('(', LEFT(s, 5000)))",
                                       "JSON_VALUE('{}', s)", "CAST(s AS TIMESTAMP(3))"}) {
            const QString reason = results(text, texts({many})).front();
            QVERIFY2(reason.startsWith("! ") && reason.contains("xxx…"), qPrintable(reason.left(300)));
            QVERIFY2(reason.size() < 300, qPrintable(reason.left(300)));
        }
    }

    /// At worst RE2 looks at every instruction of its program for each byte, and asks nobody in between.
    void matchesOfLargeProgramsAreBounded() {
        const std::string many(std::size_t{4} << 20, 'a');
        const char* const slow = "(?:a?){900}a{900}c";
        const QString refused = results("REGEXP_EXTRACT(s, '(?:a?){900}a{900}c')", texts({many})).front();
        QVERIFY2(refused.contains("bytes: to match “(?:a?){900}a{900}c” might take too long"),
                 qPrintable(refused.left(200)));
        QVERIFY(results("REGEXP_EXTRACT(s, t, 0)", pairOf(many, slow)).front().startsWith("! "));
        QVERIFY(results("REGEXP_REPLACE(s, t, 'x')", pairOf(many, slow)).front().startsWith("! "));
        QCOMPARE(results("REGEXP_EXTRACT(s, '(?:a?){900}a{900}c')", texts({std::string(2'000, 'a')})),
                 QStringList("NULL"));
        // Those of ordinary patterns are not, in texts as long as any that is made.
        const std::string most(kLongestText, 'a');
        QCOMPARE(results("REGEXP_EXTRACT(s, '[0-9]+-(\\w+)', 1)", texts({most})), QStringList("NULL"));
        QCOMPARE(results("REGEXP_EXTRACT(s, '\\pL+\\d')", texts({many.substr(0, 1 << 20)})),
                 QStringList("NULL"));
    }

    /// Ctrl+C and Stop wait neither for one match that takes many seconds nor for many that take some together.
    void whoIsToldToStopWaitsForNoMatch_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("bytes");
        QTest::newRow("first match") << "REGEXP_EXTRACT(s, '(?:a?){900}a{900}c')" << 1 << 150'000;
        QTest::newRow("all matches") << "REGEXP_REPLACE(s, '(?:a?){900}a{900}c', '')" << 1 << 150'000;
        QTest::newRow("many rows") << "REGEXP_EXTRACT(s, '(?:a?){900}a{900}c')" << 60 << 4'000;
    }
    void whoIsToldToStopWaitsForNoMatch() {
        QFETCH(QString, text);
        QFETCH(int, rows);
        QFETCH(int, bytes);
        const std::vector<std::string> cells(static_cast<std::size_t>(rows),
                                             std::string(static_cast<std::size_t>(bytes), 'a'));
        const Batch batch = texts(cells);
        const BoundRef expr = boundOf(text.toStdString(), batch);
        QElapsedTimer timer;
        timer.start();
        const Interruptible call([&timer] { return timer.hasExpired(300); });
        QVERIFY(evaluate(*expr, batch, {}).isNull(0));
        QVERIFY(call.happened());
        QVERIFY2(timer.elapsed() < 3'000, std::to_string(timer.elapsed()).c_str());
    }

    /// One that is not stopped gives what a short one gives.
    void longMatchesAreDoneApart() {
        const std::string many = std::string(std::size_t{4} << 20, 'a') + "7-xyz";
        QCOMPARE(results("REGEXP_EXTRACT(s, '[0-9]+-(\\w+)', 1)", texts({many})), QStringList("xyz"));
        QCOMPARE(results("CHAR_LENGTH(REGEXP_REPLACE(s, '[0-9]+-(\\w+)', ''))", texts({many})),
                 QStringList("4194304"));
        const Interruptible call([] { return false; });
        QCOMPARE(results("REGEXP_EXTRACT(s, '[0-9]+-(\\w+)', 1)", texts({many})), QStringList("xyz"));
    }

    /// To compile such a pattern takes half a second, and a file may have thousands.
    void largeProgramsAreMadeByTheRun() {
        const Batch batch = texts({"", "a1"});
        QCOMPARE(results("REGEXP_EXTRACT(s, '(\\pL{1,20}\\s?){1,20}\\d')", batch),
                 QStringList({"NULL", "a1"}));
        const auto wrong = bindText("REGEXP_EXTRACT(s, '(\\pL{1,20}\\s?){1,20}\\d(')", scopeOf(batch));
        QVERIFY(std::holds_alternative<SqlError>(wrong));
        QVERIFY(results("REGEXP_EXTRACT(s, '(\\pL{1,30}\\s?){1,30}')", batch).back().contains("too large"));
    }

    void matchesOfLiteralsAreLeftToTheRunToo() {
        const std::string text(200, 'a');
        const Batch one = rowsOnly();
        QVERIFY(boundOf("REGEXP_EXTRACT('" + text + "', '(?:a?){900}a{900}c')", one)->kind ==
                BoundExpr::Kind::Call);
        QCOMPARE(results("REGEXP_EXTRACT('" + text + "', '(?:a?){900}a{900}c')", one), QStringList("NULL"));
        QVERIFY(boundOf("REGEXP_EXTRACT('" + text + "', 'a+')", one)->kind == BoundExpr::Kind::Literal);
    }

    void whichPatternsLookFar() {
        for (const char* const far : {"a.*b|a", "a(.*b)?", "(a.*?b|a)", "(?i)a(?:[^x]+x)*", "a(x{2,}y)?",
                                      "a((.*)b)?", "a.*$|a", "a(?P<n>\\d*\\s)?", "([^]]*x)+", "(a*[:;])?"})
            QVERIFY2(looksFar(far), far);
        for (const char* const near :
             {"a", "\\d+", "[a-z]*", "\\d+(\\.\\d+)?", "a.*b", "a|b", "\"[^\"]*\"", "a{2,5}b|c", "(a|b)+",
              "(?i)a+|b+", "\\Q(.*b)?\\E", "[(.*b)?|]", "a\\*b|a", "(?:abc){2}|x*"})
            QVERIFY2(!looksFar(near), near);
    }

    void setsOfManyCharactersAreLookedUp() {
        std::string characters;
        for (int i = 0; i < 20'000; ++i) {
            characters += static_cast<char>(0xE4 + i / 4096);
            characters += static_cast<char>(0x80 + i / 64 % 64);
            characters += static_cast<char>(0x80 + i % 64);
        }
        std::string text;
        while (text.size() < (std::size_t{1} << 20)) text += characters.substr(characters.size() - 3);
        QCOMPARE(results("CHAR_LENGTH(TRIM(BOTH t FROM s))", pairOf(text + "x" + text, characters)),
                 QStringList("1"));
    }

    void paddingIsBoundedInBytes() {
        // Bytes that count as no characters at all.
        const Batch batch = pairOf("a", std::string(std::size_t{1} << 20, '\x80'));
        QVERIFY(results("RPAD(s, 16000000, t)", batch).front().startsWith("! "));
    }

    void patternsOfLikeMatchAsBefore() {
        const Batch batch = texts({"", "a", "ab", "aab", "axbxc", "日本語", "a%b", "aXbYbZc"});
        QCOMPARE(results("s LIKE '%_b%'", batch),
                 QStringList({"false", "false", "true", "true", "true", "false", "true", "true"}));
        QCOMPARE(results("s LIKE 'a%b%c'", batch),
                 QStringList({"false", "false", "false", "false", "true", "false", "false", "true"}));
        QCOMPARE(results("s LIKE '_本%'", batch),
                 QStringList({"false", "false", "false", "false", "false", "true", "false", "false"}));
        QCOMPARE(results("s LIKE '%_b_b_%_'", batch).last(), QString("true"));
        QCOMPARE(results("s LIKE '%a!%_' ESCAPE '!'", batch)[6], QString("true"));
        QCOMPARE(results("s LIKE '%%_%%'", batch).first(), QString("false"));
    }

    /// A table with a row of bits for each of these characters would have gigabytes.
    void manyCharactersOfLikeTakeNoTable() {
        std::string characters;
        for (int i = 0; i < 100'000; ++i) {
            const int code = 0x10000 + i;
            characters += static_cast<char>(0xF0 | code >> 18);
            for (const int shift : {12, 6, 0}) characters += static_cast<char>(0x80 | (code >> shift & 0x3F));
        }
        const std::string like = "s LIKE CONCAT('%_', t, '%')";
        QCOMPARE(results(like, pairOf("", characters)), QStringList("false"));
        QCOMPARE(results(like, pairOf("ab" + characters + "c", characters)), QStringList("true"));
        QCOMPARE(results(like, pairOf("ab" + characters.substr(4), characters)), QStringList("false"));
    }

    void pathsDeeperThanAnyJsonAreCut() {
        const Batch batch = texts({"[[1]]"});
        QCOMPARE(results("JSON_VALUE(s, CONCAT('$', REPEAT('[0]', 2)))", batch), QStringList("1"));
        QCOMPARE(results("JSON_VALUE(s, CONCAT('$', REPEAT('[0]', 20000000)))", batch), QStringList("NULL"));
    }

    /// No column shows that each row reads all of it.
    void largeConstantsCount() {
        const Batch batch = texts(std::vector<std::string>(100, "xyz"));
        const BoundRef expr = boundOf("POSITION(s IN REPEAT('ab', 500000))", batch);
        Work work(kTextAtOnce);
        (void)evaluate(*expr, batch, {}, work);
        QVERIFY(work.givenUp());
        int asked = 0;
        const Interruptible call([&asked] {
            ++asked;
            return false;
        });
        QCOMPARE(evaluate(*expr, batch, {}).flat(100)->values<std::int32_t>()[99], 0);
        QVERIFY2(asked >= 12, std::to_string(asked).c_str());
    }

    void textsAreMadeInSlices() {
        const Batch batch = texts(std::vector<std::string>(100, "xyz"));
        const BoundRef expr = boundOf("REPEAT(s, 500000)", batch);
        Work work(kTextAtOnce);
        (void)evaluate(*expr, batch, {}, work);
        QVERIFY(work.givenUp());

        std::size_t rows = 0, slices = 0;
        for (Slices all(batch, batch.rows); !all.done();) {
            Work some = all.work();
            const std::size_t count = all.count();
            const Vector values = evaluate(*expr, all.rows(), all.context({}), some);
            if (!all.take(some)) continue;
            QVERIFY(values.column->memoryBytes() <= kTextAtOnce + (std::size_t{2} << 20));
            for (std::size_t row = 0; row < count; ++row)
                QCOMPARE(values.at<StringRef>(row).size(), 1'500'000U);
            rows += count;
            ++slices;
        }
        QCOMPARE(rows, batch.rows);
        QVERIFY(slices >= 15);
    }

    void slicesGiveWhatTheWholeGives() {
        const Batch batch =
            table({{"s STRING", {"a", "b", "c", "d", "e"}}, {"n INT", {"1", "0", "3", "4", "5"}}});
        QCOMPARE(results("CHAR_LENGTH(REPEAT(s, 4000000)) + 10 / n", batch),
                 QStringList({"4000010", "! Division by zero.", "4000003", "4000002", "4000002"}));
        EvalContext context;
        context.seed = 7;
        const QStringList draws = results("RANDOM()", batch, context);
        QCOMPARE(results("RANDOM() + 0 * CHAR_LENGTH(REPEAT(s, 4000000))", batch, context), draws);
    }

    void aPairOfChangesStaysTogether() {
        Batch batch = texts(std::vector<std::string>(6, "x"));
        using K = RowKind;
        batch.kinds = std::make_shared<const std::vector<RowKind>>(std::vector<RowKind>{
            K::Insert, K::UpdateBefore, K::UpdateAfter, K::UpdateBefore, K::UpdateAfter, K::Delete});
        const BoundRef expr = boundOf("REPEAT(s, 9000000)", batch);
        std::vector<std::size_t> counts;
        for (Slices all(batch, batch.rows); !all.done();) {
            Work some = all.work();
            const std::size_t count = all.count();
            (void)evaluate(*expr, all.rows(), {}, some);
            if (all.take(some)) counts.push_back(count);
        }
        QCOMPARE(counts, std::vector<std::size_t>({1, 2, 2, 1}));
    }

    void whoIsToldToStopComputesNoMore() {
        const Batch batch = texts({"a", "b"});
        const BoundRef expr = boundOf("UPPER(s)", batch);
        bool stops = false;
        {
            const Interruptible call([&stops] { return stops; });
            QCOMPARE(evaluate(*expr, batch, {}).flat(2)->string(1), std::string_view("B"));
            QVERIFY(!call.happened());
            stops = true;
            QVERIFY(evaluate(*expr, batch, {}).isNull(1));
            QVERIFY(call.happened() && wasInterrupted());
        }
        QVERIFY(!wasInterrupted());
        QCOMPARE(evaluate(*expr, batch, {}).flat(2)->string(1), std::string_view("B"));
    }
};

QTEST_APPLESS_MAIN(TestWork)
#include "test_work.moc"
