// Tests made of a variant that What if tried: what it gives is expected.
#include <QtWidgets/QtWidgets>

#include "tests/unit/pipeline_tests_panel/tests_fixture.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

VariantForTest variantOf(const TestsFixture& fixture, const NodeId& node, const char* name) {
    VariantForTest variant;
    variant.file = fixture.document.path();
    variant.pipeline = fixture.document.pipeline();
    variant.node = node;
    variant.name = QLatin1String(name);
    return variant;
}

/// The tests in the file; none: there is no such file yet.
std::vector<PipelineTest> testsOf(const TestsFixture& fixture) {
    const Result<PipelineTestFile> read = loadTests(fixture.testsText().toStdString());
    return read.ok() ? read->tests : std::vector<PipelineTest>();
}

}  // namespace

class TestVariantTests : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    /// It fails until the pipeline is as the variant.
    void expectsWhatTheVariantGives() {
        TestsFixture fixture;
        QVERIFY(fixture.save() && fixture.validated());
        QVERIFY(fixture.show());
        VariantForTest variant = variantOf(fixture, fixture.sums, "size=20s");
        variant.pipeline.find(fixture.sums)->params["size"] = "20s";
        fixture.panel->newFromVariant(variant);
        QTRY_COMPARE_WITH_TIMEOUT(testsOf(fixture).size(), std::size_t{1}, 30'000);
        const PipelineTest test = testsOf(fixture).front();
        QCOMPARE(test.name, std::string("what if size=20s, at Sums"));
        QCOMPARE(test.steps.front().at, fixture.orders);
        QCOMPARE(test.steps.front().rows->size(), std::size_t{3});
        // One window of 20 s has both; of 10 s they would be in two.
        const std::string expected = test.steps.back().rows->dump();
        QCOMPARE(test.steps.back().rows->size(), std::size_t{2});
        QVERIFY2(
            expected.find("00:00:20") != std::string::npos && expected.find("00:00:10") == std::string::npos,
            expected.c_str());
        const char* const name = "what if size=20s, at Sums";
        QTRY_VERIFY_WITH_TIMEOUT(fixture.stateOf(name) == TestState::Failed, 30'000);
        fixture.document.setParam(fixture.sums, "size", "20s");
        QTRY_VERIFY_WITH_TIMEOUT(fixture.stateOf(name) == TestState::Passed, 30'000);
    }

    void aVariableIsSetInTheTest() {
        TestsFixture fixture;
        fixture.document.setVariables({{"least", "15"}});
        fixture.document.setParam(fixture.large, "condition", "amount > ${least}");
        QVERIFY(fixture.save() && fixture.validated());
        QVERIFY(fixture.show());
        VariantForTest variant = variantOf(fixture, fixture.large, "least=25");
        variant.set = {{"least", "25"}};
        fixture.panel->newFromVariant(variant);
        QTRY_COMPARE_WITH_TIMEOUT(testsOf(fixture).size(), std::size_t{1}, 30'000);
        const PipelineTest test = testsOf(fixture).front();
        QVERIFY(test.set == variant.set);
        QCOMPARE(test.steps.back().rows->size(), std::size_t{1});
        QTRY_VERIFY_WITH_TIMEOUT(fixture.stateOf("what if least=25, at Large") == TestState::Passed, 30'000);
    }

    /// The file of tests is read once the panel is there.
    void waitsForThePanel() {
        TestsFixture fixture;
        fixture.writeTests(TestsFixture::fileOf(fixture.testOf("right", TestsFixture::kRight)));
        QVERIFY(fixture.save() && fixture.validated());
        QSignalSpy opens(fixture.panel.get(), &TestsPanel::openRequested);
        fixture.panel->newFromVariant(variantOf(fixture, fixture.large, "nothing"));
        QCOMPARE(opens.size(), 1);
        QVERIFY(fixture.show());
        QTRY_COMPARE_WITH_TIMEOUT(testsOf(fixture).size(), std::size_t{2}, 30'000);
        QCOMPARE(testsOf(fixture).front().name, std::string("right"));
    }

    void whatIsOfAnotherFileIsLeft() {
        TestsFixture fixture;
        QVERIFY(fixture.save() && fixture.validated());
        QVERIFY(fixture.show());
        VariantForTest variant = variantOf(fixture, fixture.large, "nothing");
        variant.file = QStringLiteral("/elsewhere/p.rill");
        fixture.panel->newFromVariant(variant);
        QVERIFY(fixture.settled());
        QVERIFY(testsOf(fixture).empty());
    }
};

QTEST_MAIN(TestVariantTests)
#include "test_variant_tests.moc"
