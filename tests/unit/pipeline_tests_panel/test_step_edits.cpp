// Cells as they are shown and typed, and changes of steps.
#include <QtTest/QtTest>

#include "widgets/pipeline_tests/cell_text.h"
#include "widgets/pipeline_tests/test_edits.h"

using namespace rw;
using namespace rw::ui;

namespace {

PipelineTest testOfRows() {
    PipelineTest test;
    PipelineTestStep step;
    step.at = "orders";
    step.rows = Json::parse("[[1, null], [2, \"x\"]]");
    test.steps = {step, PipelineTestStep{}};
    test.steps[1].verb = PipelineTestStep::Verb::End;
    return test;
}

}  // namespace

class TestStepEdits : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void cellsAreReadAsTheyAreShown() {
        for (const char* json : {"null", "true", "12", "12.5", "\"a\"", "\"\"", "\"NULL\"", "\"\\\"a\"",
                                 "\"2024-01-01 00:00:00\"", "\"*\"", "\"007\""}) {
            const Json cell = Json::parse(json);
            QVERIFY2(typedCell(cellText(cell), cell, std::nullopt) == cell, json);
        }
        QCOMPARE(cellText(Json("NULL")), QStringLiteral("\"NULL\""));
        QCOMPARE(cellText(Json(nullptr)), QStringLiteral("NULL"));
    }

    void theTypeOfTheColumnTellsWhatIsTyped() {
        const auto typed = [](const char* text, TypeId type) {
            return typedCell(QString::fromLatin1(text), Json("before"), Type::of(type));
        };
        QVERIFY(typed("12", TypeId::Bigint) == Json(12));
        QVERIFY(typed("12", TypeId::String) == Json("12"));
        QVERIFY(typed("\"12\"", TypeId::Bigint) == Json("12"));
        QVERIFY(typed("true", TypeId::Boolean) == Json(true));
        QVERIFY(typed("NULL", TypeId::Bigint).is_null());
        // What does not fit stays a text: a row that can't be read is a thing to test.
        QVERIFY(typed("12.5", TypeId::Bigint) == Json("12.5"));
        QVERIFY(typed("two", TypeId::Bigint) == Json("two"));
        QVERIFY(typed("1e999", TypeId::Double).is_string());
    }

    void rowsAndStepsComeAndGo() {
        PipelineTest test = testOfRows();
        setCell(test, 0, 1, 0, Json(7));
        QVERIFY((*test.steps[0].rows)[1][0] == Json(7));
        addRow(test, 0, 2, 2);
        QCOMPARE(test.steps[0].rows->size(), std::size_t{3});
        QVERIFY((*test.steps[0].rows)[2] == (*test.steps[0].rows)[1]);
        removeRow(test, 0, 0);
        removeRow(test, 0, 0);
        removeRow(test, 0, 0);
        QVERIFY(test.steps[0].rows->empty());
        addRow(test, 0, 0, 2);
        QVERIFY((*test.steps[0].rows)[0] == Json::parse("[null, null]"));
        moveStep(test, 0, true);
        QVERIFY(test.steps[0].verb == PipelineTestStep::Verb::End);
        moveStep(test, 0, false);
        moveStep(test, 1, true);
        QVERIFY(test.steps[0].verb == PipelineTestStep::Verb::End);
        removeStep(test, 0);
        QCOMPARE(test.steps.size(), std::size_t{1});
    }

    void placesThatAreNotThereChangeNothing() {
        PipelineTest test = testOfRows();
        const PipelineTest before = test;
        setCell(test, 0, 2, 0, Json(7));
        setCell(test, 0, 0, 2, Json(7));
        setCell(test, 1, 0, 0, Json(7));
        setCell(test, 9, 0, 0, Json(7));
        addRow(test, 0, 3, 2);
        addRow(test, 1, 0, 2);
        removeRow(test, 0, 2);
        removeStep(test, 2);
        QVERIFY(test == before);
    }

    void namesAreFree() {
        PipelineTestFile file;
        file.tests.resize(2);
        file.tests[0].name = "a";
        file.tests[1].name = "a 2";
        QCOMPARE(freeTestName(file, "a"), std::string("a 3"));
        QCOMPARE(freeTestName(file, "b"), std::string("b"));
        QVERIFY(freeTestName(file, std::string(1'000, 'x')).size() <= kLongestTestName);
    }
};

QTEST_MAIN(TestStepEdits)
#include "test_step_edits.moc"
