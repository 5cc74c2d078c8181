// The variables of the pipeline in its form: added, changed, renamed where they are used, and refused in
// words.
#include <QToolButton>

#include "core/pipeline/json/json.h"
#include "tests/unit/inspector/pipeline_form_fixture.h"

using namespace rw;
using namespace rw::ui;

class TestPipelineVariables : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void variablesAreAddedChangedAndRemoved() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        QVERIFY(fixture.names().empty());
        fixture.addVariable().click();
        QCoreApplication::processEvents();
        QCOMPARE(fixture.names().size(), std::size_t{1});
        QCOMPARE(fixture.hints(), QStringList());  // nothing is wrong with what was not touched
        QVERIFY(fixture.variables().empty());
        typeIntoField(*fixture.names()[0], QStringLiteral("folder"));
        typeIntoField(*fixture.values()[0], QStringLiteral("data"));
        fixture.addVariable().click();
        QCoreApplication::processEvents();
        typeIntoField(*fixture.names()[1], QStringLiteral("a"));
        QVERIFY(fixture.variables() == (std::vector<Variable>{{"folder", "data"}, {"a", ""}}));
        fixture.form.findChildren<QToolButton*>().front()->click();
        QCoreApplication::processEvents();
        QVERIFY(fixture.variables() == (std::vector<Variable>{{"a", ""}}));
        QCOMPARE(fixture.names().size(), std::size_t{1});
        QCOMPARE(fixture.names()[0]->text(), QStringLiteral("a"));
        fixture.document.undoStack().undo();
        QCoreApplication::processEvents();
        QCOMPARE(fixture.names().size(), std::size_t{fixture.variables().size()});
    }

    void aNameIsChangedWhereItIsUsed() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        fixture.document.setVariables({{"dir", "data"}, {"limit", "1"}});
        const NodeId source =
            fixture.document.addNode({"csv_source", Json{{"path", "${dir}/a.csv"}}, {}}, {0, 0});
        const std::string before = savePipeline(fixture.document.pipeline());
        typeIntoField(*fixture.names()[0], QStringLiteral("folder"));
        QVERIFY(fixture.variables() == (std::vector<Variable>{{"folder", "data"}, {"limit", "1"}}));
        QCOMPARE(fixture.document.node(source)->params.at("path"), Json("${folder}/a.csv"));
        fixture.document.undoStack().undo();
        QCOMPARE(savePipeline(fixture.document.pipeline()), before);
        QTRY_COMPARE(fixture.names()[0]->text(), QStringLiteral("dir"));
    }

    void namesOfAFileAreNoMistake() {
        PipelineFormFixture fixture;
        fixture.document.setVariables({{"a-b", "1"}});
        QCOMPARE(fixture.names().size(), std::size_t{1});
        QCOMPARE(fixture.hints(), QStringList());
        QVERIFY(fixture.names()[0]->property("state").toString().isEmpty());
    }

    void aNameThatCannotBeUsedSaysSo() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        const std::vector<Variable> both{{"dir", "data"}, {"limit", "1"}};
        fixture.document.setVariables(both);
        const auto isRefused = [&](int line, const char* name, const char* words) {
            typeIntoField(*fixture.names()[static_cast<std::size_t>(line)], QString::fromUtf8(name));
            return fixture.hints().join(u' ').contains(QString::fromUtf8(words)) &&
                   fixture.names()[static_cast<std::size_t>(line)]->property("state") == "error" &&
                   fixture.variables() == both;
        };
        QVERIFY(isRefused(1, "dir", "There is a variable “dir” already"));
        QVERIFY(isRefused(1, "a}b", "letters, digits and _"));
        QVERIFY(isRefused(1, "", "needs a name"));
        QLineEdit& chinese = *fixture.names()[1];
        chinese.setText(QStringLiteral("上限_2"));  // keyClicks() knows ASCII alone
        Q_EMIT chinese.textEdited(chinese.text());
        QTest::keyClick(&chinese, Qt::Key_Return);
        QCOMPARE(fixture.hints(), QStringList());
        QCOMPARE(fixture.variables()[1].name, std::string("上限_2"));
        // A value without a name is not dropped without a word, either.
        fixture.addVariable().click();
        QCoreApplication::processEvents();
        typeIntoField(*fixture.values()[2], QStringLiteral("7"));
        QVERIFY(fixture.hints().join(u' ').contains(QStringLiteral("needs a name")));
        QCOMPARE(fixture.variables().size(), std::size_t{2});
        typeIntoField(*fixture.names()[2], QStringLiteral("n"));
        QCOMPARE(fixture.hints(), QStringList());
        QVERIFY((fixture.variables()[2] == Variable{"n", "7"}));
    }
};

QTEST_MAIN(TestPipelineVariables)
#include "test_pipeline_variables.moc"
