// A part of a tape as a test: its rows are counted exactly, its order and pauses are kept, and a part that is
// too large is refused.
#include "tests/support/tape_in_memory.h"
#include "tests/unit/pipeline_tests_panel/tests_fixture.h"
#include "tests/unit/tape/taped_pieces.h"
#include "widgets/pipeline_tests/tape_dialog.h"
#include "widgets/pipeline_tests/tape_strip.h"
#include "widgets/pipeline_tests/tape_test.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

const std::atomic<bool> kWanted{false};

/// Two sources, three rows in each piece, of which one is bad: at 10, 20, 30, 40 ms and at 25 ms.
TapeFileRef fiveMoments() {
    const TapeInMemory made;
    if (!openTape(made, 2).ok()) qFatal("no tape");
    for (const std::int64_t number : {1, 2, 3, 4}) {
        if (!made.recorder->write(0, rowsPiece(number)).ok()) qFatal("no piece");
        if (number == 2 && !made.recorder->flush().ok()) qFatal("no block");
    }
    TapePiece other = rowsPiece(2);
    other.at = 25;
    if (!made.recorder->write(1, other).ok()) qFatal("no piece");
    if (!made.recorder->close({}).ok()) qFatal("no end");
    const Result<TapeFileRef> tape = readTape(made.bytes());
    if (!tape.ok()) qFatal("it can't be read");
    return *tape;
}

TapeSurvey surveyOf(const TapeFileRef& tape) {
    TapeSurvey survey;
    survey.tape = tape;
    survey.all = {10, 40};
    survey.sources = {{"source_0", 0}, {"source_1", 1}};
    return survey;
}

QString countsIn(TapeSpan span) {
    const auto counts = rowsInSpan(surveyOf(fiveMoments()), span, kWanted);
    if (!counts.ok()) return QString::fromStdString(english(counts.status().error()));
    QStringList all;
    for (const std::uint64_t count : counts->bySource) all << QString::number(count);
    return all.join(u' ');
}

/// A pipeline of one source of rows, with a tape of it: a row at each of these moments, or as many as `each`
/// says, then in a block of their own.
struct TapedSourceQuestion {
    MadeTestQuestion question{};
    TapeFileRef tape{};

    TapedSourceQuestion(TestsFixture& fixture, const std::vector<Millis>& moments,
                        const std::vector<std::size_t>& each = {}) {
        question = madeTestQuestion(fixture.document, fixture.sums, "part");
        const Node& source = *question.pipeline.find(fixture.orders);
        const SchemaRef schema = question.schemas.at(fixture.orders);
        const TapeInMemory made;
        TapeStart start;
        start.began = 1'700'000'000'000;
        start.pipeline.name = "taped";
        start.pipeline.nodes.push_back(source);
        start.sources.push_back({source.id, source.type, schema, false});
        MakeContext context;
        context.outputs = made.disk;
        context.clock = std::make_shared<SimulatedClock>();
        if (!made.recorder->open(context, start).ok()) qFatal("no tape");
        std::uint64_t order = 0;
        for (const Millis at : moments) {
            TapePiece piece;
            piece.order = order++;
            piece.at = at;
            piece.arrived = start.began + at;
            const std::size_t rows = each.empty() ? 1 : each.at(piece.order);
            piece.rows.batches.push_back(
                batchOf(schema, Rows(rows, {start.began + at, std::string("graz"), 20.0})));
            piece.rows.rowsRead = static_cast<std::uint32_t>(rows);
            if (!made.recorder->write(0, piece).ok()) qFatal("no piece");
            if (!each.empty() && !made.recorder->flush().ok()) qFatal("no block");
        }
        if (!made.recorder->close({}).ok()) qFatal("no end");
        const Result<TapeFileRef> read = readTape(made.bytes());
        if (!read.ok()) qFatal("it can't be read");
        tape = *read;
    }
    QString steps(TapeSpan span) const {
        const Result<PipelineTest> test = testFromTape(question, tape, span, kWanted);
        if (!test.ok()) return QString::fromStdString(english(test.status().error()));
        QStringList all;
        for (const PipelineTestStep& step : test->steps) {
            if (step.verb == PipelineTestStep::Verb::Rows)
                all << QStringLiteral("rows %1").arg(step.rows->size());
            if (step.verb == PipelineTestStep::Verb::Advance)
                all << QStringLiteral("wait %1").arg(step.millis);
        }
        return all.join(QStringLiteral(", "));
    }
};

/// The label with these words, if there is one.
const QLabel* labelIn(const QWidget& window, const char* words) {
    for (const QLabel* each : window.findChildren<QLabel*>()) {
        if (each->text().contains(QLatin1String(words))) return each;
    }
    return nullptr;
}

}  // namespace

class TestTapePart : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsOfAPartAreCountedExactly() {
        QCOMPARE(countsIn({0, 100}), QStringLiteral("12 3"));
        QCOMPARE(countsIn({10, 40}), QStringLiteral("12 3"));
        QCOMPARE(countsIn({20, 30}), QStringLiteral("6 3"));
        QCOMPARE(countsIn({21, 24}), QStringLiteral("0 0"));
        QCOMPARE(countsIn({40, 40}), QStringLiteral("3 0"));
    }

    void aSurveyHasAllThatIsThere() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        const TapedSourceQuestion taped(fixture, {100, 600, 4'100});
        const Result<TapeSurvey> survey = surveyTape(taped.question, taped.tape, kWanted);
        QVERIFY2(survey.ok(), survey.ok() ? "" : english(survey.status().error()).c_str());
        QVERIFY((survey->all == TapeSpan{100, 4'100}));
        QVERIFY((survey->offered == TapeSpan{100, 4'100}));
        QCOMPARE(survey->rows, std::uint64_t{3});
        std::uint64_t rows = 0;
        for (const std::uint64_t bar : survey->bars) rows += bar;
        QCOMPARE(rows, std::uint64_t{3});
    }

    void orderAndPausesAreKept() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        const TapedSourceQuestion taped(fixture, {100, 600, 4'100, 9'900});
        QCOMPARE(taped.steps({0, 10'000}), QStringLiteral("rows 2, wait 3000, rows 1, wait 5000, rows 1"));
        QCOMPARE(taped.steps({600, 4'100}), QStringLiteral("rows 1, wait 3000, rows 1"));
        QVERIFY(taped.steps({5'000, 9'000}).contains(QLatin1String("no rows")));
    }

    void tooManyRowsAreRefused() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        std::vector<Millis> moments;
        for (std::size_t row = 0; row <= kMostTapedRows; ++row) moments.push_back(static_cast<Millis>(row));
        const TapedSourceQuestion taped(fixture, moments);
        QVERIFY(taped.steps({0, 20'000}).contains(QLatin1String("more than")));
        QCOMPARE(taped.steps({0, 9}), QStringLiteral("rows 10"));
    }

    void theStripIsDraggedAndMovedByKeys() {
        TapeStrip strip;
        strip.resize(400, 72);
        strip.setTape({1, 0, 2}, {0, 1'000});
        strip.show();
        QVERIFY(QTest::qWaitForWindowExposed(&strip, 30'000));
        strip.setSpan({200, 400});
        QSignalSpy changed(&strip, &TapeStrip::spanChanged);
        QTest::keyClick(&strip, Qt::Key_Right);
        QVERIFY((strip.span() == TapeSpan{210, 410}));
        QTest::keyClick(&strip, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY((strip.span() == TapeSpan{210, 400}));
        QTest::keyClick(&strip, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY((strip.span() == TapeSpan{220, 400}));
        QCOMPARE(changed.size(), 3);
        QTest::keyClick(&strip, Qt::Key_Home);
        QVERIFY((strip.span() == TapeSpan{0, 1'000}));
        // At the ends the part keeps its length.
        strip.setSpan({995, 1'000});
        QTest::keyClick(&strip, Qt::Key_Right);
        QVERIFY((strip.span() == TapeSpan{995, 1'000}));
        strip.setSpan({0, 0});
        const QPoint from(strip.placeOf(250), 30), to(strip.placeOf(750), 30);
        QTest::mousePress(&strip, Qt::LeftButton, {}, from);
        QTest::mouseMove(&strip, to);
        QTest::mouseRelease(&strip, Qt::LeftButton, {}, to);
        QVERIFY(strip.span().from > 200 && strip.span().from < 300);
        QVERIFY(strip.span().until > 700 && strip.span().until < 800);
        // An end is taken up and led back over the other one.
        QTest::mousePress(&strip, Qt::LeftButton, {}, to);
        QTest::mouseMove(&strip, QPoint(strip.placeOf(100), 30));
        QTest::mouseRelease(&strip, Qt::LeftButton, {}, QPoint(strip.placeOf(100), 30));
        QVERIFY(strip.span().from > 50 && strip.span().from < 150);
        QVERIFY(strip.span().until > 200 && strip.span().until < 300);
    }

    void theDialogTakesNoPartWithoutRows() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        const TapedSourceQuestion taped(fixture, {100, 600, 4'100});
        Result<TapeSurvey> survey = surveyTape(taped.question, taped.tape, kWanted);
        QVERIFY(survey.ok());
        TapeDialog dialog(fixture.document, *std::move(survey), nullptr);
        dialog.show();
        auto& ok = buttonIn(dialog, "Make the test");
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isCounting(), 30'000);
        QTRY_VERIFY(ok.isEnabled());
        auto fields = dialog.findChildren<QLineEdit*>();
        QCOMPARE(fields.size(), 2);
        keepPicture(dialog, QStringLiteral("tape_part"));
        const auto type = [](QLineEdit* field, const char* text) {
            field->setFocus();
            field->selectAll();
            QTest::keyClicks(field, QLatin1String(text));
        };
        auto* const from = fields[0]->text() == QLatin1String("100ms") ? fields[0] : fields[1];
        type(from, "1s");
        QTRY_VERIFY(ok.isEnabled());
        QVERIFY((dialog.span() == TapeSpan{1'000, 4'100}));
        type(from, "soon");
        QVERIFY(!ok.isEnabled());
        type(from, "2min");  // behind the end
        QVERIFY(!ok.isEnabled());
        type(from, "4s");
        QTRY_VERIFY(ok.isEnabled());
        auto* const strip = dialog.findChild<TapeStrip*>();
        QVERIFY((strip->span() == TapeSpan{4'000, 4'100}));
        type(from, "4099ms");
        QTRY_VERIFY(ok.isEnabled());
        auto* const until = from == fields[0] ? fields[1] : fields[0];
        type(until, "4099ms");
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isCounting(), 30'000);
        QTRY_VERIFY(!ok.isEnabled());
    }

    /// What a file gives in one read can be more than a test takes, and no part is shorter than that.
    void rowsThatCameAtOnceAreNotOffered() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        const TapedSourceQuestion taped(fixture, {100, 600, 4'100, 9'000},
                                        {20, 800, kMostTapedRows + 1, kMostTapedRows + 1});
        Result<TapeSurvey> survey = surveyTape(taped.question, taped.tape, kWanted);
        QVERIFY(survey.ok());
        QVERIFY(!survey->tooMuchAtOnce);
        QVERIFY((survey->offered == TapeSpan{100, 600}));
        TapeDialog dialog(fixture.document, *std::move(survey), nullptr);
        dialog.show();
        auto& ok = buttonIn(dialog, "Make the test");
        QTRY_VERIFY_WITH_TIMEOUT(ok.isEnabled(), 30'000);
        dialog.findChild<TapeStrip*>()->setFocus();
        QTest::keyClick(dialog.findChild<TapeStrip*>(), Qt::Key_Home);
        QTRY_VERIFY_WITH_TIMEOUT(labelIn(dialog, "Choose a shorter one") != nullptr, 30'000);
        QVERIFY(!ok.isEnabled());
        const auto fields = dialog.findChildren<QLineEdit*>();
        QCOMPARE(fields.size(), 2);
        auto* const from = fields[fields[0]->text() == QLatin1String("100ms") ? 0 : 1];
        from->selectAll();
        QTest::keyClicks(from, QStringLiteral("8s"));
        QTRY_VERIFY_WITH_TIMEOUT(labelIn(dialog, "came at once") != nullptr, 30'000);
        QVERIFY(!ok.isEnabled());
    }

    /// As of several sources: a part that begins with one of two blocks has the other, too.
    void whatCameTogetherWithSuchRowsIsNotOffered() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        constexpr std::size_t kTooMany = kMostTapedRows + 1;
        const auto survey = [&fixture](const std::vector<Millis>& moments,
                                       const std::vector<std::size_t>& each) {
            const TapedSourceQuestion taped(fixture, moments, each);
            Result<TapeSurvey> made = surveyTape(taped.question, taped.tape, kWanted);
            if (!made.ok()) qFatal("no survey");
            return *std::move(made);
        };
        QVERIFY((survey({100, 600, 600}, {20, 30, kTooMany}).offered == TapeSpan{100, 100}));
        QVERIFY((survey({100, 600, 600}, {20, kTooMany, 30}).offered == TapeSpan{100, 100}));
        QVERIFY((survey({100, 100, 600}, {20, kTooMany, 30}).offered == TapeSpan{600, 600}));
        const TapeSurvey alone = survey({600, 600}, {30, kTooMany});
        QVERIFY(alone.tooMuchAtOnce);
        QVERIFY((alone.offered == TapeSpan{600, 600}));
    }

    void aTapeOfSuchRowsAloneSaysWhatElseToDo() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        const TapedSourceQuestion taped(fixture, {100, 600}, {kMostTapedRows + 1, kMostTapedRows + 1});
        Result<TapeSurvey> survey = surveyTape(taped.question, taped.tape, kWanted);
        QVERIFY(survey.ok());
        QVERIFY(survey->tooMuchAtOnce);
        QVERIFY((survey->offered == TapeSpan{600, 600}));
        TapeDialog dialog(fixture.document, *std::move(survey), nullptr);
        dialog.show();
        const QLabel* problem = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            (problem = labelIn(dialog, "a new test from the tape of the run")) != nullptr, 30'000);
        // None of its lines is cut, though the dialog was there before them.
        QTRY_VERIFY(problem->height() >= problem->heightForWidth(problem->width()));
        QVERIFY(problem->heightForWidth(problem->width()) >= 2 * problem->fontMetrics().lineSpacing());
        QVERIFY(!buttonIn(dialog, "Make the test").isEnabled());
    }

    /// However near their ends are: what is chosen can be told from what was chosen before.
    void partsThatDifferLookDifferent() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        const TapedSourceQuestion taped(fixture, {0, 60'000});
        Result<TapeSurvey> survey = surveyTape(taped.question, taped.tape, kWanted);
        QVERIFY(survey.ok());
        TapeDialog dialog(fixture.document, *std::move(survey), nullptr);
        dialog.show();
        const QLabel* const about = labelIn(dialog, "chosen:");
        QVERIFY(about != nullptr);
        QVERIFY2(!about->text().contains(QLatin1String(".000")), qPrintable(about->text()));
        const auto fields = dialog.findChildren<QLineEdit*>();
        QCOMPARE(fields.size(), 2);
        auto* const from = fields[fields[0]->text() == QLatin1String("0s") ? 0 : 1];
        from->selectAll();
        QTest::keyClicks(from, QStringLiteral("1001ms"));
        const QString first = about->text();
        QVERIFY2(first.contains(QLatin1String(".001")), qPrintable(first));
        from->selectAll();
        QTest::keyClicks(from, QStringLiteral("1002ms"));
        QVERIFY2(about->text() != first, qPrintable(first));
    }

    /// Of a tape over midnight hours alone would run backwards.
    void aTapeOverSeveralDaysNamesThem() {
        TestsFixture fixture;
        QVERIFY(fixture.validated());
        constexpr Millis kDays = 3 * 86'400'000;
        const TapedSourceQuestion taped(fixture, {100, kDays});
        Result<TapeSurvey> survey = surveyTape(taped.question, taped.tape, kWanted);
        QVERIFY(survey.ok());
        TapeDialog dialog(fixture.document, *std::move(survey), nullptr);
        dialog.show();
        auto* const strip = dialog.findChild<TapeStrip*>();
        const QString day = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + kDays)
                                .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        QVERIFY2(strip->accessibleName().contains(day), qPrintable(strip->accessibleName()));
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY2(!strip->accessibleName().contains(day), qPrintable(strip->accessibleName()));
    }

    void aTestIsMadeOfThePartThatIsChosen() {
        TestsFixture fixture;
        QVERIFY(fixture.save());
        QVERIFY(fixture.validated());
        fixture.document.selection().set({fixture.sums});
        QVERIFY(fixture.show());
        fixture.panel->newFromTapePart();  // there is no tape yet
        fixture.session.setTape({.recordInto = fixture.folder.path()});
        fixture.session.start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session.state(), RunSession::State::Finished, 30'000);
        fixture.panel->newFromTapePart();
        TapeDialog* dialog = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((dialog = fixture.panel->findChild<TapeDialog*>()) != nullptr, 30'000);
        QCOMPARE(dialog->survey().rows, std::uint64_t{3});
        auto& ok = buttonIn(*dialog, "Make the test");
        QTRY_VERIFY_WITH_TIMEOUT(ok.isEnabled(), 30'000);
        ok.click();
        QTRY_VERIFY2_WITH_TIMEOUT(!fixture.testsText().isEmpty(), qPrintable(fixture.words()), 30'000);
        const Result<PipelineTestFile> made = loadTests(fixture.testsText().toStdString());
        QVERIFY(made.ok());
        QCOMPARE(made->tests.front().name, std::string("part of the tape at Sums"));
        QCOMPARE(made->tests.front().steps.front().rows->size(), std::size_t{3});
        QTRY_VERIFY_WITH_TIMEOUT(fixture.stateOf("part of the tape at Sums") == TestState::Passed, 30'000);
    }

    /// Whatever is selected while the tape is read: the sources that are counted are those of the node.
    void theTestIsOfTheNodeThatItWasAskedFor() {
        TestsFixture fixture;
        QVERIFY(fixture.save());
        QVERIFY(fixture.validated());
        fixture.document.selection().set({fixture.large});
        QVERIFY(fixture.show());
        fixture.session.setTape({.recordInto = fixture.folder.path()});
        fixture.session.start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session.state(), RunSession::State::Finished, 30'000);
        fixture.panel->newFromTapePart();
        fixture.document.selection().set({fixture.sums});
        TapeDialog* dialog = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((dialog = fixture.panel->findChild<TapeDialog*>()) != nullptr, 30'000);
        auto& ok = buttonIn(*dialog, "Make the test");
        QTRY_VERIFY_WITH_TIMEOUT(ok.isEnabled(), 30'000);
        ok.click();
        QTRY_VERIFY2_WITH_TIMEOUT(!fixture.testsText().isEmpty(), qPrintable(fixture.words()), 30'000);
        const Result<PipelineTestFile> made = loadTests(fixture.testsText().toStdString());
        QVERIFY(made.ok());
        QCOMPARE(made->tests.front().name, std::string("part of the tape at Large"));
    }
};

QTEST_MAIN(TestTapePart)
#include "test_tape_part.moc"
