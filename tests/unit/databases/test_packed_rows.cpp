// Statements of many rows: as many in each as the server takes, and none that it would end the connection
// for.
#include "core/connect/mariadb/packed_rows.h"

#include <QtTest/QtTest>
#include <vector>

using namespace rw;

namespace {

using Texts = std::vector<std::string>;

/// The statements that these rows become; “!” for one that is not taken.
Texts packed(PackedRows rows, const Texts& texts) {
    Texts out;
    for (const std::string& text : texts) {
        if (!rows.takes(text)) {
            out.emplace_back("!");
            continue;
        }
        if (rows.isFullFor(text)) out.push_back(rows.take());
        rows.add(text);
    }
    if (!rows.empty()) out.push_back(rows.take());
    return out;
}

}  // namespace

class TestPackedRows : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsAreInAsFewStatementsAsMayBe() {
        const Texts rows{"(1)", "(2)", "(3)", "(4)", "(5)"};
        QVERIFY(packed({"IN ", ";", {2, 1'000, 1'000}}, rows) ==
                (Texts{"IN (1),(2);", "IN (3),(4);", "IN (5);"}));
        QVERIFY(packed({"IN ", ";", {10, 11, 1'000}}, rows) ==
                (Texts{"IN (1),(2);", "IN (3),(4);", "IN (5);"}));
        QVERIFY(packed({"IN ", ";", {10, 1'000, 1'000}}, {}).empty());
    }

    /// A long row behind short ones: together they would be more than the server takes.
    void aLongRowIsAStatementOfItsOwn() {
        const std::string longRow = "(" + std::string(90, 'x') + ")";
        const Texts made = packed({"", "", {10, 25, 100}}, {"(1)", longRow, "(2)"});
        QVERIFY(made == (Texts{"(1)", longRow, "(2)"}));
    }

    void whatIsTooLongIsNotTaken() {
        QVERIFY(packed({"IN ", "", {10, 20, 30}}, {"(1)", std::string(27, 'x'), "(2)"}) ==
                (Texts{"!", "IN (1),(2)"}));
    }
};

QTEST_APPLESS_MAIN(TestPackedRows)
#include "test_packed_rows.moc"
