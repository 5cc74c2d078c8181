// The text of patterns: what is read, how it is written again, and where errors are.
#include <QtTest>

#include "core/patterns/parse.h"
#include "core/patterns/program.h"

using namespace rw;
using namespace rw::patterns;

class TestPatternParse : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void patternsAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        const auto row = [](const char* text, const char* canonical) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(canonical);
        };
        row("A", "A");
        row("A B+? C", "A B+? C");
        row("( A  B )|C", "A B | C");
        row("(A | B) C", "(A | B) C");
        row("(A B)*", "(A B)*");
        row("A{2} B{2,}? C{,3} D{1,4}", "A{2} B{2,}? C{0,3} D{1,4}");
        row("A{0,1} B{1,} C{0,}", "A? B+ C*");
        row("(A?)+", "(A?)+");
        row("PERMUTE(A, B+, (C | D))", "PERMUTE(A, B+, C | D)");
        row("permute (A,B)", "PERMUTE(A, B)");
        row("A {- B C -} D", "A {- B C -} D");
        row("^ A () $", "^ A () $");
        row("`a b` A", "`a b` A");
    }
    void patternsAreRead() {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const auto parsed = parsePattern(text.toStdString());
        const auto* const pattern = std::get_if<RowPattern>(&parsed);
        QVERIFY(pattern != nullptr);
        QCOMPARE(QString::fromStdString(patternText(*pattern)), canonical);
        const auto again = parsePattern(canonical.toStdString());
        QVERIFY(std::holds_alternative<RowPattern>(again));
        QCOMPARE(QString::fromStdString(patternText(std::get<RowPattern>(again))), canonical);
    }

    void errorsHaveAPlace_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        const auto row = [](const char* text, int position) {
            QTest::newRow(text) << QString::fromUtf8(text) << position;
        };
        row("", 0);
        row("A B)", 3);
        row("(A B", 0);
        row("A | ", 4);
        row("A ** B", 3);
        row("A+* B", 2);
        row("A{3,2} B", 1);
        row("A{0} B", 1);
        row("A{x}", 1);
        row("A{2000}", 2);
        row("^+ A", 1);
        row("A % B", 2);
        row("{- A {- B -} -}", 5);
        row("PERMUTE(A,B,C,D,E,F,G)", 0);
        row("(A{100}){100}", 0);
    }
    void errorsHaveAPlace() {
        QFETCH(QString, text);
        QFETCH(int, position);
        const auto parsed = parsePattern(text.toStdString());
        const auto* const error = std::get_if<sql::SqlError>(&parsed);
        QVERIFY(error != nullptr);
        QVERIFY(!error->message.empty());
        QVERIFY(!error->fix.empty());
        QCOMPARE(static_cast<int>(error->position), position);
    }

    void nestingIsBounded() {
        const auto nested = [](std::size_t levels) {
            return parsePattern(std::string(levels, '(') + "A" + std::string(levels, ')'));
        };
        QVERIFY(std::holds_alternative<RowPattern>(nested(kMostLevels)));
        QVERIFY(std::holds_alternative<sql::SqlError>(nested(kMostLevels + 1)));
        QVERIFY(std::holds_alternative<sql::SqlError>(nested(9'000)));
    }

    /// What is counted before is what is made.
    void stepsAreCounted() {
        for (const char* text :
             {"A", "A B+ C*", "(A?)*", "PERMUTE(A,B,C,D,E,F)", "(A | B | ()){2,5}?", "((A B){2}){3,}"}) {
            const RowPattern pattern = std::get<RowPattern>(parsePattern(text));
            const Program program = compile(pattern);
            QVERIFY2(program.steps.size() <= stepsOf(pattern.root) + 1, text);
            QVERIFY2(program.steps.size() * 2 >= stepsOf(pattern.root), text);
        }
    }
};

QTEST_APPLESS_MAIN(TestPatternParse)
#include "test_pattern_parse.moc"
